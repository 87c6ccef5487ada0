import { equal } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { directories, root } from '../file-map.ts';
import type { Directory, ElementaryFile } from '../profile.ts';
import { shortIdentifier } from '../profile.ts';
import { sw } from '../status-words.ts';
import { buildTlv } from '../tlv.ts';
import { type Chip, type ChipMemory, type ChipOutcome, refused } from './memory.ts';

/** SELECT by name (P1 04), by file identifier (00) or an elementary file of the current directory (02). */
export function select(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (p1 === 0x04 && (p2 === 0x00 || p2 === 0x02)) return selectByName(card, data, p2 === 0x02);
  if (p2 !== 0x00 || (p1 !== 0x00 && p1 !== 0x02)) return refused(sw.wrongParameters);
  if (data.length === 0 && p1 === 0x00) return enter(card, root);
  if (data.length !== 2) return refused(sw.wrongLength);
  const fid = ((data[0] as number) << 8) | (data[1] as number);
  const directory = p1 === 0x00 ? directories.find((it) => it.fid === fid) : undefined;
  if (directory) return enter(card, directory);
  const file = card.session.directory.files.find((it) => it.fid === fid);
  return file ? { status: sw.ok, session: { file, record: 0 } } : refused(sw.fileNotFound);
}

/** A partial name finds the first directory that begins so, or with "next" the one after the current. */
function selectByName(card: Chip, name: Uint8Array, next: boolean): ChipOutcome {
  if (name.length < 5) return refused(sw.wrongLength);
  const from = next ? directories.indexOf(card.session.directory) + 1 : 0;
  const found = directories.slice(from).find((it) => equal(it.name.subarray(0, name.length), name));
  return found ? enter(card, found) : refused(sw.fileNotFound);
}

/** Another directory forgets what was proven to the keys of the last one; PIN and environment keys stay. */
function enter(card: Chip, directory: Directory): ChipOutcome {
  const kept = [...card.session.granted].filter((it) => it === 'PIN' || it in root.keys || it in directory.keys);
  const session = { directory, file: null, record: 0, granted: new Set(kept) };
  if (card.memory.life === 'blocked') return { status: sw.selectedInvalid, session };
  return { status: sw.ok, data: controlInformation(card.memory, directory), session };
}

/** FCI (card.md 3.2): the environment tells its DIR and, from generation 3 on, its version and algorithm. */
function controlInformation(memory: ChipMemory, directory: Directory): Uint8Array {
  const name = buildTlv(0x84, directory.name);
  if (directory !== root) return buildTlv(0x6f, name);
  const dir = buildTlv(0x88, Uint8Array.of(0x1e));
  const issuer = buildTlv(0x9f0c, Uint8Array.of(0x86, 0x01, 0x03));
  return buildTlv(0x6f, name, memory.generation === 2 ? buildTlv(0xa5, dir) : buildTlv(0xa5, dir, issuer));
}

/** The file of a short identifier in the current directory, the current file for 0; a status word if there is none. */
export function fileOf(card: Chip, short: number): ElementaryFile | number {
  if (short === 0) return card.session.file ?? sw.noFileSelected;
  return card.session.directory.files.find((it) => shortIdentifier(it) === short) ?? sw.fileNotFound;
}
