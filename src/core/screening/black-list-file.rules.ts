import { concat, equal, readUint, uint } from '../../kernel/bytes.ts';
import { type BlackListReason, blackListReasons } from './contract.ts';

/**
 * The black list as a file for terminals. All numbers big-endian.
 *
 * | at | bytes | what |
 * |---|---|---|
 * | 0 | 4 | `TBL1` |
 * | 4 | 1 | `F` full: replaces what the terminal holds; `D` delta: follows on version `from` |
 * | 5 | 8 | from: the version the terminal must hold; 0 in a full list |
 * | 13 | 8 | through: the version it holds afterwards |
 * | 21 | 4 | n, the number of entries |
 * | 25 | 11·n | account number, packed digits with F to 10 bytes; reason (1 …, in the order of the codes), 00 taken off |
 * | 25+11·n | 8 | MAC under the terminal's MAK over the SHA-256 of all before (UnionPay ECB, as field 64) |
 */
export type BlackListFile = {
  readonly kind: 'F' | 'D';
  readonly from: bigint;
  readonly through: bigint;
  /** Reason null: taken off. */
  readonly entries: readonly { readonly account_number: string; readonly reason: BlackListReason | null }[];
};

/** Makes the MAC of content: SHA-256, then the MAC under the terminal's MAK; 8 bytes. */
export type FileMac = (content: Uint8Array) => Uint8Array;

const magic = Uint8Array.of(0x54, 0x42, 0x4c, 0x31);
const head_bytes = 25;
const entry_bytes = 11;
const mac_bytes = 8;

export function writeBlackList({ kind, from, through, entries }: BlackListFile, mac: FileMac): Uint8Array {
  const content = concat(
    magic,
    Uint8Array.of(kind.charCodeAt(0)),
    uint(from, 8),
    uint(through, 8),
    uint(entries.length, 4),
    ...entries.map(({ account_number, reason }) =>
      concat(
        Uint8Array.fromHex(account_number.padEnd(20, 'F')),
        Uint8Array.of(reason === null ? 0 : 1 + blackListReasons.indexOf(reason)),
      ),
    ),
  );
  return concat(content, mac(content));
}

export type BlackListFileFault = 'length' | 'format' | 'mac' | 'gap';
export type OpenedBlackList =
  | { readonly ok: true; readonly value: BlackListFile }
  | { readonly ok: false; readonly fault: BlackListFileFault };

/** Reads a file at the terminal; nothing of one whose MAC is wrong is believed. Never throws. */
export function openBlackList(file: Uint8Array, mac: FileMac): OpenedBlackList {
  const no = (fault: BlackListFileFault): OpenedBlackList => ({ ok: false, fault });
  if (file.length < head_bytes + mac_bytes) return no('length');
  const content = file.slice(0, -mac_bytes);
  if (!equal(mac(content), file.slice(-mac_bytes))) return no('mac');
  const kind = String.fromCharCode(content[4] as number);
  if (!equal(content.slice(0, 4), magic) || (kind !== 'F' && kind !== 'D')) return no('format');
  const count = readUint(content, 21, 4);
  if (content.length !== head_bytes + entry_bytes * count) return no('length');
  const entries: BlackListFile['entries'][number][] = [];
  for (let at = head_bytes; at < content.length; at += entry_bytes) {
    const account_number = content
      .slice(at, at + 10)
      .toHex()
      .replace(/f+$/, '');
    const code = content[at + 10] as number;
    const reason = code === 0 ? null : blackListReasons[code - 1];
    if (reason === undefined || !/^\d{12,19}$/.test(account_number)) return no('format');
    entries.push({ account_number, reason });
  }
  const long = (at: number) => BigInt(`0x${content.slice(at, at + 8).toHex()}`);
  return { ok: true, value: { kind, from: long(5), through: long(13), entries } };
}

/** What a terminal holds: who is listed, and the version of that. */
export type HeldBlackList = { readonly version: bigint; readonly cards: ReadonlyMap<string, BlackListReason> };

/** The list after a file; `gap` when a delta does not follow on what is held: fetch the full list then. */
export function applyBlackList(held: HeldBlackList, file: BlackListFile): HeldBlackList | 'gap' {
  if (file.kind === 'D' && file.from !== held.version) return 'gap';
  const cards = new Map(file.kind === 'F' ? [] : held.cards);
  for (const { account_number, reason } of file.entries)
    if (reason) cards.set(account_number, reason);
    else cards.delete(account_number);
  return { version: file.through, cards };
}
