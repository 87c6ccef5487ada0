import {
  bodyOf,
  type FieldValues,
  isResponseCode,
  type Message,
  type MessageKind,
  macInput,
  maskBody,
  messageKinds,
  pack,
  type ResponseCode,
  type SoftwarePinPad,
} from '../../core/switch/index.ts';
import { assert } from '../../kernel/assert.ts';
import { equal } from '../../kernel/bytes.ts';
import type { TerminalIdentity } from './contract.ts';
import type { TerminalJournal } from './journal.ts';
import type { Reply, WireLink } from './link.ts';
import { frameOfKind } from './messages.ts';

export type CentreAnswer =
  | { readonly heard: true; readonly code: ResponseCode; readonly fields: FieldValues }
  /** `no_answer`: nothing came. `not_authentic`: something came that the centre did not sign. */
  | { readonly heard: false; readonly why: 'no_answer' | 'not_authentic' };

export type WireWatcher = (
  direction: 'sent' | 'received',
  mti: string,
  maskedBody: Uint8Array,
  trace_id: string | null,
) => void;

/** How the terminal speaks with the centre: signs what it says, believes only what is signed. */
export class Centre {
  readonly #identity: TerminalIdentity;
  readonly #pad: SoftwarePinPad;
  readonly #link: WireLink;
  readonly #journal: TerminalJournal;
  readonly #watch: WireWatcher;

  constructor(
    identity: TerminalIdentity,
    ports: {
      readonly pad: SoftwarePinPad;
      readonly link: WireLink;
      readonly journal: TerminalJournal;
      readonly watch: WireWatcher;
    },
  ) {
    this.#identity = identity;
    this.#pad = ports.pad;
    this.#link = ports.link;
    this.#journal = ports.journal;
    this.#watch = ports.watch;
  }

  get signedIn(): boolean {
    return this.#pad.signedIn;
  }

  /** Gets working keys; false when the centre does not give them. */
  async signIn(): Promise<boolean> {
    const reply = await this.#send(await this.#message('sign_in', {}, null), null);
    const download = reply?.message.fields[39] === '00' ? reply.message.fields[62] : undefined;
    return download !== undefined && this.#pad.takeWorkingKeys(download);
  }

  async signOff(): Promise<boolean> {
    const answer = await this.ask('sign_off', {}, null);
    if (answer.heard) this.#pad.forgetWorkingKeys();
    return answer.heard && answer.code === '00';
  }

  /**
   * Sends a message and waits. When the centre does not know our MAC any more (A0), signs in and sends the same message
   * once again: the centre has not executed it, and would know it by its trace number if it had.
   */
  async ask(kind: MessageKind, fields: FieldValues, trace_id: string | null): Promise<CentreAnswer> {
    if (!this.signedIn && !(await this.signIn())) return { heard: false, why: 'no_answer' };
    const message = await this.#message(kind, fields, trace_id);
    const first = await this.#send(message, trace_id);
    if (first?.message.fields[39] !== 'A0') return this.#believed(first);
    return (await this.signIn())
      ? this.#believed(await this.#send(message, trace_id))
      : { heard: false, why: 'not_authentic' };
  }

  #believed(reply: Reply | null): CentreAnswer {
    if (!reply) return { heard: false, why: 'no_answer' };
    const { 39: code, 64: mac } = reply.message.fields;
    const own = this.#pad.mac(macInput(reply.body));
    if (!mac || !own || !equal(mac, own) || !code || !isResponseCode(code))
      return { heard: false, why: 'not_authentic' };
    return { heard: true, code, fields: reply.message.fields };
  }

  /** A field 11 among `fields` is the transaction's own; other messages take the next number. */
  async #message(kind: MessageKind, fields: FieldValues, trace_id: string | null): Promise<Message> {
    const trace = fields[11] ?? (await this.#journal.nextTrace());
    const { tpdu, header } = this.#identity;
    const common = frameOfKind(kind, this.#identity, this.#journal.batch, trace, trace_id);
    return { tpdu, header, mti: messageKinds[kind].mti, fields: { ...common, ...fields } };
  }

  async #send(message: Message, trace_id: string | null): Promise<Reply | null> {
    const signed = this.#pad.signedIn && message.fields[60]?.slice(8) !== messageKinds.sign_in.network;
    const frame = pack(signed ? { ...message, fields: { ...message.fields, 64: new Uint8Array(8) } } : message);
    const body = bodyOf(frame);
    if (signed) {
      const mac = this.#pad.mac(macInput(body));
      assert(mac, 'a signed-in pad gives MACs');
      frame.set(mac, frame.length - mac.length);
    }
    this.#watch('sent', message.mti, maskBody(body), trace_id);
    const reply = await this.#link.ask(message, frame);
    if (reply) this.#watch('received', reply.message.mti, maskBody(reply.body), trace_id);
    return reply;
  }
}
