import { equal } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { root } from '../known-files.ts';
import { sw } from '../status-words.ts';
import { buildTlv } from '../tlv.ts';
import { checkLine } from './line-protection.ts';
import {
  directoryOf,
  fileIn,
  keyIn,
  masterFile,
  type PsamDirectory,
  type PsamFile,
  type PsamSession,
  type Sam,
  type SamOutcome,
  sm4Environment,
  withContent,
} from './memory.ts';
import { keyType } from './psam-keys.ts';

/** SELECT by name (P1 04), by file identifier (00) or a file of the current directory (02). */
export function select(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p2 !== 0) return { status: sw.wrongParameters };
  if (p1 === 0x04) return selectByName(sam, data);
  if (p1 !== 0x00 && p1 !== 0x02) return { status: sw.wrongParameters };
  if (data.length === 0 && p1 === 0x00) return enter(sam, directoryOf(sam.memory, masterFile), null);
  if (data.length !== 2) return { status: p1 === 0x00 ? sw.fileNotFound : sw.wrongLength };
  const fid = ((data[0] as number) << 8) | (data[1] as number);
  const directory = p1 === 0x00 ? directoryOf(sam.memory, fid) : undefined;
  if (directory) return enter(sam, directory, environmentAfter(sam, directory));
  const file = fileIn(directoryOf(sam.memory, sam.session.directory), fid);
  return file ? { status: sw.ok, session: { file: fid } } : { status: sw.fileNotFound };
}

function selectByName(sam: Sam, name: Uint8Array): SamOutcome {
  const directory = sam.memory.directories.find((it) => equal(it.name, name));
  if (!directory) return { status: sw.fileNotFound };
  // The name of the first environment asks for it alone; the master file by its identifier shows both.
  return enter(sam, directory, equal(name, root.name) ? 'des' : environmentAfter(sam, directory));
}

function environmentAfter(sam: Sam, { fid }: PsamDirectory): PsamSession['environment'] {
  if (fid === sm4Environment) return 'sm4';
  return fid === masterFile ? null : sam.session.environment;
}

function enter(sam: Sam, found: PsamDirectory | undefined, environment: PsamSession['environment']): SamOutcome {
  if (!found) return { status: sw.fileNotFound };
  const directory = found.fid === sm4Environment ? masterFile : found.fid;
  const shown = directory === sam.session.directory ? sam.session.shown : new Set<number>();
  return {
    status: sw.ok,
    data: buildTlv(0x6f, buildTlv(0x84, found.name)),
    session: { directory, environment, file: null, shown, delivered: null, pending: null },
  };
}

type Addressed = { readonly directory: PsamDirectory; readonly file: PsamFile; readonly offset: number };

/** P1 = 80 | short identifier and P2 offset, or 15 bits of offset in the current file; a status word if there is none. */
function addressed(sam: Sam, { p1, p2 }: Command): Addressed | number {
  const byName = (p1 & 0x80) !== 0;
  if (byName && ((p1 & 0x60) !== 0 || (p1 & 0x1f) === 0)) return sw.wrongParameters;
  if (!byName && sam.session.file === null) return sw.noFileSelected;
  const directory = directoryOf(sam.memory, sam.session.directory);
  const file = fileIn(directory, byName ? p1 & 0x1f : (sam.session.file as number));
  if (!directory || !file) return sw.fileNotFound;
  return file.kind === 'binary' ? { directory, file, offset: byName ? p2 : (p1 << 8) | p2 } : sw.notForFile;
}

export function readBinary(sam: Sam, command: Command): SamOutcome {
  const at = addressed(sam, command);
  if (typeof at === 'number') return { status: at };
  if (!allowed(sam, at.file.read)) return { status: sw.security };
  if (at.offset >= at.file.size) return { status: sw.wrongOffset };
  const data = at.file.content.slice(at.offset, at.offset + (command.le ?? 256));
  return { status: sw.ok, data, session: { file: at.file.fid } };
}

/** UPDATE BINARY: freely by the issuer while the PSAM is being issued, afterwards as the file's right says. */
export function updateBinary(sam: Sam, command: Command): SamOutcome {
  const at = addressed(sam, command);
  if (typeof at === 'number') return { status: at };
  const byMac = command.cla === 0x04;
  if (byMac ? at.file.update !== 0x80 : !mayUpdate(sam, at.file)) return { status: sw.security };
  const checked = byMac
    ? checkLine(sam, command, keyIn(at.directory, keyType.maintenance, 1))
    : { ok: true as const, data: command.data, memory: sam.memory };
  if (!('ok' in checked)) return checked;
  if (at.offset + checked.data.length > at.file.size) return { status: sw.wrongOffset };
  const content = at.file.content.slice();
  content.set(checked.data, at.offset);
  // The check may have given the maintenance key its tries back, so the directory is looked up again.
  const directory = directoryOf(checked.memory, at.directory.fid) as PsamDirectory;
  const memory = withContent(checked.memory, directory, at.file, content);
  return { status: sw.ok, memory, session: { file: at.file.fid } };
}

const mayUpdate = (sam: Sam, { update }: PsamFile): boolean =>
  (sam.memory.life === 'issuing' && sam.session.authority) || allowed(sam, update);

/** Whether a right is everyone's, or that of an authentication key which was shown. */
const allowed = ({ session }: Sam, right: number): boolean =>
  right === 0x00 || (right < 0x80 && session.shown.has(right));
