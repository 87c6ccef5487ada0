import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytes, concat, hex } from '../../kernel/bytes.ts';
import {
  authenticationData,
  cardFactors,
  cardKeyNames,
  cardMac,
  decrypt,
  diversify,
  keyCheckValue,
  psamKeyNames,
  SoftwareKeyStore,
  sessionKey,
  transactionCode,
  unionpayMac,
  unwrapWorkingKeys,
} from './index.ts';
import { writeVault } from './vault.ts';

const transport = bytes('000102030405060708090A0B0C0D0E0F');
const challenge = bytes('1122334455667788');
const passphrases = ['made-up passphrase', 'of another person'] as const;
let folder: string;
let path: string;
let store: SoftwareKeyStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  path = join(folder, 'keys.json');
  store = await SoftwareKeyStore.create(path, passphrases);
});
afterAll(() => rm(folder, { recursive: true }));

const card = (family: 'des' | 'sm4', serial = '00000001') =>
  cardFactors('990100', bytes(`0090010203 8660 9901 ${serial}`), family);

/** The clear key as the card would hold it after personalisation. */
function clearKey(name: string, family: 'des' | 'sm4'): Uint8Array {
  const found = store.cardKeys(card(family), transport).find((key) => key.name === name);
  const clear = decrypt(family, transport, found?.encrypted as Uint8Array);
  expect(keyCheckValue(family, clear)).toBe(found?.check_value);
  return clear;
}

describe.each(['des', 'sm4'] as const)('%s', (family) => {
  test('a card that holds its keys agrees with the store', () => {
    const factors = card(family);
    const original = bytes('0102030405060708');
    expect(store.authentication('IRK', factors, challenge, original)).toEqual(
      authenticationData(family, clearKey('IRK', family), challenge, original),
    );
    expect(store.commandMac('STK', factors, challenge, original)).toEqual(
      cardMac(family, sessionKey(family, clearKey('STK', family), challenge), original),
    );
    expect(store.loadMac(factors, { random: bytes('AABBCCDD'), sequence: 7 }, original)).toEqual(
      cardMac(family, sessionKey(family, clearKey('DLK', family), bytes('AABBCCDD 0007 8000')), original),
    );
    expect(store.tac(factors, original)).toEqual(transactionCode(family, clearKey('DTK', family), original));
  });

  test('a PSAM holds the city key from which the card key comes', () => {
    const inPsam = store.psamKeys(card(family), transport).find((key) => key.name === 'DPK');
    const city = decrypt(family, transport, inPsam?.encrypted as Uint8Array);
    expect(diversify(family, city, card(family).card)).toEqual(clearKey('DPK', family));
  });

  test('every name and every card has its own key', () => {
    const keys = ['00000001', '00000002'].flatMap((serial) => store.cardKeys(card(family, serial), transport));
    expect(new Set(keys.map((key) => hex(key.encrypted))).size).toBe(keys.length);
  });
});

test('terminal and store agree on working keys and MAC', () => {
  const { sealed, injection } = store.createTerminalKey('T0000001', transport);
  const working = store.createWorkingKeys(sealed);
  const clear = unwrapWorkingKeys(decrypt('des', transport, injection), working.download);
  const message = concat(bytes('0200'), challenge, bytes('FF'));
  expect(store.terminalMac(working.mac, message)).toEqual(unionpayMac(clear.mac, message));
  expect(store.terminalMac(working.mac, message)).not.toEqual(store.terminalMac(working.pin, message));
  expect(working.download).toHaveLength(40);
});

test('UnionPay MAC by hand: fold, hex, encrypt, fold, encrypt', () => {
  // One block of zeros: "00000000" ‖ "00000000", so E(E("00000000") xor "00000000").
  const mac = unionpayMac(transport, new Uint8Array(16));
  expect(Buffer.from(mac).toString()).toMatch(/^[0-9A-F]{8}$/);
  expect(unionpayMac(transport, bytes('FF00'))).toEqual(unionpayMac(transport, bytes('FF00 000000000000')));
});

