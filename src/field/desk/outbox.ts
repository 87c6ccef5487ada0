import { newId } from '../../platform/identity.ts';
import type { TerminalEvent } from '../terminal/index.ts';

/** What happened to a payment at the terminal, for the trace at the centre. */
export type Record = {
  readonly trace_id: string;
  /** Kept when it is sent again, so that the centre stores it once. */
  readonly upload_id: string;
  readonly events: readonly TerminalEvent[];
};

const most_waiting = 100;

/** Records on their way to the centre. What it does not take is sent again; of too many the oldest are given up. */
export class RecordOutbox {
  readonly #send: (record: Record) => Promise<void>;
  #waiting: Record[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(send: (record: Record) => Promise<void>) {
    this.#send = send;
  }

  /** Takes up events, one record for each trace they belong to. */
  add(events: readonly TerminalEvent[]): void {
    for (const [trace_id, of] of Map.groupBy(events, (event) => event.trace_id))
      if (trace_id) this.#waiting.push({ trace_id, upload_id: newId(), events: of });
    this.#waiting = this.#waiting.slice(-most_waiting);
  }

  /** Sends what waits, oldest first, one sender at a time; throws with the first that is not taken, and keeps it. */
  flush(): Promise<void> {
    const sent = this.#sending.then(() => this.#sendAll());
    this.#sending = sent.catch(() => {});
    return sent;
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await this.#send(next);
      const done = next;
      this.#waiting = this.#waiting.filter((record) => record !== done);
    }
  }
}
