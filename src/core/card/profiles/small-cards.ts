import { bytes } from '../../../kernel/bytes.ts';
import { free } from '../structure.ts';
import { accountFile, any, cyclic, type Profile, profile, records } from './profile.ts';
import { purseArea } from './purse-area.ts';
import { an, cn } from './record-shapes.ts';
import { asMaster, cardFile, environment, environmentKeys, sscApplication } from './ssc-directory.ts';

const oneKilobyte = 1024;

/** Who the holder is, without the name extension and the birthplace. */
const holderFile = records(
  0xef06,
  free,
  'UKSSSE',
  an(0x08, 0x12),
  an(0x09, 0x1e),
  an(0x0a, 1),
  cn(0x0b, 1),
  cn(0x0d, 4),
);

/** An account without sums of the year: its log keeps 20 bytes a line (LD7 §12). */
const accountOnly = sscApplication({
  fid: 0xdf04,
  name: bytes('D15600000503'),
  label: '社会保险二',
  keys: { RK1DF04: 0x84, UK1DF04: 0x85, DLK: 0x01, DPK: 0x01, DTK: 0x00 },
  files: [
    records(0xef05, any('PIN', 'RK1DF04'), 'UK1DF04', an(0x81, 8), cn(0x84, 3), an(0x8b, 0x1d)),
    accountFile,
    cyclic(0xef08, any('PIN'), null, 10, 0x14),
  ],
});

export const smallAccountCard: Profile = profile(
  'small-account',
  { zh: '1K卡（医疗账户）', en: '1 KB card with a medical account' },
  oneKilobyte,
  environment(asMaster, environmentKeys, [cardFile, holderFile], [accountOnly]),
);

export const smallPurseCard: Profile = profile(
  'small-purse',
  { zh: '1K卡（电子钱包）', en: '1 KB card with a purse' },
  oneKilobyte,
  environment(asMaster, environmentKeys, [cardFile, holderFile], [purseArea({ fid: 0x3f01, deposit: false, log: 10 })]),
);
