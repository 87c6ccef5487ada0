import { bytes, concat } from '../../../kernel/bytes.ts';
import { type FileShape, type PinShape, rights } from '../structure.ts';
import { type DirectoryPlan, type FilePlan, type KeySlot, purse } from './profile.ts';

/** PBOC application of deposit and purse, as FMCOS scripts name it. */
export const purseApplicationName = bytes('A00000000386980701');

const always = rights(0xf0);
/** Upper bound below the lower one: nobody. */
const nobody = rights(0xef);
/** After the external authentication key was shown: state A. */
const maintained = rights(0xfa);
const maintainedState = 0x0a;

const counted = (name: string, use: KeySlot['use'], nextState: number | null = null): KeySlot => ({
  name,
  use,
  id: 0,
  version: 0,
  using: always,
  changing: maintained,
  nextState,
  limit: 3,
  guarded: true,
});

const transaction = (name: string, use: KeySlot['use'], id: number): KeySlot => ({
  name,
  use,
  id,
  version: 1,
  using: always,
  changing: maintained,
  nextState: null,
  limit: 15,
  guarded: true,
});

/** Keys of a PBOC directory by the names under which personalisation brings them. */
export const externalKey = (name: string): KeySlot => counted(name, 'external', maintainedState);
export const lineKey = (name: string): KeySlot => counted(name, 'maintenance');

/** The purchase key bears the name it has in the PSAM, since the two must meet. */
const purseKeys = (deposit: boolean): readonly KeySlot[] => [
  transaction('PURSE-DTK', 'tac', 0),
  lineKey('PURSE-DAMK'),
  counted('PURSE-DPUK', 'unblock'),
  counted('PURSE-DRPK', 'reload'),
  externalKey('PURSE-DACK'),
  transaction('PPK', 'purchase', 1),
  transaction('PURSE-DLK', 'load', 1),
  ...(deposit ? [transaction('PURSE-DULK', 'unload', 1), transaction('PURSE-DUK', 'overdraft', 1)] : []),
];

const pursePin: PinShape = { id: 0, using: always, nextState: 1, limit: 3 };

const file = (
  fid: number,
  kind: FileShape['kind'],
  [read, update]: readonly [number, number],
  size: number,
  rest: Partial<FilePlan> = {},
): FilePlan => ({
  fid,
  kind,
  read: rights(read),
  update: rights(update),
  protection: 'none',
  size,
  recordLength: 0,
  capacity: 0,
  records: [],
  ...rest,
});

const logLength = 0x17;

/** Deposit and purse with the public files of card.md 1.4; a small card has the purse alone. */
export const purseArea = (of: {
  readonly fid: number;
  readonly deposit: boolean;
  readonly log: number;
}): DirectoryPlan => ({
  fid: of.fid,
  kind: 'adf',
  manner: 'pboc',
  name: purseApplicationName,
  create: maintained,
  erase: nobody,
  keyRight: maintained,
  keys: purseKeys(of.deposit),
  pins: [pursePin],
  files: [
    file(0x0015, 'transparent', [0xf0, 0xf0], 0x1e, { protection: 'mac' }),
    file(0x0016, 'transparent', [0xf0, 0xf0], 0x37, { protection: 'mac' }),
    ...(of.deposit ? [purse(0x0001, rights(0xf1))] : []),
    purse(0x0002, always),
    file(0x0018, 'cyclic', [0xf1, 0xef], of.log * logLength, { recordLength: logLength, capacity: of.log }),
    ...(of.deposit ? [file(0x0019, 'tagged', [0xf0, 0xfa], 0x80)] : []),
  ],
});

/** A financial MF (1PAY.SYS.DDF01) with a directory file 0001 that names what stands in it. */
export function financialMaster(entries: readonly Uint8Array[], below: readonly DirectoryPlan[]): DirectoryPlan {
  return {
    fid: 0x3f00,
    kind: 'mf',
    manner: 'pboc',
    name: bytes('315041592E5359532E4444463031'),
    create: maintained,
    erase: nobody,
    keyRight: maintained,
    keys: [lineKey('MF-DAMK'), externalKey('MF-DACK')],
    files: [file(0x0001, 'tagged', [0xf0, 0xfa], concat(...entries).length, { protection: 'mac', initial: entries })],
    below,
  };
}
