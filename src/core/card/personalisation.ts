import { assert, Bug } from '../../kernel/assert.ts';
import { bytes, concat } from '../../kernel/bytes.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import type { Day } from '../../kernel/time.ts';
import {
  authenticationData,
  type CardKeyName,
  type CipherFamily,
  decrypt,
  keyCheckValue,
  type TransportedKey,
} from '../keys/index.ts';
import { buildHistory } from './atr.ts';
import { Chip, type Random } from './chip/chip.ts';
import { keyTries, pinTries, type StoredKey } from './chip/memory.ts';
import { isPin } from './chip/pin.ts';
import { encodeElement } from './coding.ts';
import type { CardGeneration } from './contract.ts';
import { CardFault } from './fault.ts';
import { directories, fileKey, medical, root } from './file-map.ts';
import type { Directory, RecordShape } from './profile.ts';
import { buildElement } from './tlv.ts';

/** A data element to be written: which application, which tag, in words (digits for cn, text for an). */
export type PersonalElement = { readonly directory: number; readonly tag: number; readonly text: string };

export type Personalisation = {
  readonly generation: CardGeneration;
  /** From `chipHistory`: also the card's diversification factor. */
  readonly history: Uint8Array;
  /** From `TransportedKey`s of the key store, for the factors of this card. */
  readonly keys: readonly TransportedKey[];
  readonly transport: Uint8Array;
  readonly cityCode: string;
  /** Running number of the card within its city, up to 8 digits. */
  readonly running: number;
  readonly cardNumber: CardNumber;
  readonly citizenNumber: CitizenNumber;
  readonly name: string;
  readonly sex: '1' | '2' | '9';
  readonly birth: Day;
  readonly issued: Day;
  readonly expiry: Day;
  /** 1 preschool, 2 student, 3 adult, 4 elderly. */
  readonly cardClass?: '1' | '2' | '3' | '4';
  /** GB 3304 code of the nation, two digits; 01 Han. */
  readonly nation?: string;
  /** 4 to 12 digits, or null for a card without PIN. */
  readonly pin: string | null;
  /** First day of the payment year, month × 100 + day; 1 January unless given. */
  readonly startDay?: number;
  readonly photo?: Uint8Array;
  /** Whatever else is known: address, medical file, hospitals. */
  readonly elements?: readonly PersonalElement[];
};

/** The family of ciphers of a generation of cards. */
export const familyOf = (generation: CardGeneration): CipherFamily => (generation === 2 ? 'des' : 'sm4');

/** Historical bytes of our simulated chips: provider 0090, system 01 00 01, maker 8660, city, running number. */
export const chipHistory = (cityCode: string, running: number): Uint8Array =>
  buildHistory({
    chip: bytes('0090'),
    system: bytes('010001'),
    maker: bytes('8660'),
    cityCode,
    serial: Uint8Array.fromHex(running.toString().padStart(8, '0')),
  });

/**
 * A new card. The structures are written directly, not through commands: creating files and loading keys belongs to the
 * maker's operating system, which every maker does differently. Everything is read back by APDU.
 */
export function personalise(of: Personalisation, random?: Random): Chip {
  const family = familyOf(of.generation);
  const keys = unwrapped(family, of.keys, of.transport);
  const pin = of.pin === null ? null : packPin(of.pin);
  assert(pin === null || isPin(pin), 'a PIN has 4 to 12 digits');
  const files = new Map<number, (Uint8Array | null)[]>();
  for (const element of [...identity(of, family, keys), ...(of.elements ?? [])]) write(files, element);
  if (of.photo) files.set(fileKey(root, root.files.find((file) => file.fid === 0xef08)!), [photoFile(of.photo)]);
  const memory = {
    generation: of.generation,
    family,
    history: of.history,
    life: 'active',
    pin: { digits: pin, tries: pinTries, limit: pinTries },
    keys,
    files,
    account: {
      balance: 0,
      loads: 0,
      purchases: 0,
      selfPaid: 0,
      pooled: 0,
      year: of.issued.year,
      startDay: of.startDay ?? 101,
    },
    proofs: { load: null, purchase: null },
  } as const;
  return new Chip(memory, random);
}

