import { bytes, concat, hex } from '../../kernel/bytes.ts';
import { authenticationData, type CipherFamily, cardMac, encryptData, sessionKey } from '../keys/index.ts';
import { macHeader } from './apdu.ts';
import { answerTo } from './chip/authentication.ts';
import { lineMac } from './chip/line-protection.ts';
import type { CardMemory, Directory } from './chip/memory.ts';
import type { Chip } from './index.ts';

/** Sends one command, hex with blanks, and returns data and status word as hex. */
export const say = (card: Pick<Chip, 'transmit'>, command: string): string => hex(card.transmit(bytes(command)));
export const status = (card: Pick<Chip, 'transmit'>, command: string): string => say(card, command).slice(-4);

/** Commands one after the other, each with the status word it got, as the tables of tests have them. */
export const answers = (
  card: Pick<Chip, 'transmit'>,
  script: readonly (readonly [command: string, status: string, why: string])[],
): (readonly [string, string, string])[] => script.map(([command, , why]) => [command, status(card, command), why]);

export const challenge = (card: Pick<Chip, 'transmit'>, length = 8): Uint8Array =>
  card.transmit(Uint8Array.of(0, 0x84, 0, 0, length)).slice(0, -2);

/** A key a card holds, by directory, use and identifier. */
export function keyOn(memory: CardMemory, directory: number, use: Directory['keys'][number]['shape']['use'], id = 0) {
  const keys = memory.directories.find(({ shape }) => shape.fid === directory)?.keys ?? [];
  const key = keys.find(({ shape }) => shape.use === use && shape.id === id);
  if (!key) throw new Error(`no key ${use} ${id} in ${directory.toString(16)}`);
  return key.value;
}

const head = (header: string, lc: number): Uint8Array => {
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = bytes(header);
  return macHeader({ cla, ins, p1, p2 }, lc);
};

/** A PBOC protected command: header of 4 bytes and plain data; with `cipher` the data are enciphered first. */
export function lineCommand(
  card: Pick<Chip, 'transmit'>,
  family: CipherFamily,
  key: Uint8Array,
  header: string,
  data: string,
  cipher = false,
): string {
  const random = challenge(card, 4);
  const body = cipher ? encryptData(family, key, bytes(data)) : bytes(data);
  const lead = head(header, body.length + 4);
  return hex(concat(lead, body, lineMac(family, key, random, concat(lead, body))));
}

/** An SSC protected command under the session key of a fresh challenge. */
export function sessionCommand(
  card: Pick<Chip, 'transmit'>,
  family: CipherFamily,
  key: Uint8Array,
  header: string,
  data: string,
  cipher = false,
): string {
  const session = sessionKey(family, key, challenge(card));
  const body = cipher ? encryptData(family, session, bytes(data)) : bytes(data);
  const lead = head(header, body.length + 4);
  return hex(concat(lead, body, cardMac(family, session, concat(lead, body))));
}

/** EXTERNAL AUTHENTICATE in the PBOC manner. */
export const lineAuthentication = (
  card: Pick<Chip, 'transmit'>,
  family: CipherFamily,
  key: Uint8Array,
  id: string,
  length = 8,
): string => {
  const data = answerTo(family, key, challenge(card, length));
  return hex(concat(bytes(`008200${id}`), Uint8Array.of(data.length), data));
};

const original = bytes('0102030405060708');

/** EXTERNAL AUTHENTICATE in the SSC manner. */
export const sessionAuthentication = (
  card: Pick<Chip, 'transmit'>,
  family: CipherFamily,
  key: Uint8Array,
  id: string,
): string => {
  const data = authenticationData(family, key, challenge(card), original);
  return hex(concat(bytes(`008200${id}10`), data, original));
};
