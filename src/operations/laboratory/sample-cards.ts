import {
  type CardGeneration,
  type Chip,
  chipHistory,
  familyOf,
  type Insertable,
  medicalDirectory,
  type ProfileName,
  Psam,
  personalise,
  profileNamed,
  psamApplication,
  purseApplicationName,
  pursePsamApplication,
} from '../../core/card/index.ts';
import {
  type CardKeyName,
  type CipherFamily,
  cardFactors,
  cardKeyNames,
  diversify,
  encrypt,
  keyCheckValue,
  psamKeyNames,
} from '../../core/keys/index.ts';
import { concat } from '../../kernel/bytes.ts';
import { type CardNumber, type CitizenNumber, citizenCheck, organisationCheck } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';

/**
 * Cards for trying things out: their keys are public. City 990100 does not exist, so nobody real has such a number; a card
 * with these keys must never be given to anybody.
 */
const city = '990100';
const terminalNumber = '990100000007';
const running = { 2: 2, 3: 3 } as const;
export const samplePin = '123456';

/** Published test roots of the two families (card.md 2.5, D2 and D3); key number n of the list has n XORed to its last byte. */
const roots: Readonly<Record<CipherFamily, string>> = {
  des: '11223344556677888877665544332211',
  sm4: '0123456789ABCDEFFEDCBA9876543210',
};

/** Keys of the financial side of a card that the key store has none of: those between a card and its bank. */
const bankKeyNames = profileNamed('three-areas')
  .directories.filter(({ shape }) => shape.manner === 'pboc')
  .flatMap(({ keys }) => keys.map(({ name }) => name))
  .filter((name) => !(cardKeyNames as readonly string[]).includes(name));
/** Every key of the sample cards, in the order in which the roots were numbered: new names go to the end. */
const keyNames: readonly string[] = [...cardKeyNames, ...bankKeyNames];

/** The national test root of a key: what everything on the sample cards is derived from. */
export function sampleRoot(family: CipherFamily, name: string): Uint8Array {
  const root = Uint8Array.fromHex(roots[family]);
  root[15] = (root[15] as number) ^ keyNames.indexOf(name);
  return root;
}

const factorsOf = (generation: CardGeneration) =>
  cardFactors(city, chipHistory(city, running[generation]), familyOf(generation));

/** A key of the sample card, brought down from its root by province, city and card. */
export function sampleCardKey(generation: CardGeneration, name: string): Uint8Array {
  const family = familyOf(generation);
  const { province, city: town, card } = factorsOf(generation);
  return [province, town, card].reduce((key, factor) => diversify(family, key, factor), sampleRoot(family, name));
}

function cityKey(family: CipherFamily, name: CardKeyName): Uint8Array {
  const { province, city: town } = cardFactors(city, chipHistory(city, 1), family);
  return [province, town].reduce((key, factor) => diversify(family, key, factor), sampleRoot(family, name));
}

const transport = new Uint8Array(16).fill(0x5a);
const transported = <Name extends string>(family: CipherFamily, name: Name, key: Uint8Array) => ({
  name,
  encrypted: encrypt(family, transport, key),
  check_value: keyCheckValue(family, key),
});

const first17 = '99010019900101001';
const citizenNumber = `${first17}${citizenCheck(first17)}` as CitizenNumber;
const cardNumberOf = (generation: CardGeneration): CardNumber =>
  `L000000${generation}${organisationCheck(`L000000${generation}`)}` as CardNumber;

export function sampleCard(generation: CardGeneration, profile: ProfileName = 'social-security'): Chip {
  const family = familyOf(generation);
  return personalise({
    generation,
    profile,
    history: chipHistory(city, running[generation]),
    keys: keyNames.map((name) => transported(family, name, sampleCardKey(generation, name))),
    transport,
    cityCode: city,
    running: running[generation],
    cardNumber: cardNumberOf(generation),
    citizenNumber,
    name: '试验员',
    sex: '1',
    birth: day('1990-01-01'),
    issued: day('2025-01-01'),
    expiry: day('2034-12-31'),
    pin: samplePin,
    elements: [
      { directory: medicalDirectory, tag: 0x81, text: '310' },
      { directory: medicalDirectory, tag: 0x84, text: city },
    ],
  });
}

export const samplePsam = (): Psam =>
  Psam.personalise({
    terminalNumber,
    serial: '99010000000000000007',
    from: day('2025-01-01'),
    through: day('2034-12-31'),
    keys: (['des', 'sm4'] as const).map((family) => ({
      family,
      keys: psamKeyNames.map((name) => transported(family, name, cityKey(family, name))),
    })),
    transport,
  });

/** The sample cards by the name scripts call them. */
const samples: Readonly<Record<string, () => Insertable>> = {
  'sample:2': () => sampleCard(2),
  'sample:3': () => sampleCard(3),
  'sample:purse': () => sampleCard(3, 'three-areas'),
  'sample:psam': samplePsam,
};
export const sampleNames = Object.keys(samples);
export const sampleNamed = (name: string): Insertable | null =>
  Object.hasOwn(samples, name) ? (samples[name]?.() ?? null) : null;

/** `PURSE-DLK` is `purse_dlk` in the name of a value. */
const variableOf = (name: string): string => name.toLowerCase().replaceAll('-', '_');

/**
 * What scripts know of the sample cards without being told: root and card keys of both generations (`root2_dlk`, `key3_dlk`),
 * the PIN as VERIFY carries it, the factors of diversification, and names to select.
 */
export function sampleValues(): Readonly<Record<string, Uint8Array>> {
  const values: Record<string, Uint8Array> = {
    pin: Uint8Array.fromHex(samplePin),
    ssse: Uint8Array.fromHex('7378312E73682EC9E7BBE1B1A3D5CF'),
    medical: Uint8Array.fromHex('D15600000503'),
    psam: psamApplication,
    purse: purseApplicationName,
    purse_psam: pursePsamApplication,
    terminal: Uint8Array.fromHex(terminalNumber),
  };
  for (const generation of [2, 3] as const) {
    const { province, city: town, card } = factorsOf(generation);
    values[`factor${generation}`] = card;
    values.factors = concat(town, province);
    for (const name of keyNames) {
      values[`key${generation}_${variableOf(name)}`] = sampleCardKey(generation, name);
      values[`root${generation}_${variableOf(name)}`] = sampleRoot(familyOf(generation), name);
    }
  }
  return values;
}