test('a sealed key opens only whole and under its own name', () => {
  const { sealed } = store.createTerminalKey('T0000002', transport);
  const wrong = [
    { ...sealed, name: 'TMK/T0000003' },
    { ...sealed, version: 2 },
    { ...sealed, sealed: `00${sealed.sealed.slice(2)}` },
    { ...sealed, sealed: 'not hex' },
  ];
  for (const key of wrong) expect(() => store.terminalMac(key, challenge)).toThrow('sealed');
});

describe('the file', () => {
  test('opens again with the same keys', async () => {
    const again = await SoftwareKeyStore.open(path, passphrases);
    expect(again.checkValues()).toEqual(store.checkValues());
    expect(again.tac(card('sm4'), challenge)).toEqual(store.tac(card('sm4'), challenge));
  });

  test('a key name younger than the file has a root of its own, the same each time', async () => {
    const old = join(folder, 'old.json');
    const roots = Object.fromEntries(
      cardKeyNames.flatMap((name) =>
        name === 'PPK' ? [] : ['des', 'sm4'].map((family) => [`${family}/${name}`, hex(transport)]),
      ),
    );
    await writeVault(old, passphrases, Buffer.from(JSON.stringify({ store: '5A'.repeat(32), roots })));
    const [first, second] = [
      await SoftwareKeyStore.open(old, passphrases),
      await SoftwareKeyStore.open(old, passphrases),
    ];
    await rm(old);
    expect(first.checkValues()).toEqual(second.checkValues());
    const younger = first.checkValues().filter(({ name }) => name.endsWith('PPK'));
    expect(new Set(younger.map(({ check_value }) => check_value)).size).toBe(2);
    expect(younger.map(({ check_value }) => check_value)).not.toContain(keyCheckValue('des', transport));
    expect(first.psamKeys(card('des'), transport)).toHaveLength(psamKeyNames.length);
  });

  test('leaves no draft behind and holds no key in the clear', async () => {
    expect(await readdir(folder)).toEqual(['keys.json']);
    expect(await readFile(path, 'utf8')).not.toContain('roots');
  });

  test.each([
    ['one person alone', 'keys.passphrase_wrong', (text: string) => text, [passphrases[0], passphrases[0]] as const],
    [
      'the other person alone',
      'keys.passphrase_wrong',
      (text: string) => text,
      [passphrases[1], passphrases[1]] as const,
    ],
    [
      'each passphrase in the place of the other',
      'keys.passphrase_wrong',
      (text: string) => text,
      [passphrases[1], passphrases[0]] as const,
    ],
    [
      'a changed byte',
      'keys.file_damaged',
      (text: string) => text.replace(/"sealed": "../, '"sealed": "zz'),
      passphrases,
    ],
    ['a changed digit', 'keys.file_damaged', swapLastDigit, passphrases],
    ['half a file', 'keys.file_damaged', (text: string) => text.slice(0, 80), passphrases],
  ])('%s is a fault', async (_, code, change, both) => {
    const copy = join(folder, 'copy.json');
    await writeFile(copy, change(await readFile(path, 'utf8')));
    await expect(SoftwareKeyStore.open(copy, both)).rejects.toMatchObject({ code });
    await rm(copy);
  });

  test('is not made with one passphrase twice', async () => {
    const one = ['the same', 'the same'] as const;
    await expect(SoftwareKeyStore.create(`${path}.one`, one)).rejects.toMatchObject({ code: 'keys.passphrases_equal' });
  });

  test('is never written over, and missing is said', async () => {
    await expect(SoftwareKeyStore.create(path, passphrases)).rejects.toMatchObject({ code: 'keys.file_exists' });
    await expect(SoftwareKeyStore.open(`${path}.no`, passphrases)).rejects.toMatchObject({ code: 'keys.file_missing' });
  });
});

test('a store shows nothing of itself', () => {
  expect(JSON.stringify(store)).toBe('{}');
  expect(inspect(store, { depth: 9, showHidden: true })).not.toMatch(/Uint8Array|roots|[0-9a-f]{16}/);
});

function swapLastDigit(text: string): string {
  const at = text.lastIndexOf('"') - 1;
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
}
