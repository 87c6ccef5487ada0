import { hex } from '../../kernel/bytes.ts';
import { keyCheckValue } from '../keys/index.ts';
import { accessWords } from './card-words.ts';
import { profileOf, readImage } from './chip/chip-image.ts';
import { recordsOf } from './chip/contents.ts';
import type { CardMemory, Directory } from './chip/memory.ts';
import { purseLogFile } from './chip/memory.ts';
import { type DataField, field, hex as hexField } from './command-fields.ts';
import type { CardDescription, DescribedDirectory, DescribedFile, DescribedLine } from './contract.ts';
import { describeFields, describeTlv } from './description.ts';
import { imageInForce, isEeprom } from './eeprom.ts';
import { decodeGbk } from './gbk.ts';
import { type MapRow, memoryMap } from './memory-map.ts';
import type { KeySlot } from './profiles/profile.ts';
import { publicFiles, purseLogFields } from './public-files.ts';
import { type FileShape, holderPin } from './structure.ts';

/** Lines of the medical account's log (card.md 3.5); the last two amounts are missing where it keeps the account only. */
const accountLogFields: readonly DataField[] = [
  field('number', 2, '交易序号', 'sequence'),
  field('text', 1, '交易类型', 'transaction type'),
  hexField(6, '终端机编号', 'terminal number'),
  hexField(7, '交易时间', 'transaction time'),
  field('amount', 4, '个人账户支付', 'paid from the account'),
  field('amount', 4, '个人自付', 'paid by the person'),
  field('amount', 4, '统筹支付', 'paid by the pooled fund'),
];

/** More of a transparent file is not shown. */
const shownBytes = 64;

/**
 * A card image, or the EEPROM file that holds one, in words: life, directories, files with their rights, records. Keys are
 * shown by name, version, tries and check value, PINs by their tries: neither keys nor digits. `CardFault` if damaged.
 */
export function describeCard(bytes: Uint8Array): CardDescription {
  const memory = readImage(isEeprom(bytes) ? imageInForce(bytes) : bytes);
  const map = memoryMap(memory);
  const profile = profileOf(memory);
  return {
    life: memory.life,
    generation: memory.generation,
    algorithm: memory.family === 'sm4' ? 'SM4' : '3DES',
    history: hex(memory.history),
    profile: profile && { name: profile.name, ...profile.words },
    capacity: map.capacity,
    free: map.free,
    directories: memory.directories.map((directory) => describedDirectory(memory, directory, map.rows)),
  };
}

function describedDirectory(memory: CardMemory, directory: Directory, rows: readonly MapRow[]): DescribedDirectory {
  const { shape, account, purse } = directory;
  const at = rows.findIndex((row) => row.fid === shape.fid && row.name === shape.name);
  const row = rows[at] as MapRow;
  const named = namesFor(memory, directory);
  return {
    fid: code(shape.fid),
    kind: shape.kind,
    manner: shape.manner,
    depth: row.depth,
    name: nameInWords(shape.name),
    label: decodeGbk(shape.label),
    life: directory.life,
    size: row.body,
    free: row.free,
    create: accessWords(shape.create, named),
    erase: accessWords(shape.erase, named),
    keys: directory.keys.map(({ shape: key, value, tries }) => ({
      name: nameOf(key) ?? '',
      use: key.use,
      id: key.id,
      version: key.version,
      tries,
      limit: key.limit,
      check_value: keyCheckValue(memory.family, value),
    })),
    pins: directory.pins.map(({ shape: pin, digits, tries }) => ({
      id: pin.id,
      set: digits !== null,
      tries,
      limit: pin.limit,
    })),
    account: account && {
      balance: account.balance,
      loads: account.loads,
      purchases: account.purchases,
      self_paid: account.selfPaid,
      pooled: account.pooled,
      year: account.year,
      start_day: account.startDay,
    },
    purses: purse ? { ...purse.purses } : null,
    files: shape.files.map((file, i) => describedFile(memory, directory, file, i, rows[at + 1 + i] as MapRow, named)),
  };
}

/** A name in hex, and as text where it is one. */
function nameInWords(name: Uint8Array): string {
  const text = decodeGbk(name);
  return /^[ -~\u4e00-\u9fff]+$/.test(text) ? `${hex(name)} ${text}` : hex(name);
}

const code = (fid: number): string => fid.toString(16).toUpperCase().padStart(4, '0');

const nameOf = (key: Directory['keys'][number]['shape']): string | null =>
  'name' in key ? (key as KeySlot).name : null;

/** Names of keys as the directory sees them: its own, then its profile's, then those of the environment above. */
function namesFor(memory: CardMemory, directory: Directory): (id: number) => string {
  const slots = profileOf(memory)?.directories ?? [];
  const near = slots.filter(({ shape }) => shape.fid === directory.shape.fid);
  const above = slots.filter(({ shape }) => shape.manner === 'ssc' && shape.kind !== 'adf');
  return (id) => {
    if (id === holderPin) return 'PIN';
    const homes = id < 0x80 ? [...above, ...near] : near;
    const slot = homes.flatMap(({ keys }) => keys).find((key) => key.id === id && key.use === 'external');
    return slot?.name ?? code(id).slice(2);
  };
}

function describedFile(
  memory: CardMemory,
  directory: Directory,
  file: FileShape,
  at: number,
  row: MapRow,
  named: (id: number) => string,
): DescribedFile {
  const { fid, kind, protection } = file;
  return {
    fid: code(fid),
    kind,
    header: row.header,
    body: row.body,
    used: row.used,
    read: accessWords(file.read, named),
    update: accessWords(file.update, named),
    protection,
    records: contentsOf(memory, directory, file, at),
  };
}

/** What stands in a file, a list of lines for each record. */
function contentsOf(
  memory: CardMemory,
  directory: Directory,
  file: FileShape,
  at: number,
): readonly (readonly DescribedLine[])[] {
  if (file.kind === 'keys' || file.kind === 'account' || file.kind === 'purse') return [];
  if (file.kind === 'transparent') {
    const content = directory.contents[at]?.[0];
    return content
      ? [bytesInWords(directory.shape.manner === 'pboc' ? publicFiles[file.fid] : undefined, content)]
      : [];
  }
  const fields = logFields(directory, file);
  return recordsOf(memory, directory, at).map((record) =>
    fields
      ? describeFields(fields, record, false)
      : file.kind === 'tagged'
        ? describeTlv(record)
        : bytesInWords([], record),
  );
}

function logFields(directory: Directory, file: FileShape): readonly DataField[] | null {
  if (file.kind !== 'cyclic') return null;
  if (directory.purse && file.fid === purseLogFile) return purseLogFields;
  return directory.account && file.fid === 0xef08 ? accountLogFields : null;
}

function bytesInWords(fields: readonly DataField[] | undefined, content: Uint8Array): DescribedLine[] {
  if (fields?.length) return describeFields(fields, content, false);
  const text = hex(content.subarray(0, shownBytes));
  const more = content.length > shownBytes ? `… (${content.length})` : '';
  return [{ depth: 1, label: { zh: '内容', en: 'content' }, value: `${text}${more}` }];
}
