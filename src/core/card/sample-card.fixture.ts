import { bytes } from '../../kernel/bytes.ts';
import { type CardNumber, type CitizenNumber, citizenCheck, organisationCheck } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import { cardFactors, cityFactors, encrypt, keyCheckValue, SoftwareKeyStore } from '../keys/index.ts';
import type { Chip } from './chip/chip.ts';
import type { CardGeneration } from './contract.ts';
import { chipHistory, familyOf, medicalDirectory, type Personalisation, personalise } from './personalisation.ts';
import type { ProfileName } from './profiles/index.ts';
import { Psam } from './psam/psam.ts';
import type { Random } from './random.ts';

/** Made-up cards and terminals for tests, fuzzing and trials: nobody lives in area 990100. */
export const sampleStore = SoftwareKeyStore.volatile();
export const samplePin = '135790';
export const sampleCity = '990100';
const transport = bytes('0F1E2D3C4B5A69788796A5B4C3D2E1F0');
const first17 = '99010019880305101';

export const sampleCitizen = `${first17}${citizenCheck(first17)}` as CitizenNumber;
export const sampleCardNumber = `T0000001${organisationCheck('T0000001')}` as CardNumber;

export const sampleFactors = (generation: CardGeneration, running = 1) =>
  cardFactors(sampleCity, chipHistory(sampleCity, running), familyOf(generation));

export function sampleCard(
  generation: CardGeneration = 3,
  changes: Partial<Personalisation> = {},
  random?: Random,
): Chip {
  const running = changes.running ?? 1;
  return personalise(
    {
      generation,
      history: chipHistory(sampleCity, running),
      keys: sampleStore.cardKeys(sampleFactors(generation, running), transport),
      transport,
      cityCode: sampleCity,
      running,
      cardNumber: sampleCardNumber,
      citizenNumber: sampleCitizen,
      name: '李试卡',
      sex: '1',
      birth: day('1988-03-05'),
      issued: day('2025-01-02'),
      expiry: day('2035-01-01'),
      pin: samplePin,
      elements: [
        { directory: medicalDirectory, tag: 0x81, text: '310' },
        { directory: medicalDirectory, tag: 0x84, text: '990100' },
        { directory: 0xdf01, tag: 0x23, text: '临江市望江路1号' },
      ],
      ...changes,
    },
    random,
  );
}

const purseKeyNames = [
  'MF-DAMK',
  'MF-DACK',
  'PURSE-DTK',
  'PURSE-DAMK',
  'PURSE-DPUK',
  'PURSE-DRPK',
  'PURSE-DACK',
  'PURSE-DLK',
  'PURSE-DULK',
  'PURSE-DUK',
];

/** A card of another profile: all keys of its financial side, and none of the areas a small card has not. */
export function sampleOf(
  profile: ProfileName,
  generation: CardGeneration = 3,
  changes: Partial<Personalisation> = {},
  random?: Random,
): Chip {
  const family = familyOf(generation);
  const financial = purseKeyNames.map((name, i) => {
    const value = Uint8Array.from({ length: 16 }, (_, at) => 16 * i + at);
    return { name, encrypted: encrypt(family, transport, value), check_value: keyCheckValue(family, value) };
  });
  const keys = [...sampleStore.cardKeys(sampleFactors(generation, changes.running), transport), ...financial];
  return sampleCard(
    generation,
    { profile, keys, ...(profile.startsWith('small') && { elements: [] }), ...changes },
    random,
  );
}

export const samplePsam = (): Psam =>
  Psam.personalise({
    terminalNumber: '990100000007',
    serial: '99010000000000000007',
    from: day('2025-01-01'),
    through: day('2034-12-31'),
    keys: (['des', 'sm4'] as const).map((family) => ({
      family,
      keys: sampleStore.psamKeys(cityFactors(sampleCity, family), transport),
    })),
    transport,
  });
