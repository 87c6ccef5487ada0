import { bytes } from '../../../kernel/bytes.ts';
import { type Access, free, masterFile, never } from '../structure.ts';
import { any, type DirectoryPlan, dirFile, type FilePlan, records, transparent } from './profile.ts';
import { an, cn } from './record-shapes.ts';
import { sscKeys, sscPin, updateKey } from './ssc-keys.ts';

type Plan = {
  readonly fid: number;
  readonly name: Uint8Array;
  readonly label: string;
  readonly keys: Readonly<Record<string, number>>;
  readonly files: readonly FilePlan[];
};

/** Whoever holds the update key of the environment may add files and keys; nothing is erased once a card is in use. */
const byUpdateKey: Access = { rule: 'all', of: [updateKey] };
const sscRights = { create: byUpdateKey, erase: never, keyRight: byUpdateKey } as const;

export const sscApplication = ({ keys, ...plan }: Plan): DirectoryPlan => ({
  kind: 'adf',
  manner: 'ssc',
  ...plan,
  ...sscRights,
  keys: sscKeys(keys),
});

/** Name of the social-security environment: sx1.sh.社会保障 in GBK (card.md 3.1). */
export const environmentName = bytes('7378312E73682E C9E7BBE1B1A3D5CF');

export const environmentKeys = { IRK: 0x00, STK: 0x02, UKSSSE: 0x04, BK: 0x05, PUK: 0x06 } as const;

/** EF05: card, in every social-security environment. */
export const cardFile = records(
  0xef05,
  free,
  'UKSSSE',
  cn(0x01, 0x10),
  an(0x02, 1),
  an(0x03, 4),
  cn(0x04, 0x0c),
  cn(0x05, 4),
  cn(0x06, 4),
  an(0x07, 9),
);

/** The social-security environment, as MF or beside a financial one as DDF; DIR closes its files. */
export const environment = (
  place: { readonly kind: 'mf' | 'ddf'; readonly fid: number },
  keys: Readonly<Record<string, number>>,
  files: readonly FilePlan[],
  below: readonly DirectoryPlan[],
): DirectoryPlan => ({
  ...place,
  manner: 'ssc',
  name: environmentName,
  ...(place.kind === 'ddf' && { label: '社会保障' }),
  ...sscRights,
  keys: sscKeys(keys),
  pins: [sscPin],
  files: [...files, dirFile],
  below,
});

/** The whole environment of V2.0 with its applications. */
export const fullEnvironment = (
  place: { readonly kind: 'mf' | 'ddf'; readonly fid: number },
  below: readonly DirectoryPlan[],
): DirectoryPlan =>
  environment(
    place,
    { ...environmentKeys, RKSSSE: 0x0a },
    [
      cardFile,
      records(
        0xef06,
        free,
        'UKSSSE',
        an(0x08, 0x12),
        an(0x09, 0x1e),
        an(0x4e, 0x14),
        an(0x0a, 1),
        cn(0x0b, 1),
        cn(0x0c, 3),
        cn(0x0d, 4),
      ),
      transparent(0xef07, any('RKSSSE'), 'UKSSSE', 0x300),
      transparent(0xef08, any('RKSSSE'), 'UKSSSE', 0x1000),
    ],
    below,
  );

export const asMaster = { kind: 'mf', fid: masterFile } as const;
