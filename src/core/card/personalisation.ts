import { assert } from '../../kernel/assert.ts';
import { bytes, concat } from '../../kernel/bytes.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import type { Day } from '../../kernel/time.ts';
import { authenticationData, type CipherFamily, decrypt, keyCheckValue, type TransportedKey } from '../keys/index.ts';
import { buildHistory } from './atr.ts';
import { Chip } from './chip/chip.ts';
import type { CardMemory, Directory } from './chip/memory.ts';
import { isPin } from './chip/pin.ts';
import type { CardGeneration } from './contract.ts';
import { CardFault } from './fault.ts';
import { medical } from './known-files.ts';
import { Draft } from './personal-draft.ts';
import { type ProfileName, profileNamed } from './profiles/index.ts';
import { holderContents, publicContents } from './public-files.ts';
import type { Random } from './random.ts';

/** A data element to be written: which application, which tag, in words (digits for cn, text for an). */
export type PersonalElement = { readonly directory: number; readonly tag: number; readonly text: string };

/** A key on its way to a card, under the transport key; `name` is that of a slot of the profile. */
type DeliveredKey = Pick<TransportedKey, 'encrypted' | 'check_value'> & { readonly name: string };

export type Personalisation = {
  readonly generation: CardGeneration;
  /** From `chipHistory`: also the card's diversification factor. */
  readonly history: Uint8Array;
  /** The kind of card; the full social-security card unless given. */
  readonly profile?: ProfileName;
  /** From `TransportedKey`s of the key store, for the factors of this card; those a profile has no place for stay out. */
  readonly keys: readonly DeliveredKey[];
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
 * A new card, built directly as its maker's machine would leave it; `issueByCommands` makes the same one through APDU.
 * Everything is read back by APDU.
 */
export function personalise(of: Personalisation, random?: Random): Chip {
  const family = familyOf(of.generation);
  const profile = profileNamed(of.profile ?? 'social-security');
  const keys = unwrapped(family, of.keys, of.transport);
  const pin = of.pin === null ? null : packPin(of.pin);
  assert(pin === null || isPin(pin), 'a PIN has 4 to 12 digits');
  const draft = new Draft(profile);
  for (const [tag, text] of Object.entries(identity(of, family, keys.get('IRK') ?? null)))
    draft.writeIfThere(draft.environment, Number(tag), text);
  for (const { directory, tag, text } of of.elements ?? []) draft.write(directory, tag, text);
  if (of.photo) draft.fill(draft.environment, photoFile, of.photo);
  draft.fillIfThere(0x0015, () => publicContents(of));
  draft.fillIfThere(0x0016, () => holderContents(of));
  const directories = draft.directories(
    (template, slots): Directory => ({
      ...template,
      keys: slots.flatMap((shape) => {
        const value = keys.get(shape.name);
        return value ? [{ shape, value, tries: shape.limit }] : [];
      }),
      pins: template.pins.map((held) => ({ ...held, digits: pin })),
      account: template.account && { ...template.account, year: of.issued.year, startDay: of.startDay ?? 101 },
    }),
  );
  const { generation, history } = of;
  const { capacity } = profile;
  const memory: CardMemory = { generation, family, history, capacity, life: 'active', transport: null, directories };
  return new Chip(memory, random);
}

const photoFile = 0xef08;

/** Keys out of their transport cover; a check value that does not fit is a fault and the card is not made. */
function unwrapped(
  family: CipherFamily,
  keys: readonly DeliveredKey[],
  transport: Uint8Array,
): ReadonlyMap<string, Uint8Array> {
  const clear = decrypt(family, transport, concat(...keys.map((key) => key.encrypted)));
  return new Map(
    keys.map(({ name, check_value }, i) => {
      const value = clear.slice(16 * i, 16 * i + 16);
      if (keyCheckValue(family, value) !== check_value)
        throw new CardFault('card.key_damaged', `the check value of ${name} does not fit`);
      return [name, value];
    }),
  );
}

/** Digits packed as VERIFY carries them; an odd last half byte is F. */
export const packPin = (digits: string): Uint8Array =>
  Uint8Array.fromHex(digits.length % 2 === 0 ? digits : `${digits}F`);

const compact = (day: Day): string => day.toString().replaceAll('-', '');

/** The elements of EF05 and EF06 that every card carries as far as it has them (card.md 3.5), by tag. */
function identity(of: Personalisation, family: CipherFamily, irk: Uint8Array | null): Readonly<Record<number, string>> {
  const region = of.cityCode;
  return {
    1: cardIdCode(of, family, irk),
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

/** Directory number of the medical application, for `PersonalElement`. */
export const medicalDirectory = medical.fid;
