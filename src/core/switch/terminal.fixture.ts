import { connect, type Socket } from 'node:net';
import { defined } from '../../kernel/assert.ts';
import { equal } from '../../kernel/bytes.ts';
import { bodyOf, type Message, macInput, pack, unpack } from './codec.ts';
import type { FieldValues } from './contract.ts';
import { FrameDecoder } from './framing.ts';
import { SoftwarePinPad } from './pin-pad.ts';

/** A terminal's end of a connection, for the tests of the engine: it says what it is told and checks every MAC it gets. */
export class TestTerminal {
  readonly socket: Socket;
  readonly pad: SoftwarePinPad;
  closed = false;
  readonly #identity: FieldValues;
  readonly #answers: Message[] = [];
  #wake: () => void = () => {};

  constructor(port: number, masterKey: Uint8Array, identity: FieldValues) {
    this.#identity = identity;
    this.pad = new SoftwarePinPad(masterKey);
    this.socket = connect(port, '127.0.0.1').setNoDelay(true);
    const decoder = new FrameDecoder();
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
    this.socket.on('data', (chunk: Buffer) => {
      decoder.push(chunk, (body) => this.#answers.push(this.#checked(body)));
      this.#wake();
    });
  }

  frame(mti: string, fields: FieldValues, signed = true): Uint8Array {
    const mac = signed ? { 64: new Uint8Array(8) } : {};
    const frame = pack({
      tpdu: '6000010002',
      header: '603100310001',
      mti,
      fields: { ...this.#identity, ...fields, ...mac },
    });
    if (signed) frame.set(this.pad.mac(macInput(bodyOf(frame))) ?? [], frame.length - 8);
    return frame;
  }

  ask(mti: string, fields: FieldValues, signed = true): Promise<Message> {
    this.socket.write(this.frame(mti, fields, signed));
    return this.answer();
  }

  /** The next answer; a fault when the connection closes without one. */
  async answer(): Promise<Message> {
    while (this.#answers.length === 0 && !this.closed) await this.#news();
    return defined(this.#answers.shift(), 'an answer before the connection closed');
  }

  async hangUp(): Promise<void> {
    while (!this.closed) await this.#news();
  }

  async signIn(): Promise<Message> {
    const answer = await this.ask('0800', { 11: '000001', 60: '00000001003' }, false);
    if (answer.fields[62]) this.pad.takeWorkingKeys(answer.fields[62]);
    return answer;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #checked(body: Uint8Array): Message {
    const unpacked = unpack(body);
    if (!unpacked.ok) throw new Error(unpacked.fault.what);
    const mac = unpacked.message.fields[64];
    if (mac && !equal(this.pad.mac(macInput(body)) ?? mac.slice(1), mac))
      throw new Error('the MAC of an answer is wrong');
    return unpacked.message;
  }
}
