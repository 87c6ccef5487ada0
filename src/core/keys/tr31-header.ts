import type { Trace } from './trace.ts';

/** Versions of key blocks: A and C bind by variants (DES), B and D by derivation (DES, AES). */
export type KeyBlockVersion = 'A' | 'B' | 'C' | 'D';

export type OptionalBlock = { readonly id: string; readonly data: string };

/** The header of a key block (ASC X9 TR-31, ANSI X9.143). All values are characters as they stand in the block. */
export type KeyBlockHeader = {
  readonly version: KeyBlockVersion;
  readonly usage: string;
  readonly algorithm: string;
  readonly mode: string;
  readonly key_version: string;
  readonly exportability: string;
  readonly reserved: string;
  readonly blocks: readonly OptionalBlock[];
};

/** Why a header cannot be read. */
export type HeaderFault = 'length' | 'version' | 'characters' | 'optional_block';
export type HeaderRead =
  | { readonly ok: true; readonly header: KeyBlockHeader; readonly length: number; readonly declared: number }
  | { readonly ok: false; readonly fault: HeaderFault };

const fixed = 16;
const pattern = /^([ABCD])(\d{4})([0-9A-Z]{2})([0-9A-Z])([0-9A-Z])([0-9A-Za-z]{2})([A-Z])(\d{2})([0-9A-Z]{2})$/;
const bad = (fault: HeaderFault): HeaderRead => ({ ok: false, fault });

export const headerUnit = (version: KeyBlockVersion): 8 | 16 => (version === 'D' ? 16 : 8);

/** Reads header and optional blocks; `length` is where the encrypted key begins. Never throws. */
export function readHeader(text: string, trace?: Trace): HeaderRead {
  if (text.length < fixed) return bad('length');
  if (!/^[ABCD]/.test(text)) return bad('version');
  const found = pattern.exec(text.slice(0, fixed));
  if (!found) return bad('characters');
  const [, version, length, usage, algorithm, mode, key_version, exportability, count, reserved] = found as unknown as [
    string,
    KeyBlockVersion,
    ...string[],
  ];
  trace?.(
    'tr31.header',
    { version, length, usage, algorithm, mode, key_version, exportability, optional_blocks: count, reserved },
    text.slice(0, fixed),
  );
  const blocks: OptionalBlock[] = [];
  let at = fixed;
  for (let i = 0; i < Number(count); i++) {
    const block = readOptional(text, at);
    if (!block) return bad('optional_block');
    trace?.('tr31.optional', { name: block.id, length: block.end - at, data: block.data }, text.slice(at, block.end));
    blocks.push({ id: block.id, data: block.data });
    at = block.end;
  }
  const header = { version, usage, algorithm, mode, key_version, exportability, reserved, blocks } as KeyBlockHeader;
  return { ok: true, header, length: at, declared: Number(length) };
}

/** Optional block: id 2, length 2 hex digits (00: a length of its own length follows), data. */
function readOptional(text: string, at: number): (OptionalBlock & { end: number }) | null {
  const id = text.slice(at, at + 2);
  if (!/^[0-9A-Z]{2}$/.test(id)) return null;
  const hexAt = (from: number, digits: number) => {
    const part = text.slice(from, from + digits);
    return part.length === digits && digits > 0 && /^[0-9A-F]+$/.test(part) ? Number.parseInt(part, 16) : null;
  };
  let head = 4;
  let length = hexAt(at + 2, 2);
  if (length === 0) {
    const digits = hexAt(at + 4, 2);
    if (digits === null || digits === 0 || digits > 8) return null;
    head = 6 + digits;
    length = hexAt(at + 6, digits);
  }
  if (length === null || length < head || at + length > text.length) return null;
  return { id, data: text.slice(at + head, at + length), end: at + length };
}

const optionalText = ({ id, data }: OptionalBlock): string => {
  const short = data.length + 4;
  const long = data.length + 10;
  return short <= 0xff
    ? `${id}${short.toString(16).toUpperCase().padStart(2, '0')}${data}`
    : `${id}0004${long.toString(16).toUpperCase().padStart(4, '0')}${data}`;
};

/** The header as text for `total` characters of block; a PB block fills the optional part to whole cipher blocks. */
export function writeHeader(header: KeyBlockHeader, body: number): string {
  const own = header.blocks.filter(({ id }) => id !== 'PB').map(optionalText);
  const unit = headerUnit(header.version);
  const loose = own.join('').length % unit;
  // Four characters are the least a padding block takes.
  const missing = loose === 0 ? 0 : unit - loose < 4 ? 2 * unit - loose : unit - loose;
  const blocks = missing === 0 ? own : [...own, optionalText({ id: 'PB', data: '0'.repeat(missing - 4) })];
  const optional = blocks.join('');
  const two = (value: number) => String(value).padStart(2, '0');
  const { version, usage, algorithm, mode, key_version, exportability, reserved } = header;
  const total = String(fixed + optional.length + body).padStart(4, '0');
  return `${version}${total}${usage}${algorithm}${mode}${key_version}${exportability}${two(blocks.length)}${reserved}${optional}`;
}
