import { assert } from '../../kernel/assert.ts';
import { concat, equal, hex, parseHex, readUint, uint } from '../../kernel/bytes.ts';
import { type Cipher, cbcLastBlock, decryptCbc, encryptCbc } from './cipher.ts';
import { cmac } from './cmac.ts';
import {
  type HeaderFault,
  headerUnit,
  type KeyBlockHeader,
  type KeyBlockVersion,
  readHeader,
  writeHeader,
} from './tr31-header.ts';
import type { Trace } from './trace.ts';

/** What a key block is protected with: its encryption key and its MAC key. */
type Protection = { readonly cipher: Cipher; readonly encryption: Uint8Array; readonly mac: Uint8Array };

/** Why a key block cannot be opened. */
export type KeyBlockFault = HeaderFault | 'key_length' | 'body' | 'mac' | 'key';
export type KeyBlockRead =
  | { readonly ok: true; readonly header: KeyBlockHeader; readonly key: Uint8Array; readonly padding: Uint8Array }
  | { readonly ok: false; readonly fault: KeyBlockFault };

const macLength: Readonly<Record<KeyBlockVersion, number>> = { A: 4, B: 8, C: 4, D: 16 };
const cipherOf = (version: KeyBlockVersion): Cipher => (version === 'D' ? 'aes' : 'des');

/** Lengths of protection keys each version takes. */
export const protectionKeyLengths: Readonly<Record<KeyBlockVersion, readonly number[]>> = {
  A: [8, 16, 24],
  B: [16, 24],
  C: [8, 16, 24],
  D: [16, 24, 32],
};

const characters = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Versions A and C: the protection key with E or M added to every byte. */
function variant(key: Uint8Array, letter: 'E' | 'M', trace?: Trace): Uint8Array {
  const made = key.map((byte) => byte ^ letter.charCodeAt(0));
  trace?.('tr31.variant', { key, usage: letter }, made);
  return made;
}

/** Versions B and D: CMAC of counter, use, algorithm and length under the protection key (TR-31 5.3.2). */
function derive(cipher: Cipher, key: Uint8Array, use: 0 | 1, trace?: Trace): Uint8Array {
  const algorithm = cipher === 'des' ? key.length / 8 - 2 : key.length / 8;
  const size = cipher === 'des' ? 8 : 16;
  const blocks = Array.from({ length: Math.ceil(key.length / size) }, (_, i) => {
    const data = concat(
      Uint8Array.of(i + 1),
      uint(use, 2),
      Uint8Array.of(0),
      uint(algorithm, 2),
      uint(key.length * 8, 2),
    );
    const block = cmac(cipher, key, data);
    trace?.('tr31.derive', { key, data }, block);
    return block;
  });
  return concat(...blocks).slice(0, key.length);
}

function protection(version: KeyBlockVersion, key: Uint8Array, trace?: Trace): Protection {
  const cipher = cipherOf(version);
  if (version === 'A' || version === 'C')
    return { cipher, encryption: variant(key, 'E', trace), mac: variant(key, 'M', trace) };
  const algorithmKey = (use: 0 | 1) => derive(cipher, key, use, trace);
  return { cipher, encryption: algorithmKey(0), mac: algorithmKey(1) };
}

/** MAC of versions A and C goes over header and ciphertext, of B and D over header and clear key. */
function authenticate(version: KeyBlockVersion, key: Protection, header: string, body: Uint8Array, trace?: Trace) {
  const data = concat(characters(header), body);
  const mac =
    version === 'A' || version === 'C'
      ? cbcLastBlock('des', key.mac, data).slice(0, macLength[version])
      : cmac(key.cipher, key.mac, data);
  trace?.('tr31.mac', { key: key.mac, data }, mac);
  return mac;
}

/** Bytes of padding behind the key so that length, key and padding fill whole blocks; `hidden` is the length to show. */
export const paddingLength = (version: KeyBlockVersion, key: number, hidden = key): number => {
  const unit = headerUnit(version);
  return Math.ceil((2 + Math.max(key, hidden)) / unit) * unit - 2 - key;
};

/**
 * A key block as text. `padding` (see `paddingLength`) should be random. The length in the header is made, whatever the
 * header said; a protection key of the wrong length is a bug.
 */
export function wrapKeyBlock(
  given: {
    readonly protection: Uint8Array;
    readonly header: KeyBlockHeader;
    readonly key: Uint8Array;
    readonly padding: Uint8Array;
  },
  trace?: Trace,
): string {
  const { header, key, padding } = given;
  const { version } = header;
  assert(protectionKeyLengths[version].includes(given.protection.length), 'a protection key of another length');
  const clear = concat(uint(key.length * 8, 2), key, padding);
  assert(clear.length % headerUnit(version) === 0, 'padding to whole blocks');
  const text = writeHeader(header, 2 * (clear.length + macLength[version]));
  readHeader(text, trace);
  const keys = protection(version, given.protection, trace);
  trace?.('tr31.clear', { length: key.length * 8, key, padding }, clear);
  const bound = version === 'A' || version === 'C';
  const early = bound ? null : authenticate(version, keys, text, clear, trace);
  const iv = early ?? characters(text.slice(0, 8));
  const encrypted = encryptCbc(keys.cipher, keys.encryption, clear, iv);
  trace?.('tr31.encrypted', { key: keys.encryption, iv, block: clear }, encrypted);
  const mac = early ?? authenticate(version, keys, text, encrypted, trace);
  return text + hex(encrypted) + hex(mac);
}

/** Opens a key block; never throws. */
export function unwrapKeyBlock(protectionKey: Uint8Array, block: string, trace?: Trace): KeyBlockRead {
  const read = readHeader(block, trace);
  if (!read.ok) return read;
  const { header, length } = read;
  const { version } = header;
  if (!protectionKeyLengths[version].includes(protectionKey.length)) return { ok: false, fault: 'key_length' };
  const body = /^[0-9A-Fa-f]*$/.test(block.slice(length)) ? parseHex(block.slice(length)) : null;
  const size = body ? body.length - macLength[version] : 0;
  if (!body || read.declared !== block.length || size <= 0 || size % headerUnit(version) !== 0)
    return { ok: false, fault: 'body' };
  const [encrypted, carried] = [body.slice(0, size), body.slice(size)];
  const keys = protection(version, protectionKey, trace);
  const bound = version === 'A' || version === 'C';
  const text = block.slice(0, length);
  const iv = bound ? characters(text.slice(0, 8)) : carried;
  const clear = decryptCbc(keys.cipher, keys.encryption, encrypted, iv);
  trace?.('tr31.clear', { key: keys.encryption, iv, encrypted }, clear);
  const mac = authenticate(version, keys, text, bound ? encrypted : clear, trace);
  if (!equal(mac, carried)) return { ok: false, fault: 'mac' };
  const bits = readUint(clear, 0, 2);
  if (bits === 0 || bits % 8 !== 0 || 2 + bits / 8 > clear.length) return { ok: false, fault: 'key' };
  const key = clear.slice(2, 2 + bits / 8);
  trace?.('tr31.key', { length: bits, block: clear }, key);
  return { ok: true, header, key, padding: clear.slice(2 + bits / 8) };
}
