import { bytes } from '../../../kernel/bytes.ts';
import { buildTlv } from '../tlv.ts';
import { df05, df06, df07 } from './further-areas.ts';
import { df03, df04 } from './insurance-areas.ts';
import { type Profile, profile } from './profile.ts';
import { df01, df02 } from './public-areas.ts';
import { financialMaster, purseApplicationName, purseArea } from './purse-area.ts';
import { smallAccountCard, smallPurseCard } from './small-cards.ts';
import { asMaster, environmentName, fullEnvironment } from './ssc-directory.ts';

export type { Profile } from './profile.ts';

const areas = [df01, df02, df03, df04, df05, df06, df07];

const socialSecurity = profile(
  'social-security',
  { zh: '社会保障卡V2.0', en: 'social-security card V2.0' },
  0x8000,
  fullEnvironment(asMaster, areas),
);

const entry = (name: Uint8Array, label: Uint8Array) => buildTlv(0x61, buildTlv(0x4f, name), buildTlv(0x50, label));

/** What the directory file of the financial MF says: `PBOC`, and 社会保障 in GBK. */
const financialEntries = [
  entry(purseApplicationName, bytes('50424F43')),
  entry(environmentName, bytes('C9E7BBE1B1A3D5CF')),
];

/** Mission C8: deposit and purse, medical account and social-security areas side by side. */
const threeAreas = profile(
  'three-areas',
  { zh: '金融与社保三区卡', en: 'financial and social-security card' },
  0x8000,
  financialMaster(financialEntries, [
    purseArea({ fid: 0x3f01, deposit: true, log: 10 }),
    fullEnvironment({ kind: 'ddf', fid: 0xddf1 }, areas),
  ]),
);

/** Every kind of card we make. The place is part of images: new ones go to the end. */
export const profiles = [
  socialSecurity,
  smallAccountCard,
  smallPurseCard,
  threeAreas,
] as const satisfies readonly Profile[];

export type ProfileName = 'social-security' | 'small-account' | 'small-purse' | 'three-areas';

export const profileNamed = (name: ProfileName): Profile => profiles.find((it) => it.name === name) ?? socialSecurity;

/** The full card: what readers of social-security cards know. */
export const fullProfile: Profile = socialSecurity;
