import { concat } from '../../../kernel/bytes.ts';
import { type CipherFamily, familyRules } from '../../keys/index.ts';
import { guardedBits, keyTypeOf, pinType, typeOfUse } from '../key-types.ts';
import { sw } from '../status-words.ts';
import type { KeyUse, Manner } from '../structure.ts';
import { accessOfByte, byteOfAccess } from './access-coding.ts';
import { type CardKey, keyTries, type Pin } from './memory.ts';
import { isPin } from './pin.ts';

const headBytes = 5;
/** Tries byte: limit in the high half, what is left in the low one (33). */
const triesByte = (limit: number, tries: number): number => (limit << 4) | tries;

/** A key or PIN out of a WRITE KEY record, to be held under `id`; a status word when it is none (card.md 1.6). */
export function readKeyRecord(
  family: CipherFamily,
  manner: Manner,
  id: number,
  record: Uint8Array,
): CardKey | Pin | number {
  const [type = 0, using = 0, changing = 0, third = 0, fourth = 0] = record;
  if (record.length < headBytes) return sw.wrongLength;
  if ((type & 0x3f) === pinType) return readPin(manner, id, record);
  const known = keyTypeOf(type);
  if (!known) return sw.wrongData;
  const counted = known.form === 'counted';
  if (!counted && fourth !== familyRules(family).algorithm) return sw.wrongData;
  const [limit, tries] = counted ? [fourth >> 4, fourth & 15] : [keyTries, keyTries];
  const value = keyValue(family, known.use, record.slice(headBytes));
  if (!value) return sw.wrongLength;
  if (limit === 0 || tries > limit) return sw.wrongData;
  const ssc = manner === 'ssc';
  return {
    shape: {
      use: known.use,
      id,
      version: counted && !ssc ? 0 : third,
      using: accessOfByte(manner, using),
      changing: accessOfByte(manner, changing),
      nextState: known.use === 'external' && !ssc ? third & 15 : null,
      limit,
      guarded: (type & guardedBits) === guardedBits,
    },
    value,
    tries,
  };
}

function readPin(manner: Manner, id: number, record: Uint8Array): Pin | number {
  const [, using = 0, , state = 0, count = 0] = record;
  const digits = record.slice(headBytes);
  const [limit, tries] = [count >> 4, count & 15];
  if (limit === 0 || tries > limit || (digits.length > 0 && !isPin(digits, manner))) return sw.wrongData;
  const nextState = manner === 'ssc' ? null : state & 15;
  return {
    shape: { id, using: accessOfByte(manner, using), nextState, limit },
    digits: digits.length > 0 ? digits : null,
    tries,
  };
}

/** The 16 bytes of a key; a single-length DES key is held so that it does the same. */
export function keyValue(family: CipherFamily, use: KeyUse, key: Uint8Array): Uint8Array | null {
  if (key.length === 16) return key;
  if (key.length !== 8 || family !== 'des') return null;
  // Of TAC and reload keys the halves are XORed; elsewhere equal halves make 3DES single.
  return use === 'tac' || use === 'reload' ? concat(key, new Uint8Array(8)) : concat(key, key);
}

/** The record that WRITE KEY takes for a key as it stands. */
export function buildKeyRecord(family: CipherFamily, manner: Manner, { shape, value, tries }: CardKey): Uint8Array {
  const { type, form } = typeOfUse(shape.use);
  const third = manner === 'ssc' || form === 'application' ? shape.version : (shape.nextState ?? 0xff);
  const fourth = form === 'application' ? familyRules(family).algorithm : triesByte(shape.limit, tries);
  const sides = [byteOfAccess(shape.using), byteOfAccess(shape.changing)];
  return concat(Uint8Array.of(type | (shape.guarded ? guardedBits : 0), ...sides, third, fourth), value);
}

export function buildPinRecord({ shape, digits, tries }: Pin): Uint8Array {
  const head = [pinType, byteOfAccess(shape.using), 0xef, shape.nextState ?? 0, triesByte(shape.limit, tries)];
  return concat(Uint8Array.from(head), digits ?? new Uint8Array());
}
