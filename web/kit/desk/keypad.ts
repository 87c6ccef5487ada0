import type { Key } from './terminal.ts';

/** The keypad of a terminal: keys reach it in the order they were pressed, however slow the way. */
export class Keypad {
  readonly #send: (keys: readonly Key[]) => Promise<unknown>;
  readonly #waiting: Key[] = [];
  #sending: Promise<void> | null = null;

  constructor(send: (keys: readonly Key[]) => Promise<unknown>) {
    this.#send = send;
  }

  /**
   * Keys pressed while others are on their way go with the next message.
   * @throws what sending threw; the keys behind it are dropped, for a PIN with a gap would be another PIN.
   */
  press(key: Key): Promise<void> {
    this.#waiting.push(key);
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#send(this.#waiting.splice(0));
    } finally {
      this.#waiting.length = 0;
    }
  }
}