/** Keys out of their transport cover; a check value that does not fit is a fault and the card is not made. */
function unwrapped(
  family: CipherFamily,
  keys: readonly TransportedKey[],
  transport: Uint8Array,
): ReadonlyMap<CardKeyName, StoredKey> {
  const clear = decrypt(family, transport, concat(...keys.map((key) => key.encrypted)));
  return new Map(
    keys.map(({ name, check_value }, i) => {
      const value = clear.slice(16 * i, 16 * i + 16);
      if (keyCheckValue(family, value) !== check_value)
        throw new CardFault('card.key_damaged', `the check value of ${name} does not fit`);
      return [name, { value, version: 1, tries: keyTries }];
    }),
  );
}

/** Digits packed as VERIFY carries them; an odd last half byte is F. */
export const packPin = (digits: string): Uint8Array =>
  Uint8Array.fromHex(digits.length % 2 === 0 ? digits : `${digits}F`);

const compact = (day: Day): string => day.toString().replaceAll('-', '');

/** The elements of EF05 and EF06 that every card carries (card.md 3.5). */
function identity(
  of: Personalisation,
  family: CipherFamily,
  keys: ReadonlyMap<CardKeyName, StoredKey>,
): PersonalElement[] {
  const region = of.cityCode;
  const texts: Record<number, string> = {
    1: cardIdCode(of, family, keys.get('IRK')?.value ?? null),
    2: of.cardClass ?? '3',
    3: of.generation === 2 ? '2.00' : '3.00',
    4: `9156000002${region}${region}01`.padEnd(24, '0'),
    5: compact(of.issued),
    6: compact(of.expiry),
    7: of.cardNumber,
    8: of.citizenNumber,
    9: of.name,
    10: of.sex,
    11: of.nation ?? '01',
    12: of.citizenNumber.slice(0, 6),
    13: compact(of.birth),
  };
  return Object.entries(texts).map(([tag, text]) => ({ directory: root.fid, tag: Number(tag), text }));
}

/**
 * Card id code, 16 bytes: city code 3, D156000005, running number 4, and 4 bytes of authentication over the twelve before
 * them. Which key and rule make the last four is in no public text: ours are the first half of the card's own
 * authentication data (IRK) over these twelve, which the key store can compute as well.
 */
function cardIdCode(of: Personalisation, family: CipherFamily, key: Uint8Array | null): string {
  const body = bytes(`${of.cityCode} D156000005 ${of.running.toString().padStart(8, '0')}`);
  const code = key ? authenticationData(family, key, body.slice(0, 8), body.slice(4)).slice(0, 4) : new Uint8Array(4);
  return concat(body, code).toHex();
}

function write(files: Map<number, (Uint8Array | null)[]>, { directory: fid, tag, text }: PersonalElement): void {
  const directory = directories.find((it) => it.fid === fid);
  assert(directory, `no application ${fid.toString(16)}`);
  const { file, at, shape } = place(directory, tag);
  const value = encodeElement(shape.coding, text, shape.length);
  assert(value, `element ${tag.toString(16)} takes ${shape.length} bytes of ${shape.coding}`);
  const key = fileKey(directory, file);
  const contents = files.get(key) ?? file.records.map(() => null);
  contents[at] = buildElement(tag, value);
  files.set(key, contents);
}

function place(
  directory: Directory,
  tag: number,
): { file: Directory['files'][number]; at: number; shape: RecordShape } {
  for (const file of directory.files) {
    const at = file.records.findIndex((shape) => shape.tag === tag && shape.parts.length === 0);
    if (at >= 0 && file.update) return { file, at, shape: file.records[at]! };
  }
  throw new Bug(`no element ${tag.toString(16)} in ${directory.label}`);
}

function photoFile(photo: Uint8Array): Uint8Array {
  const file = new Uint8Array(0x1000);
  assert(photo.length <= file.length, 'a photo has at most 4096 bytes');
  file.set(photo);
  return file;
}

/** Directory number of the medical application, for `PersonalElement`. */
export const medicalDirectory = medical.fid;
