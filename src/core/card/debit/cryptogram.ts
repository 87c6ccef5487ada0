import { concat, equal, uint } from '../../../kernel/bytes.ts';
import { emvCryptogram, emvResponseCryptogram, emvSessionKey } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { buildTlv } from '../tlv.ts';
import { filled, valuesOf } from './data-objects.ts';
import {
  type CryptogramKind,
  type Debit,
  type DebitMemory,
  type DebitOutcome,
  type DebitSession,
  logRecords,
  nothingLeft,
  refused,
} from './memory.ts';

const kinds: Readonly<Record<number, CryptogramKind>> = { 0: 'AAC', 64: 'TC', 128: 'ARQC' };
const information = { AAC: 0x00, TC: 0x40, ARQC: 0x80 } as const;

/** Amounts, country, TVR, currency, date, type, unpredictable number: the terminal's part of a cryptogram (JR/T 0025.5). */
const cryptogramList = Uint8Array.fromHex('9f02069f03069f1a0295055f2a029a039c019f3704');
const responseCode = 0x8a;

/** The transaction's session key under one of the card's keys. */
export function transactionKey({ profile, keys, counter }: DebitMemory, which: 'cryptogram' | 'mac' | 'encipherment') {
  return emvSessionKey({ scheme: profile.sessionScheme, key: keys[which], atc: uint(counter, 2) });
}

/** GENERATE AC: the first asks by CDOL1 for what the card then grants or changes, the second ends what went online. */
export function generateCryptogram(card: Debit, { p1, p2, data }: Command): DebitOutcome {
  const asked = kinds[p1];
  const { memory, session } = card;
  if (p2 !== 0 || !asked) return refused(sw.wrongParameters);
  if (session.stage !== 'initiated' && session.stage !== 'online') return refused(sw.conditions);
  const first = session.stage === 'initiated';
  if (!first && asked === 'ARQC') return refused(sw.wrongParameters);
  const told = valuesOf(first ? memory.profile.firstList : memory.profile.secondList, data);
  if (!told) return refused(sw.wrongLength);
  const all = new Map([...session.told, ...told]);
  return first ? firstCryptogram(card, asked, all) : secondCryptogram(card, asked, all);
}

function firstCryptogram({ memory, session }: Debit, asked: CryptogramKind, told: DebitSession['told']): DebitOutcome {
  const kind = granted(memory, asked);
  const given = answer(memory, session, told, { first: kind, second: null, offline: false });
  const after = { told, first: given.cryptogram, stage: kind === 'ARQC' ? 'online' : 'done' } as const;
  if (kind === 'AAC') return { status: sw.ok, data: given.data, session: after };
  const changed = kind === 'TC' ? logged(memory, told) : { ...memory, last: { ...memory.last, unfinished: true } };
  return { status: sw.ok, data: given.data, memory: changed, session: after };
}

/** What the card makes of the terminal's wish: an approval offline becomes a question when something speaks for it. */
function granted({ life, last, pin, profile, ...counters }: DebitMemory, asked: CryptogramKind): CryptogramKind {
  if (life === 'blocked' || asked === 'AAC') return 'AAC';
  const offline = counters.counter - counters.lastOnlineCounter;
  const doubtful = last.unfinished || last.issuerFailed || last.issuerMissing || pin.tries === 0;
  return asked === 'ARQC' || doubtful || offline > profile.lowerOfflineLimit ? 'ARQC' : 'TC';
}

function secondCryptogram({ memory, session }: Debit, asked: CryptogramKind, told: DebitSession['told']): DebitOutcome {
  const code = Buffer.from(told.get(responseCode) ?? []).toString('latin1');
  const offline = code === 'Y3' || code === 'Z3';
  const kind = asked === 'TC' && approves(memory, session, offline) ? 'TC' : 'AAC';
  const given = answer(memory, session, told, { first: 'ARQC', second: kind, offline });
  const after = { told, stage: 'done' } as const;
  const ended = kind === 'TC' ? logged(memory, told) : memory;
  if (offline) return { status: sw.ok, data: given.data, memory: ended, session: after };
  const missing = session.issuer === 'not-shown';
  const last = { ...nothingLeft, issuerFailed: session.issuer === 'wrong', issuerMissing: missing };
  // Only an issuer that has shown itself, or need not, sets the count of offline transactions back.
  const reset = session.issuer === 'right' || (missing && !memory.profile.issuerMandatory);
  return {
    status: sw.ok,
    data: given.data,
    memory: { ...ended, last, ...(reset ? { lastOnlineCounter: memory.counter } : {}) },
    session: after,
  };
}

