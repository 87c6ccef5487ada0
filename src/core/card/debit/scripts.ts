import { concat, equal, uint, xor } from '../../../kernel/bytes.ts';
import { decrypt, emvCryptogram } from '../../keys/index.ts';
import { type Command, macHeader } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { transactionKey } from './cryptogram.ts';
import { type Debit, type DebitLife, type DebitMemory, type DebitOutcome, refused } from './memory.ts';
import { pinOf } from './pin.ts';

/**
 * A script of the issuer, after a cryptogram was given: MAC of 4 bytes under the session key of the card's MAC key over
 * header, counter, first cryptogram of the transaction, data (JR/T 0025.5 §script processing). What it does and that it
 * was done are written together; a wrong MAC is remembered for the issuer.
 */
function script(card: Debit, command: Command, carryOut: (data: Uint8Array) => DebitMemory | number): DebitOutcome {
  const { memory, session } = card;
  if (!session.first || (session.stage !== 'online' && session.stage !== 'done')) return refused(sw.conditions);
  const data = command.data.slice(0, -4);
  const head = macHeader(command, command.data.length);
  const input = concat(head, uint(memory.counter, 2), session.first, data);
  const expected = emvCryptogram(transactionKey(memory, 'mac'), input, '80').slice(0, 4);
  const counted = (scriptFailed: boolean) => ({
    ...memory.last,
    scripts: Math.min(memory.last.scripts + 1, 15),
    scriptFailed: memory.last.scriptFailed || scriptFailed,
  });
  const failed = (status: number): DebitOutcome => ({ status, memory: { ...memory, last: counted(true) } });
  if (!equal(expected, command.data.subarray(-4))) return failed(sw.macWrong);
  const after = carryOut(data);
  return typeof after === 'number' ? failed(after) : { status: sw.ok, memory: { ...after, last: counted(false) } };
}

const lifeScript =
  (life: DebitLife, from: readonly DebitLife[]) =>
  (card: Debit, command: Command): DebitOutcome => {
    if (command.p1 !== 0 || command.p2 !== 0) return refused(sw.wrongParameters);
    if (!from.includes(card.memory.life)) return refused(sw.conditions);
    return script(card, command, () => ({ ...card.memory, life }));
  };

export const blockApplication = lifeScript('blocked', ['active', 'blocked']);
export const unblockApplication = lifeScript('active', ['blocked']);
export const blockCard = lifeScript('card-blocked', ['active', 'blocked']);

/** PIN CHANGE/UNBLOCK: P2 00 gives the tries back, 01 sets a PIN bound to the present one, 02 one alone. */
export function changePin(card: Debit, command: Command): DebitOutcome {
  const { p1, p2, data } = command;
  if (p1 !== 0 || p2 > 2) return refused(sw.wrongParameters);
  if (data.length !== (p2 === 0 ? 4 : 20)) return refused(sw.wrongLength);
  const { memory } = card;
  const { pin } = memory;
  return script(card, command, (enciphered) => {
    const digits = p2 === 0 ? pin.digits : newPin(memory, enciphered, p2 === 1);
    return digits === null ? sw.wrongData : { ...memory, pin: { ...pin, digits, tries: pin.limit } };
  });
}

/**
 * The new PIN of a script: 08, block of 8, 80 00…, in ECB under the session key of the encipherment key. The block is 0n
 * dd… FF, with the last 4 bytes of the left half of the card's cryptogram key added to its right half, and the present
 * PIN to its left end where it is bound to it.
 */
function newPin(memory: DebitMemory, enciphered: Uint8Array, bound: boolean): string | null {
  const clear = decrypt('des', transactionKey(memory, 'encipherment'), enciphered);
  if (!equal(clear.subarray(9), Uint8Array.fromHex('80000000000000')) || clear[0] !== 8) return null;
  const mask = concat(new Uint8Array(4), memory.keys.cryptogram.slice(4, 8));
  const block = xor(clear.slice(1, 9), mask);
  return pinOf(bound ? xor(block, presentPin(memory)) : block, 0);
}

function presentPin({ pin }: DebitMemory): Uint8Array {
  return Uint8Array.fromHex(pin.digits.padEnd(16, '0'));
}
