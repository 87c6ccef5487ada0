import { historyLength } from '../atr.ts';
import { damaged, ImageReader, ImageWriter } from '../image.ts';
import type { DebitLife, DebitMemory, DebitProfile, LastOnline } from './memory.ts';

const kind = 'TD';
const version = 1;
const lives: readonly DebitLife[] = ['active', 'blocked', 'card-blocked'];
const schemes: readonly DebitProfile['sessionScheme'][] = ['pboc', 'common', 'none'];

/** The pieces and bytes of a profile, in the order of the image. */
const pieces = [
  'aid',
  'label',
  'preferredName',
  'languages',
  'interchange',
  'optionsList',
  'firstList',
  'secondList',
  'logList',
] as const;
const numbers = ['keyIndex', 'cryptogramVersion', 'algorithm', 'lowerOfflineLimit', 'upperOfflineLimit'] as const;
const signs = ['unfinished', 'issuerFailed', 'issuerMissing', 'scriptFailed'] as const;

/** A debit chip's memory in bytes, checksummed: history, life, profile, records, keys, PIN, counters, log. */
export function writeImage(memory: DebitMemory): Uint8Array {
  const { profile, pin, keys, last } = memory;
  const out = new ImageWriter(kind, version).bytes(memory.history).number(lives.indexOf(memory.life), 1);
  for (const name of pieces) out.piece(profile[name]);
  for (const name of numbers) out.number(profile[name], 1);
  out.number(schemes.indexOf(profile.sessionScheme), 1).number(profile.padding === '80' ? 1 : 0, 1);
  out.number(profile.issuerMandatory ? 1 : 0, 1).number(memory.records.size, 1);
  for (const [key, record] of memory.records) out.number(key, 2).piece(record);
  out.bytes(keys.cryptogram).bytes(keys.mac).bytes(keys.encipherment);
  out.piece(Buffer.from(pin.digits)).number(pin.tries, 1).number(pin.limit, 1);
  out.number(memory.counter, 2).number(memory.lastOnlineCounter, 2).number(last.scripts, 1);
  for (const name of signs) out.number(last[name] ? 1 : 0, 1);
  out.number(memory.log.length, 1);
  for (const record of memory.log) out.piece(record);
  return out.seal();
}

export function readImage(image: Uint8Array): DebitMemory {
  const from = new ImageReader(image, kind, version);
  const history = from.bytes(historyLength);
  const life = lives[from.number(1)];
  if (!life) throw damaged('its life is unknown');
  const profile = readProfile(from);
  const records = new Map(from.list(1, () => [from.number(2), readPiece(from)] as const));
  const keys = { cryptogram: from.bytes(16), mac: from.bytes(16), encipherment: from.bytes(16) };
  const pin = { digits: Buffer.from(readPiece(from)).toString('latin1'), tries: from.number(1), limit: from.number(1) };
  const [counter, lastOnlineCounter] = [from.number(2), from.number(2)];
  const last = readLast(from);
  const log = from.list(1, () => readPiece(from));
  from.end();
  return { history, life, profile, records, keys, pin, counter, lastOnlineCounter, last, log };
}

function readProfile(from: ImageReader): DebitProfile {
  const values = Object.fromEntries(pieces.map((name) => [name, readPiece(from)]));
  const counts = Object.fromEntries(numbers.map((name) => [name, from.number(1)]));
  const sessionScheme = schemes[from.number(1)];
  if (!sessionScheme) throw damaged('its session scheme is unknown');
  const padding = from.number(1) === 1 ? '80' : 'zeros';
  const issuerMandatory = from.number(1) === 1;
  return { ...values, ...counts, sessionScheme, padding, issuerMandatory } as DebitProfile;
}

function readLast(from: ImageReader): LastOnline {
  const scripts = from.number(1);
  return { scripts, ...Object.fromEntries(signs.map((name) => [name, from.number(1) === 1])) } as LastOnline;
}

function readPiece(from: ImageReader): Uint8Array {
  const piece = from.piece();
  if (!piece) throw damaged('a piece of it is missing');
  return piece;
}