/** Whether the card agrees to an approval: by an issuer that has shown itself, or offline within the upper limit. */
function approves(memory: DebitMemory, session: DebitSession, offline: boolean): boolean {
  if (memory.life === 'blocked' || session.issuer === 'wrong') return false;
  if (offline) return memory.counter - memory.lastOnlineCounter <= memory.profile.upperOfflineLimit;
  return session.issuer === 'right' || !memory.profile.issuerMandatory;
}

type Results = { readonly first: CryptogramKind; readonly second: CryptogramKind | null; readonly offline: boolean };

/** Template 77: information 9F27, counter 9F36, cryptogram 9F26, issuer application data 9F10. */
function answer(memory: DebitMemory, session: DebitSession, told: DebitSession['told'], results: Results) {
  const { profile } = memory;
  const counter = uint(memory.counter, 2);
  const verified = cardResults(memory, session, results);
  const input = concat(filled(cryptogramList, told), profile.interchange, counter, verified);
  const cryptogram = emvCryptogram(transactionKey(memory, 'cryptogram'), input, profile.padding);
  const issuerData = concat(
    Uint8Array.of(7, profile.keyIndex, profile.cryptogramVersion),
    verified,
    Uint8Array.of(profile.algorithm),
  );
  const data = buildTlv(
    0x77,
    buildTlv(0x9f27, Uint8Array.of(information[results.second ?? results.first])),
    buildTlv(0x9f36, counter),
    buildTlv(0x9f26, cryptogram),
    buildTlv(0x9f10, issuerData),
  );
  return { cryptogram, data };
}

const bits = (...set: readonly (readonly [boolean, number])[]): number =>
  set.reduce((byte, [on, value]) => byte | (on ? value : 0), 0);

/** Card verification results with their length, 4 bytes (JR/T 0025.5): what the card saw in this and the last transaction. */
function cardResults(memory: DebitMemory, session: DebitSession, { first, second, offline }: Results): Uint8Array {
  const { last, pin, profile } = memory;
  const results = [
    (second === null ? 0x80 : second === 'TC' ? 0x40 : 0x00) | (first === 'ARQC' ? 0x20 : first === 'TC' ? 0x10 : 0x00),
    bits(
      [session.issuer === 'wrong', 0x08],
      [session.pin !== 'not-shown', 0x04],
      [session.pin === 'wrong', 0x02],
      [offline, 0x01],
    ),
    bits(
      [last.unfinished, 0x80],
      [pin.tries === 0, 0x40],
      [memory.counter - memory.lastOnlineCounter > profile.lowerOfflineLimit, 0x20],
      [memory.lastOnlineCounter === 0, 0x10],
      [last.issuerFailed, 0x08],
      [last.issuerMissing, 0x04],
    ),
    (Math.min(last.scripts, 15) << 4) | bits([last.scriptFailed, 0x08]),
  ] as const;
  return Uint8Array.of(3, results[0] | results[1], results[2], results[3]);
}

/** The transaction in the card's own log, newest first. */
function logged(memory: DebitMemory, told: DebitSession['told']): DebitMemory {
  const known = new Map([...told, [0x9f36, uint(memory.counter, 2)]]);
  return { ...memory, log: [filled(memory.profile.logList, known), ...memory.log].slice(0, logRecords) };
}

/** EXTERNAL AUTHENTICATE: the issuer's cryptogram over the ARQC and the response code (method 1), once in a transaction. */
export function externalAuthenticate({ memory, session }: Debit, { p1, p2, data }: Command): DebitOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (session.stage !== 'online' || !session.first || session.issuer !== 'not-shown') return refused(sw.conditions);
  const key = transactionKey(memory, 'cryptogram');
  const expected = emvResponseCryptogram({ method: 1, key, arqc: session.first, code: data.slice(8) });
  const right = equal(expected, data.subarray(0, 8));
  return { status: right ? sw.ok : sw.authenticationFailed, session: { issuer: right ? 'right' : 'wrong' } };
}
