import { assert } from '../../kernel/assert.ts';
import { concat, readUint, uint } from '../../kernel/bytes.ts';
import { encrypt } from './cipher.ts';
import type { StepName, Trace } from './trace.ts';

/** Uses of keys in the derivation data (ANSI X9.24-3:2017 6.3.2 table 3). */
export const aesDukptUses = {
  'key-encryption': 0x0002,
  pin: 0x1000,
  'mac-generation': 0x2000,
  'mac-verification': 0x2001,
  'mac-both': 0x2002,
  'data-encrypt': 0x3000,
  'data-decrypt': 0x3001,
  'data-both': 0x3002,
  'key-derivation': 0x8000,
} as const;
export type AesDukptUse = keyof typeof aesDukptUses;

const initialKeyUse = 0x8001;

/** What a derived key is for: algorithm number and length. */
export const aesDukptKeys = {
  '2tdea': { algorithm: 0, length: 16 },
  '3tdea': { algorithm: 1, length: 24 },
  aes128: { algorithm: 2, length: 16 },
  aes192: { algorithm: 3, length: 24 },
  aes256: { algorithm: 4, length: 32 },
} as const;
export type AesDukptKey = keyof typeof aesDukptKeys;

const ownKind = (key: Uint8Array): AesDukptKey => {
  assert(key.length === 16 || key.length === 24 || key.length === 32, 'an AES key has 16, 24 or 32 bytes');
  return key.length === 16 ? 'aes128' : key.length === 24 ? 'aes192' : 'aes256';
};

/** One derivation: AES over version, block counter, use, algorithm, length in bits and 8 bytes of context. */
function derive(
  key: Uint8Array,
  use: number,
  kind: AesDukptKey,
  context: Uint8Array,
  step: StepName,
  trace?: Trace,
): Uint8Array {
  const { algorithm, length } = aesDukptKeys[kind];
  const blocks = Array.from({ length: Math.ceil(length / 16) }, (_, i) =>
    concat(Uint8Array.of(1, i + 1), uint(use, 2), uint(algorithm, 2), uint(length * 8, 2), context),
  );
  const data = concat(...blocks);
  trace?.('dukpt-aes.data', { usage: uint(use, 2), algorithm: uint(algorithm, 2), factor: context }, data);
  const derived = encrypt('aes', key, data).slice(0, length);
  trace?.(step, { key, data }, derived);
  return derived;
}

/** The initial key of a device: as long as the base key. `device` is the 8-byte initial key id. */
export const aesDukptInitialKey = (base: Uint8Array, device: Uint8Array, trace?: Trace): Uint8Array =>
  derive(base, initialKeyUse, ownKind(base), device, 'dukpt-aes.initial', trace);

const contextOf = (serial: Uint8Array, counter: number): Uint8Array => concat(serial.slice(4, 8), uint(counter, 4));

/** The derivation key of a 12-byte serial number: one derivation for each set bit of its counter, highest first. */
export function aesDukptDerivationKey(initial: Uint8Array, serial: Uint8Array, trace?: Trace): Uint8Array {
  assert(serial.length === 12, 'a key serial number of AES DUKPT has 12 bytes');
  const counter = readUint(serial, 8, 4);
  let [key, reached] = [initial, 0];
  for (let bit = 2 ** 31; bit >= 1; bit /= 2) {
    if (Math.floor(counter / bit) % 2 === 0) continue;
    reached += bit;
    const context = contextOf(serial, reached);
    key = derive(key, aesDukptUses['key-derivation'], ownKind(initial), context, 'dukpt-aes.derivation', trace);
  }
  return key;
}

/** A working key from the derivation key of the same serial number. */
export const aesDukptWorkingKey = (
  derivation: Uint8Array,
  serial: Uint8Array,
  use: AesDukptUse,
  kind: AesDukptKey,
  trace?: Trace,
): Uint8Array =>
  derive(derivation, aesDukptUses[use], kind, contextOf(serial, readUint(serial, 8, 4)), 'dukpt-aes.working', trace);
