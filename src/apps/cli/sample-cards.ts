import { existsSync } from 'node:fs';
import { type Chip, chipHistory, familyOf, medicalDirectory, Psam, personalise } from '../../core/card/index.ts';
import { cardFactors, cityFactors, openKeyStore, SoftwareKeyStore } from '../../core/keys/index.ts';
import { type CardNumber, type CitizenNumber, citizenCheck, organisationCheck } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import { homeOf, keyFile, keyPlace, readSettings } from '../../platform/config.ts';
import { demoPin } from '../seed/users.ts';

/** Nobody lives in this area. */
const city = '990100';
const generation = 3;

export const sampleNames = ['social-security', 'psam'] as const;
export type SampleName = (typeof sampleNames)[number];

/** Cards for trials: a citizen's and a counter's, which know each other. */
export type Samples = { readonly card_number: string; chip(): Chip; psam(): Psam };

/** Keys of this installation where it has some, so that samples made by several programs know each other too. */
export async function openSamples(): Promise<Samples> {
  const keys = existsSync(keyFile(homeOf()))
    ? await openKeyStore(keyPlace(readSettings()))
    : SoftwareKeyStore.volatile();
  const transport = crypto.getRandomValues(new Uint8Array(16));
  const first17 = `${city}19880305101`;
  const card_number = `T0000001${organisationCheck('T0000001')}` as CardNumber;
  return {
    card_number,
    chip: () =>
      personalise({
        generation,
        history: chipHistory(city, 1),
        keys: keys.cardKeys(cardFactors(city, chipHistory(city, 1), familyOf(generation)), transport),
        transport,
        cityCode: city,
        running: 1,
        cardNumber: card_number,
        citizenNumber: `${first17}${citizenCheck(first17)}` as CitizenNumber,
        name: '李试卡',
        sex: '1',
        birth: day('1988-03-05'),
        issued: day('2025-01-02'),
        expiry: day('2035-01-01'),
        pin: demoPin,
        elements: [{ directory: medicalDirectory, tag: 0x81, text: '310' }],
      }),
    psam: () =>
      Psam.personalise({
        terminalNumber: `${city}000007`,
        serial: '99010000000000000007',
        from: day('2025-01-01'),
        through: day('2034-12-31'),
        keys: (['des', 'sm4'] as const).map((family) => ({
          family,
          keys: keys.psamKeys(cityFactors(city, family), transport),
        })),
        transport,
      }),
  };
}
