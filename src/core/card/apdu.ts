import { assert } from '../../kernel/assert.ts';
import { concat, readUint } from '../../kernel/bytes.ts';

/** A short command (ISO 7816-4). `le` is null where none was sent, 256 for 00. */
export type Command = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  readonly le: number | null;
};

export type Answer = { readonly status: number; readonly data: Uint8Array };

const nothing = new Uint8Array();

/** Reads a short APDU of any of the four cases; null when the lengths do not fit. */
export function parseCommand(apdu: Uint8Array): Command | null {
  const [cla, ins, p1, p2, p3] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null;
  if (p3 === undefined) return { cla, ins, p1, p2, data: nothing, le: null };
  if (apdu.length === 5) return { cla, ins, p1, p2, data: nothing, le: p3 || 256 };
  const data = apdu.slice(5, 5 + p3);
  if (p3 === 0 || apdu.length < 5 + p3 || apdu.length > 6 + p3) return null;
  return { cla, ins, p1, p2, data, le: apdu.length === 6 + p3 ? apdu[5 + p3] || 256 : null };
}

/** The five bytes of the header with Lc, as they enter a MAC. */
export const macHeader = (command: Pick<Command, 'cla' | 'ins' | 'p1' | 'p2'>, lc: number): Uint8Array =>
  Uint8Array.of(command.cla, command.ins, command.p1, command.p2, lc);

/** A command without Le and with up to 255 bytes of data; with no data P3 is left to `le`. */
export function buildCommand(header: readonly number[], data: Uint8Array = nothing, le?: number): Uint8Array {
  assert(header.length === 4 && data.length < 256, 'a header of 4 bytes, at most 255 bytes of data');
  const length = data.length > 0 ? Uint8Array.of(data.length) : nothing;
  return concat(Uint8Array.from(header), length, data, le === undefined ? nothing : Uint8Array.of(le & 0xff));
}

/** Data and status word of an answer; null when it is too short to be one. */
export const parseAnswer = (response: Uint8Array): Answer | null =>
  response.length < 2 ? null : { status: readUint(response, response.length - 2, 2), data: response.slice(0, -2) };

export const buildAnswer = (status: number, data: Uint8Array = nothing): Uint8Array => {
  const answer = new Uint8Array(data.length + 2);
  answer.set(data);
  answer[data.length] = status >> 8;
  answer[data.length + 1] = status & 0xff;
  return answer;
};
