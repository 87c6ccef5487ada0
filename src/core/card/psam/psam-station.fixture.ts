import { bytes, concat, hex } from '../../../kernel/bytes.ts';
import { des3, desMac, pad80, say } from '../independent.fixture.ts';
import { Psam } from './psam.ts';

/** The issuer's station for tests: it makes its commands by itself, not with `issuePsam`. */
export const makerKey = bytes('0102030405060708 1112131415161718');
export const blankPsam = (): Psam => Psam.blank({ history: bytes('00900200019901000000000009'), transport: makerKey });

export const lc = (data: Uint8Array | string): string =>
  (typeof data === 'string' ? bytes(data) : data).length.toString(16).padStart(2, '0').toUpperCase();

/** A header and data with MAC under a 16-byte DES key over the PSAM's challenge. */
export function protectedCommand(psam: Psam, header: string, data: Uint8Array, key: Uint8Array): string {
  const challenge = say(psam, '0084000008').slice(0, 16);
  const length = (data.length + 4).toString(16).padStart(2, '0');
  const input = pad80(concat(bytes(header + length), data), 8);
  return header + length + hex(data) + hex(desMac(key, input, bytes(challenge)).slice(0, 4));
}

/** CREATE KEY with a clear record, as the station makes it. */
export function createKeyCommand(psam: Psam, file: string, record: string, key: Uint8Array): string {
  const clear = bytes(record);
  const counted = concat(Uint8Array.of(clear.length), clear);
  return protectedCommand(psam, `84D400${file}`, des3(key)(counted.length % 8 ? pad80(counted, 8) : counted), key);
}

const directoryTail = '0082FF81FFFFFF';
export const directoryRecord = (fid: string, name: string, algorithm = '00', tries = '33'): string =>
  `${fid}1000FFFF0100${directoryTail}${lc(name)}${name.padEnd(32, '0')}000000${algorithm}00000000${tries}00`;

export const masterKey = bytes('A1A2A3A4A5A6A7A8 B1B2B3B4B5B6B7B8');
export const applicationKey = bytes('C1C2C3C4C5C6C7C8 D1D2D3D4D5D6D7D8');
const terminalFile = '00162800000600FF';

/** A PSAM in the hand of its issuer: master file, terminal number, DF01 with its files and master key, nothing ended. */
export function psamInIssue(terminalNumber = '001122334455'): Psam {
  const psam = blankPsam();
  psam.powerOn();
  const run = (text: string) => {
    const answer = say(psam, text);
    if (!answer.endsWith('9000')) throw new Error(`${text} → ${answer}`);
  };
  run(protectedCommand(psam, '848A0100', new Uint8Array(), makerKey));
  run(`808A00002A${directoryRecord('3F00', '7378312E73682EC9E7BBE1B1A3D5CF')}`);
  run(`8080000008${terminalFile}`);
  run('808000000800113F00006000FF');
  run(`00D6960006${terminalNumber}`);
  run(createKeyCommand(psam, '11', `0000000000000000${hex(masterKey)}`, makerKey));
  run(`808000002A${directoryRecord('DF01', 'D15600000590')}`);
  run('00A4000002DF01');
  run('808000000800192800000400FF');
  for (const file of ['11', '12', '13']) run(`808000000800${file}3F0000C000FF`);
  run(createKeyCommand(psam, '11', `0000000000000000${hex(applicationKey)}`, masterKey));
  return psam;
}

/** The same with more keys in DF01 (file, then record of CREATE KEY), at work. */
export function issuedPsam(keys: readonly (readonly [string, string])[], terminalNumber?: string): Psam {
  const psam = psamInIssue(terminalNumber);
  for (const [file, record] of keys) {
    const answer = say(psam, createKeyCommand(psam, file, record, applicationKey));
    if (answer !== '9000') throw new Error(`${file} ${record} → ${answer}`);
  }
  say(psam, '00A40000023F00');
  const end = say(psam, protectedCommand(psam, '841C0000', new Uint8Array(), masterKey));
  if (end !== '9000') throw new Error(`end of issue → ${end}`);
  say(psam, '00A4000002DF01');
  return psam;
}
