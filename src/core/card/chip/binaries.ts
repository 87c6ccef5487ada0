import type { Command } from '../apdu.ts';
import type { ElementaryFile } from '../profile.ts';
import { sw } from '../status-words.ts';
import { checkedData, opens } from './access.ts';
import { binaryOf, type Chip, type ChipOutcome, refused, withFile } from './memory.ts';
import { fileOf } from './selection.ts';

/** The file and offset of READ and UPDATE BINARY: P1 = 80 | short identifier, or 15 bits of offset in the current file. */
function addressed(card: Chip, { p1, p2 }: Command): { file: ElementaryFile; offset: number } | number {
  const byName = (p1 & 0x80) !== 0;
  if (byName && ((p1 & 0x60) !== 0 || (p1 & 0x1f) === 0)) return sw.wrongParameters;
  const file = fileOf(card, byName ? p1 & 0x1f : 0);
  if (typeof file === 'number') return file;
  return file.kind === 'binary' ? { file, offset: byName ? p2 : (p1 << 8) | p2 } : sw.notForFile;
}

export function readBinary(card: Chip, command: Command): ChipOutcome {
  const at = addressed(card, command);
  if (typeof at === 'number') return refused(at);
  if (!opens(at.file.read, card.session.granted)) return refused(sw.security);
  if (at.offset >= at.file.capacity) return refused(sw.wrongOffset);
  const length = Math.min(command.le ?? 256, at.file.capacity - at.offset);
  const data = binaryOf(card.memory, card.session.directory, at.file).slice(at.offset, at.offset + length);
  return { status: sw.ok, data, session: { file: at.file, record: 0 } };
}

/** UPDATE BINARY after the file's key was authenticated, with MAC. */
export function updateBinary(card: Chip, command: Command): ChipOutcome {
  const at = addressed(card, command);
  if (typeof at === 'number') return refused(at);
  if (at.file.update === null || !card.session.granted.has(at.file.update)) return refused(sw.security);
  const data = checkedData(card, command);
  if (typeof data === 'number') return refused(data);
  if (at.offset + data.length > at.file.capacity) return refused(sw.wrongOffset);
  const contents = binaryOf(card.memory, card.session.directory, at.file).slice();
  contents.set(data, at.offset);
  const memory = withFile(card.memory, card.session.directory, at.file, [contents]);
  return { status: sw.ok, memory, session: { file: at.file, record: 0 } };
}
