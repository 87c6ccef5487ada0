import { concat, hex } from '../../../kernel/bytes.ts';
import { type Answer, buildCommand, parseAnswer } from '../apdu.ts';
import { CardFault } from '../fault.ts';
import type { CardReader } from '../reader.ts';
import { sw } from '../status-words.ts';

/** A connected card: commands in, whole answers out, with what T=0 needs in between. */
export type Port = {
  readonly atr: Uint8Array;
  send(command: Uint8Array): Promise<Answer>;
};

/** What a card said: the value, or the status word with which it refused. */
export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number };

/** Powers the card in a slot on. */
export async function connect(reader: CardReader, slot: string): Promise<Port> {
  const atr = await reader.connect(slot);
  return { atr, send: (command) => exchange(reader, slot, command) };
}

/** An answer that comes in pieces ends after so many: a foreign card could go on for ever. */
const mostPieces = 16;

/** Follows 61xx with GET RESPONSE and repeats after 6Cxx with the length the card named (ISO 7816-3, T=0). */
async function exchange(reader: CardReader, slot: string, command: Uint8Array): Promise<Answer> {
  let answer = await transmit(reader, slot, command);
  if (answer.status >> 8 === 0x6c)
    answer = await transmit(reader, slot, concat(command.slice(0, 4), Uint8Array.of(answer.status & 0xff)));
  const parts = [answer.data];
  while (answer.status >> 8 === 0x61) {
    if (parts.length > mostPieces)
      throw new CardFault('card.answer_malformed', `an answer of more than ${mostPieces} pieces`);
    answer = await transmit(reader, slot, buildCommand([0x00, 0xc0, 0x00, 0x00], undefined, answer.status & 0xff));
    parts.push(answer.data);
  }
  return { status: answer.status, data: concat(...parts) };
}

async function transmit(reader: CardReader, slot: string, command: Uint8Array): Promise<Answer> {
  const response = await reader.transmit(slot, command);
  const answer = parseAnswer(response);
  if (!answer) throw new CardFault('card.answer_malformed', `an answer of ${response.length} bytes: ${hex(response)}`);
  return answer;
}

/** Sends a command and reads its answer; an answer of another length than expected is a fault. */
export async function ask<T>(
  port: Port,
  header: readonly number[],
  data: Uint8Array | undefined,
  le: number | undefined,
  read: (data: Uint8Array) => T,
  length?: number,
): Promise<Answered<T>> {
  const answer = await port.send(buildCommand(header, data, le));
  if (answer.status !== sw.ok) return { ok: false, status: answer.status };
  if (length !== undefined && answer.data.length !== length)
    throw new CardFault('card.answer_malformed', `expected ${length} bytes, got ${answer.data.length}`);
  return { ok: true, value: read(answer.data) };
}
