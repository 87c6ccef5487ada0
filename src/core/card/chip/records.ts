import { concat } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { isSettlementElement } from '../offline-settlement.rules.ts';
import { sw } from '../status-words.ts';
import type { FileShape } from '../structure.ts';
import { parseElements } from '../tlv.ts';
import { opens } from './access.ts';
import { isDirFile, recordsOf, withRecords } from './contents.ts';
import { isRefusal, trustedData } from './line-protection.ts';
import { type Card, type CardMemory, type ChipOutcome, type Directory, directoryAt, refused } from './memory.ts';
import { type Found, fileOf } from './selection.ts';

function recordFile(card: Card, short: number): Found | number {
  const found = fileOf(card, short);
  if (typeof found === 'number') return found;
  const { kind } = found.file;
  return kind === 'tagged' || kind === 'fixed' || kind === 'cyclic' ? found : sw.notForFile;
}

/** READ RECORD: by number (mode 4), from or up to a number (5, 6), or by tag: first, last, next, previous (0 to 3). */
export function readRecord(card: Card, { p1, p2, le }: Command): ChipOutcome {
  const found = recordFile(card, p2 >> 3);
  if (typeof found === 'number') return refused(found);
  const { directory, file, at } = found;
  if (!opens(card, directory, file.read)) return refused(sw.security);
  const records = recordsOf(card.memory, directory, at);
  const numbers = addressed(card, file, records, p1, p2 & 7);
  if (typeof numbers === 'number') return refused(numbers);
  const data = concat(...numbers.map((number) => records[number - 1] as Uint8Array));
  // More than one answer can carry: such a file is read record by record.
  if (data.length > 256 || le === null) return refused(sw.wrongLength);
  return { status: sw.ok, data, session: { file: file.fid, record: numbers[0] as number } };
}

/** The numbers of the records a command means; a status word if there are none. */
function addressed(
  card: Card,
  file: FileShape,
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
  const fits = all.filter((number) => p1 === 0 || (file.kind === 'tagged' && records[number - 1]?.[0] === p1));
  const now = card.session.file === file.fid ? card.session.record : 0;
  const candidates = [
    fits.at(0),
    fits.at(-1),
    fits.find((number) => number > now),
    fits.findLast((number) => now === 0 || number < now),
  ];
  const found = candidates[mode];
  return found === undefined ? sw.recordNotFound : [found];
}

/** UPDATE RECORD, protected as the file asks; mode 3 on a cyclic file adds a record. */
export const updateRecord = (card: Card, command: Command): ChipOutcome =>
  written(card, command, (found, memory, data) => {
    const { directory, file, at } = found;
    const { p1, p2 } = command;
    const records = recordsOf(memory, directory, at);
    if (file.kind === 'cyclic') {
      if ((p2 & 7) !== 3 || p1 !== 0) return sw.wrongParameters;
      return cycled(file, records, data);
    }
    const numbers = addressed(card, file, records, p1, p2 & 7);
    if (typeof numbers === 'number') return numbers;
    if (numbers.length !== 1) return sw.wrongParameters;
    const number = numbers[0] as number;
    const old = records[number - 1] as Uint8Array;
    if (old.length !== data.length) return sw.wrongLength;
    if (file.kind === 'tagged') {
      if (old[0] !== data[0] || parseElements(data)?.length !== 1) return sw.wrongData;
      if (directory.account && !isSettlementElement(file.fid, data)) return sw.wrongData;
    }
    return { records: records.map((it, i) => (i === number - 1 ? data.slice() : it)), number };
  });

/** APPEND RECORD behind the last one, in front of a cyclic file; P2 mode 0 or 4 (scripts use both). 6A84: no room. */
export const appendRecord = (card: Card, command: Command): ChipOutcome =>
  written(card, command, (found, memory, data) => {
    const { directory, file, at } = found;
    if (command.p1 !== 0 || (command.p2 & 3) !== 0) return sw.wrongParameters;
    const records = recordsOf(memory, directory, at);
    if (file.kind === 'cyclic') return cycled(file, records, data);
    if (file.kind === 'fixed') {
      if (data.length !== file.recordLength) return sw.wrongLength;
      if (records.length >= file.capacity) return sw.noSpace;
    } else {
      if (parseElements(data)?.length !== 1) return sw.wrongData;
      const used = records.reduce((sum, record) => sum + record.length, 0);
      if (records.length === 255 || used + data.length > file.size) return sw.noSpace;
    }
    return { records: [...records, data.slice()], number: records.length + 1 };
  });

type Written = { readonly records: readonly Uint8Array[]; readonly number: number };

function cycled(file: FileShape, records: readonly Uint8Array[], data: Uint8Array): Written | number {
  if (data.length !== file.recordLength) return sw.wrongLength;
  return { records: [data.slice(), ...records].slice(0, file.capacity), number: 1 };
}

/** What every writing of records goes through: the file, its access, its protection. */
function written(
  card: Card,
  command: Command,
  write: (found: Found, memory: CardMemory, data: Uint8Array) => Written | number,
): ChipOutcome {
  const found = recordFile(card, command.p2 >> 3);
  if (typeof found === 'number') return refused(found);
  // DIR is kept by the card itself.
  if (isDirFile(found.directory, found.file) || !opens(card, found.directory, found.file.update))
    return refused(sw.security);
  const trusted = trustedData(card, found.directory, command, found.file.protection);
  if (isRefusal(trusted)) return trusted;
  const directory = directoryAt(trusted.memory, found.directory.shape.fid) as Directory;
  const result = write({ ...found, directory }, trusted.memory, trusted.data);
  if (typeof result === 'number') return { status: result, memory: trusted.memory };
  return {
    status: sw.ok,
    memory: withRecords(trusted.memory, directory, found.at, result.records),
    session: { file: found.file.fid, record: result.number },
  };
}
