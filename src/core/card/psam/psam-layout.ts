import { bytes, concat, uint } from '../../../kernel/bytes.ts';
import type { CipherFamily } from '../../keys/index.ts';
import { root } from '../known-files.ts';
import { buildTlv } from '../tlv.ts';
import { keyTries, masterFile, type PsamDirectory, type PsamFile, type PsamKey, sm4Environment } from './memory.ts';
import { algorithmOf, applications, keyFileOf, keyFiles, type PsamKeyName, psamKeys } from './psam-keys.ts';

/** AID of the PSAM application (LD9), file identifier DF01. */
export const psamApplication = bytes('D15600000590');
/** AID of the purse application of our PSAMs, file identifier DF02: no public text names one. */
export const pursePsamApplication = bytes('A00000000386980790');
const sm4EnvironmentName = bytes('7378322E73682E C9E7BBE1B1A3D5CF');

/** What a terminal's PSAM says of itself. Days are yyyymmdd packed, 4 bytes each. */
export type PsamIdentity = {
  readonly history: Uint8Array;
  /** Packed, 10 bytes. */
  readonly serial: Uint8Array;
  /** Packed, 6 bytes: region 3, issuer's number 3. */
  readonly terminalNumber: Uint8Array;
  readonly from: Uint8Array;
  readonly through: Uint8Array;
};

export type NamedKey = { readonly name: PsamKeyName; readonly family: CipherFamily; readonly value: Uint8Array };

/** Bytes a key takes in its key file: header 8, value 16. */
export const keyRecord_bytes = 24;

const binary = (fid: number, content: Uint8Array, update = 0xff): PsamFile => ({
  fid,
  kind: 'binary',
  size: content.length,
  read: 0x00,
  update,
  content,
});

const keyFile = (fid: number, keys: number): PsamFile => ({
  fid,
  kind: 'keys',
  size: keys * keyRecord_bytes,
  read: 0xff,
  update: 0xff,
  content: new Uint8Array(),
});

/** The file with the count of purchases begun (LD9 §5); the card alone writes it. */
export const terminalSequenceFile = 0x0019;
export const terminalNumberFile = 0x0016;

/**
 * The files of a terminal's PSAM (LD9 §5): under the master file 0015 card, 0016 terminal number, 0001 DIR; in each
 * application 0019 count of purchases, 001A to 001C what nation, province and city say of it, key files 0011 to 0013.
 */
export function psamLayout(of: PsamIdentity, sequence: number, keys: readonly NamedKey[]): readonly PsamDirectory[] {
  const master = { algorithm: 0x00, tries: keyTries };
  const stored = (directory: number) =>
    keys.filter(({ name }) => psamKeys[name].directory === directory).map((key) => storedKey(key));
  const application = (fid: number, name: Uint8Array, files: readonly PsamFile[]): PsamDirectory => ({
    fid,
    name,
    master,
    files: [
      binary(terminalSequenceFile, uint(fid === applications.socialSecurity ? sequence : 0, 4)),
      ...files,
      ...Object.values(keyFiles).map((file) => keyFile(file, 16)),
    ],
    keys: stored(fid),
  });
  // Purchase key index 1, authentication key version 1, first and last day: the same at every level here.
  const information = concat(bytes('0101'), of.from, of.through);
  const card = concat(bytes('91'), of.serial, bytes('01 01 0000'));
  const entry = (name: Uint8Array, label: string) =>
    buildTlv(0x61, buildTlv(0x4f, name), buildTlv(0x50, Buffer.from(label)));
  const dir = concat(entry(psamApplication, 'PSAM'), entry(pursePsamApplication, 'PSAM PURSE'));
  return [
    {
      fid: masterFile,
      name: root.name,
      master,
      files: [
        binary(0x0015, card),
        binary(terminalNumberFile, of.terminalNumber),
        binary(0x0001, dir),
        keyFile(keyFiles.national, 4),
      ],
      keys: [],
    },
    application(
      applications.socialSecurity,
      psamApplication,
      [0x001a, 0x001b, 0x001c].map((fid) => binary(fid, information)),
    ),
    application(applications.purse, pursePsamApplication, [binary(0x001c, information)]),
    { fid: sm4Environment, name: sm4EnvironmentName, master, files: [], keys: [] },
  ];
}

function storedKey({ name, family, value }: NamedKey): PsamKey {
  const { usage, id } = psamKeys[name];
  const file = keyFileOf(usage, id);
  return {
    file: typeof file === 'number' ? file : keyFiles.national,
    usage,
    id,
    version: 0,
    algorithm: algorithmOf(family),
    value,
    tries: keyTries,
    limit: keyTries,
  };
}
