import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { opens } from './access.ts';
import { bytesOf, withRecords } from './contents.ts';
import { isRefusal, trustedData } from './line-protection.ts';
import { type Card, type ChipOutcome, directoryAt, refused } from './memory.ts';
import { type Found, fileOf } from './selection.ts';

/** The file and offset of READ and UPDATE BINARY: P1 = 80 | short identifier, or 15 bits of offset in the current file. */
function addressed(card: Card, { p1, p2 }: Command): (Found & { offset: number }) | number {
  const byName = (p1 & 0x80) !== 0;
  if (byName && ((p1 & 0x60) !== 0 || (p1 & 0x1f) === 0)) return sw.wrongParameters;
  const found = fileOf(card, byName ? p1 & 0x1f : 0);
  if (typeof found === 'number') return found;
  return found.file.kind === 'transparent' ? { ...found, offset: byName ? p2 : (p1 << 8) | p2 } : sw.notForFile;
}

export function readBinary(card: Card, command: Command): ChipOutcome {
  const found = addressed(card, command);
  if (typeof found === 'number') return refused(found);
  const { directory, file, at, offset } = found;
  if (!opens(card, directory, file.read)) return refused(sw.security);
  if (offset >= file.size) return refused(sw.wrongOffset);
  const length = Math.min(command.le ?? 256, file.size - offset);
  const data = bytesOf(directory, at).slice(offset, offset + length);
  return { status: sw.ok, data, session: { file: file.fid, record: 0 } };
}

/** UPDATE BINARY, protected as the file asks. */
export function updateBinary(card: Card, command: Command): ChipOutcome {
  const found = addressed(card, command);
  if (typeof found === 'number') return refused(found);
  const { directory, file, at, offset } = found;
  if (!opens(card, directory, file.update)) return refused(sw.security);
  const trusted = trustedData(card, directory, command, file.protection);
  if (isRefusal(trusted)) return trusted;
  if (offset + trusted.data.length > file.size) return refused(sw.wrongOffset);
  const contents = bytesOf(directory, at).slice();
  contents.set(trusted.data, offset);
  const { memory } = trusted;
  const now = directoryAt(memory, directory.shape.fid) ?? directory;
  return {
    status: sw.ok,
    memory: withRecords(memory, now, at, [contents]),
    session: { file: file.fid, record: 0 },
  };
}
