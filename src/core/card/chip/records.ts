import { concat } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { fileKey } from '../file-map.ts';
import type { ElementaryFile } from '../profile.ts';
import { sw } from '../status-words.ts';
import { parseElements } from '../tlv.ts';
import { checkedData, opens } from './access.ts';
import { type Chip, type ChipOutcome, recordsOf, refused, withFile } from './memory.ts';
import { fileOf } from './selection.ts';

/** READ RECORD: by number (mode 4), from or up to a number (5, 6), or by tag: first, last, next, previous (0 to 3). */
export function readRecord(card: Chip, { p1, p2, le }: Command): ChipOutcome {
  const file = fileOf(card, p2 >> 3);
  if (typeof file === 'number') return refused(file);
  if (file.kind === 'binary') return refused(sw.notForFile);
  if (!opens(file.read, card.session.granted)) return refused(sw.security);
  const records = recordsOf(card.memory, card.session.directory, file);
  const numbers = addressed(card, file, records, p1, p2 & 7);
  if (typeof numbers === 'number') return refused(numbers);
  const data = concat(...numbers.map((number) => records[number - 1] as Uint8Array));
  // More than one answer can carry: such a file is read record by record.
  if (data.length > 256 || le === null) return refused(sw.wrongLength);
  return { status: sw.ok, data, session: { file, record: numbers[0] as number } };
}

/** The numbers of the records a command means; a status word if there are none. */
function addressed(
  card: Chip,
  file: ElementaryFile,
  records: readonly Uint8Array[],
  p1: number,
  mode: number,
): readonly number[] | number {
  const all = records.map((_, i) => i + 1);
  if (mode >= 4) {
    if (mode === 7) return sw.wrongParameters;
    if (p1 === 0 || p1 > all.length) return sw.recordNotFound;
    return mode === 4 ? [p1] : mode === 5 ? all.slice(p1 - 1) : all.slice(0, p1).reverse();
  }
  // Only tagged records can be asked for by tag; P1 00 takes any.
  const fits = all.filter((number) => p1 === 0 || (file.kind === 'records' && records[number - 1]?.[0] === p1));
  const current = card.session.file === file ? card.session.record : 0;
  const candidates = [
    fits.at(0),
    fits.at(-1),
    fits.find((number) => number > current),
    fits.findLast((number) => current === 0 || number < current),
  ];
  const found = candidates[mode];
  return found === undefined ? sw.recordNotFound : [found];
}

/** UPDATE RECORD after the file's key was authenticated, with MAC; mode 3 on a cyclic file adds a record. */
export function updateRecord(card: Chip, command: Command): ChipOutcome {
  const file = fileOf(card, command.p2 >> 3);
  if (typeof file === 'number') return refused(file);
  if (file.kind === 'binary') return refused(sw.notForFile);
  if (file.update === null || !card.session.granted.has(file.update)) return refused(sw.security);
  const data = checkedData(card, command);
  if (typeof data === 'number') return refused(data);
  return file.kind === 'cyclic' ? addRecord(card, file, command, data) : replaceRecord(card, file, command, data);
}

function replaceRecord(card: Chip, file: ElementaryFile, command: Command, data: Uint8Array): ChipOutcome {
  const { directory } = card.session;
  const records = recordsOf(card.memory, directory, file);
  const numbers = addressed(card, file, records, command.p1, command.p2 & 7);
  if (typeof numbers === 'number') return refused(numbers);
  if (numbers.length !== 1) return refused(sw.wrongParameters);
  const number = numbers[0] as number;
  const old = records[number - 1] as Uint8Array;
  if (old.length !== data.length) return refused(sw.wrongLength);
  if (old[0] !== data[0] || parseElements(data)?.length !== 1) return refused(sw.wrongData);
  const written = card.memory.files.get(fileKey(directory, file)) ?? [];
  const contents = records.map((_, i) => (i === number - 1 ? data.slice() : (written[i] ?? null)));
  return {
    status: sw.ok,
    memory: withFile(card.memory, directory, file, contents),
    session: { file, record: number },
  };
}

function addRecord(card: Chip, file: ElementaryFile, command: Command, data: Uint8Array): ChipOutcome {
  if ((command.p2 & 7) !== 3 || command.p1 !== 0) return refused(sw.wrongParameters);
  if (data.length !== file.records[0]?.length) return refused(sw.wrongLength);
  const { directory } = card.session;
  const contents = [data.slice(), ...recordsOf(card.memory, directory, file)].slice(0, file.capacity);
  return { status: sw.ok, memory: withFile(card.memory, directory, file, contents), session: { file, record: 1 } };
}
