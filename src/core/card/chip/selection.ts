import { equal } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { type FileShape, isInternal, masterFile, shortIdentifier } from '../structure.ts';
import { buildTlv } from '../tlv.ts';
import { keptFor } from './access.ts';
import {
  type Card,
  type CardMemory,
  type ChipOutcome,
  current,
  type Directory,
  directoryAt,
  lifeOf,
  lineOf,
  refused,
} from './memory.ts';

/** SELECT by name (P1 04), by file identifier (00) or an elementary file of the current directory (02). */
export function select(card: Card, { p1, p2, data }: Command): ChipOutcome {
  if (p1 === 0x04 && (p2 === 0x00 || p2 === 0x02)) return selectByName(card, data, p2 === 0x02);
  if (p2 !== 0x00 || (p1 !== 0x00 && p1 !== 0x02)) return refused(sw.wrongParameters);
  if (data.length === 0 && p1 === 0x00) return enter(card, card.memory.directories[0] as Directory);
  if (data.length !== 2) return refused(sw.wrongLength);
  const fid = ((data[0] as number) << 8) | (data[1] as number);
  const directory = p1 === 0x00 ? nearest(card, fid) : null;
  if (directory) return enter(card, directory);
  const file = current(card).shape.files.find((it) => it.fid === fid && it.kind !== 'keys' && it.kind !== 'account');
  if (!file) return refused(sw.fileNotFound);
  if (lifeOf(card.memory, current(card)) !== 'active') return refused(sw.conditions);
  return { status: sw.ok, session: { file: fid, record: 0 } };
}

/** A directory by its identifier: the MF, the current one, one in its line, or one that stands directly in its line. */
function nearest({ memory, session }: Card, fid: number): Directory | null {
  const found = directoryAt(memory, fid);
  if (!found || fid === masterFile) return found;
  const line = lineOf(memory, directoryAt(memory, session.directory) as Directory).map(({ shape }) => shape.fid);
  return line.includes(fid) || line.includes(found.shape.parent as number) ? found : null;
}

/** A partial name finds the first directory that begins so, or with "next" the one after the current. */
function selectByName(card: Card, name: Uint8Array, next: boolean): ChipOutcome {
  if (name.length < 5) return refused(sw.wrongLength);
  const { directories } = card.memory;
  const from = next ? directories.findIndex(({ shape }) => shape.fid === card.session.directory) + 1 : 0;
  const found = directories.slice(from).find(({ shape }) => equal(shape.name.subarray(0, name.length), name));
  return found ? enter(card, found) : refused(sw.fileNotFound);
}

/** What was proven to PINs and keys outside the line of the new directory is forgotten. */
function enter(card: Card, directory: Directory): ChipOutcome {
  const life = lifeOf(card.memory, directory);
  if (life === 'blocked-for-ever') return refused(sw.lockedForEver);
  const session = { directory: directory.shape.fid, file: null, record: 0, ...keptFor(card, directory) };
  if (life === 'blocked') return { status: sw.selectedInvalid, session };
  return { status: sw.ok, data: controlInformation(card.memory, directory), session };
}

const dirOfEnvironment = buildTlv(0x88, Uint8Array.of(0x1e));
const dirOfPboc = buildTlv(0x88, Uint8Array.of(0x01));
const issuerOfThird = buildTlv(0x9f0c, Uint8Array.of(0x86, 0x01, 0x03));

/**
 * FCI (card.md 3.2): an environment tells its DIR and, from generation 3 on, its version and algorithm; a PBOC application
 * its public application file 0015.
 */
function controlInformation(memory: CardMemory, { shape, contents }: Directory): Uint8Array {
  const name = shape.name.length > 0 ? [buildTlv(0x84, shape.name)] : [];
  if (shape.kind !== 'adf') {
    if (shape.manner === 'pboc') return buildTlv(0x6f, ...name, buildTlv(0xa5, dirOfPboc));
    const third = memory.generation === 2 ? [] : [issuerOfThird];
    return buildTlv(0x6f, ...name, buildTlv(0xa5, dirOfEnvironment, ...third));
  }
  const issuer = shape.manner === 'pboc' ? contents[shape.files.findIndex(({ fid }) => fid === 0x0015)]?.[0] : null;
  return buildTlv(0x6f, ...name, ...(issuer ? [buildTlv(0xa5, buildTlv(0x9f0c, issuer))] : []));
}

/** A file of the current directory and its place there. */
export type Found = { readonly directory: Directory; readonly file: FileShape; readonly at: number };

/** The file of a short identifier in the current directory, the current file for 0; a status word if there is none. */
export function fileOf(card: Card, short: number): Found | number {
  const directory = current(card);
  const { files } = directory.shape;
  const wanted = card.session.file;
  if (short === 0 && wanted === null) return sw.noFileSelected;
  const at = files.findIndex((it) =>
    short === 0 ? it.fid === wanted : shortIdentifier(it) === short && !isInternal(it),
  );
  const file = files[at];
  return file ? { directory, file, at } : sw.fileNotFound;
}
