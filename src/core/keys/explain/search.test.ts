import { describe, expect, test } from 'vitest';
import type { OperationName, Values } from './contract.ts';
import { laboratory, operationNames } from './index.ts';
import { samples } from './samples.fixture.ts';

/** A mistake: what the other side really computes with, as a change of the sample, and what the search should say. */
type Planted = {
  readonly name: OperationName;
  readonly sample?: number;
  /** The other side's values; with none the mistake lies in how the result is written. */
  readonly peer?: Values;
  readonly write?: (result: string) => string;
  readonly says: RegExp;
};

const swapped = (key: string) => key.slice(key.length / 2) + key.slice(0, key.length / 2);
const sampleOf = (name: OperationName, key: string, sample = 0) => samples[name][sample]?.values[key] ?? '';
const reversed = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');

const planted: readonly Planted[] = [
  { name: 'kcv', peer: { cipher: 'aes' }, says: /cipher "AES"/ },
  { name: 'kcv', peer: { key: swapped(sampleOf('kcv', 'key')) }, says: /halves swapped/ },
  { name: 'kcv', sample: 1, peer: { method: 'zeros' }, says: /block of zeros/ },
  { name: 'diversify', peer: { factors: '3531303030307368 3531303130307378' }, says: /2 levels only/ },
  { name: 'diversify', peer: { factors: '8660510100000001 3531303130307378 3531303030307368' }, says: /order 3, 2, 1/ },
  {
    name: 'diversify',
    sample: 1,
    peer: { city_code: '', history: '', factors: '3531303030307368' },
    says: /1 level only/,
  },
  { name: 'diversify', peer: { family: 'sm4' }, says: /SM4/ },
  { name: 'session-key', peer: { rule: 'challenge' }, says: /random only/ },
  { name: 'session-key', sample: 1, peer: { terminal_sequence: '00010000' }, says: /first 2 bytes of the terminal/ },
  { name: 'session-key', peer: { sequence: '0001' }, says: /sequence \+1/ },
  { name: 'session-key', sample: 2, peer: { factors: '' }, says: /0 levels only/ },
  { name: 'tac', peer: { tac_key: 'whole' }, says: /whole key/ },
  {
    name: 'tac',
    peer: { message: 'free', data: '00001000 06 001122334455 20120229 00000001 135100' },
    says: /fields 4 and 5 exchanged/,
  },
  {
    name: 'tac',
    peer: { message: 'free', data: '00100000 06 001122334455 00000001 20120229 135100' },
    says: /field 1 low byte first/,
  },
  {
    name: 'card-mac',
    peer: { rule: 'line', challenge: '11223344' },
    says: /first 4 bytes of the challenge.*line protection/,
  },
  {
    name: 'card-mac',
    peer: { message: 'free', data: '00001000 00000000 01 001122334455' },
    says: /fields 1 and 2 exchanged/,
  },
  { name: 'card-mac', sample: 1, peer: { rule: 'line' }, says: /line protection/ },
  { name: 'card-mac', sample: 1, peer: { rule: 'line', challenge: '00000000' }, says: /IV of zeros/ },
  { name: 'authenticate', peer: { rule: 'direct' }, says: /encrypt the challenge itself/ },
  {
    name: 'authenticate',
    peer: { factor: '0102030405060708', original: '1122334455667788' },
    says: /factor and original exchanged/,
  },
  { name: 'retail-mac', peer: { padding: '80' }, says: /method 2/ },
  { name: 'retail-mac', peer: { algorithm: 'cbc' }, says: /algorithm 1/ },
  { name: 'retail-mac', write: (mac) => mac.slice(0, 8), says: /only the left 4 bytes/ },
  { name: 'retail-mac', sample: 1, peer: { length: '8' }, says: /not cut short/ },
  { name: 'cbc-mac', peer: { padding: 'zeros' }, says: /zeros/ },
  { name: 'cbc-mac', peer: { key: 'AAAAAAAAAAAAAAAA' }, says: /single length/ },
  { name: 'cbc-mac', sample: 1, peer: { iv: '' }, says: /IV of zeros/ },
  { name: 'cmac', peer: { cipher: 'sm4' }, says: /SM4/ },
  { name: 'cmac', peer: { cipher: 'des' }, says: /3DES/ },
  { name: 'cmac', write: reversed, says: /bytes reversed/ },
  { name: 'unionpay-mac', peer: { rule: 'x9.9' }, says: /X9\.9/ },
  { name: 'unionpay-mac', write: () => 'E267B6E2', says: /characters of the result as bytes/ },
  { name: 'unionpay-mac', peer: { data: '567890ABCDEFABCDEF1234567890' }, says: /without the first 2 bytes/ },
  { name: 'pin-block', peer: { account: 'with-check' }, says: /with the check digit/ },
  { name: 'pin-block', peer: { format: '2' }, says: /format 2/ },
  { name: 'pin-block', peer: { format: '3' }, says: /format 3/ },
  { name: 'pin-block', sample: 3, peer: { key: '' }, says: /not enciphered/ },
  { name: 'dukpt', sample: 1, peer: { serial: 'FFFF9876543210E00003' }, says: /counter \+1/ },
  { name: 'dukpt', sample: 1, peer: { from: 'initial' }, says: /initial key/ },
  { name: 'dukpt', sample: 3, peer: { use: 'data-request', data: '041274EDCBA9876F' }, says: /data of requests/ },
  { name: 'dukpt-aes', peer: { use: 'mac-generation' }, says: /MAC generation/ },
  { name: 'dukpt-aes', peer: { kind: '2tdea' }, says: /double-length 3DES/ },
  { name: 'emv-master-key', sample: 1, peer: { option: 'A' }, says: /option A/ },
  { name: 'emv-master-key', sample: 1, peer: { sequence: '00' }, says: /sequence 00/ },
  { name: 'emv-master-key', peer: { pan: '1234567890123452' }, says: /check digit of the account corrected/ },
  { name: 'emv-session-key', peer: { scheme: 'visa' }, says: /XOR/ },
  { name: 'emv-session-key', peer: { level: 'card', scheme: 'pboc' }, says: /PBOC/ },
  { name: 'arqc', sample: 1, peer: { scheme: 'none' }, says: /none/ },
  { name: 'arqc', sample: 1, peer: { padding: 'zeros' }, says: /zeros/ },
  { name: 'arqc', sample: 1, peer: { padding: 'zeros', scheme: 'pboc' }, says: /PBOC.*zeros|zeros.*PBOC/ },
  { name: 'arqc', sample: 1, peer: { level: 'session' }, says: /session key/ },
  { name: 'arpc', peer: { scheme: 'none' }, says: /none/ },
  { name: 'arpc', peer: { code: '3132' }, says: /ASCII/ },
  { name: 'arpc', peer: { method: '2', code: '00120000' }, says: /method 2/ },
  { name: 'emv-script-mac', peer: { data: '8418000008' }, says: /only the first field/ },
  { name: 'emv-script-mac', peer: { data: '8418000008 29CCA15AE665FA2E 001C' }, says: /fields 2 and 3 exchanged/ },
  { name: 'emv-script-mac', peer: { option: 'A', scheme: 'common' }, says: /EMV common/ },
  { name: 'tr31-wrap', peer: { header: 'B0080P0TE00E0000' }, says: /version B/ },
  {
    name: 'tr31-wrap',
    peer: { protection: swapped(sampleOf('tr31-wrap', 'protection')), padding: '010203040506' },
    says: /halves swapped/,
  },
  { name: 'tr31-wrap', peer: { header: 'A0072K0TN00E0000' }, says: /header A0072K0TN00E0000/ },
  { name: 'sm3', peer: { text: 'ABC' }, says: /other case/ },
  { name: 'sm3', sample: 1, peer: { data: '363136323633' }, says: /ASCII of its hex/ },
  { name: 'sm4', peer: { direction: 'decrypt' }, says: /decrypt/ },
  { name: 'sm4', peer: { padding: '80' }, says: /method 2/ },
  { name: 'des', peer: { mode: 'ecb' }, says: /ECB/ },
  { name: 'aes', peer: { padding: 'pkcs7' }, says: /PKCS#7/ },
  { name: 'card-check', peer: { number: 'D2413569' }, says: /characters 3 and 4 exchanged/ },
  { name: 'working-keys', peer: { key: swapped(sampleOf('working-keys', 'key')) }, says: /halves swapped/ },
  { name: 'working-keys', write: (keys) => keys.split(' ')[1] ?? '', says: /the values as given/ },
  {
    name: 'components',
    peer: { components: 'E09B073B4007541FAB76B04370451031 045EFED6E386D9D94CBF5D51EA8525EF' },
    says: /component 2 with its halves swapped/,
  },
  { name: 'pki-pin', peer: { coding: 'ascii' }, says: /ASCII/ },
  { name: 'pki-pin', peer: { part: 'last' }, says: /last 16 bytes/ },
];

test('a mistake is planted for every operation', () => {
  const covered = new Set([...planted.map(({ name }) => name), 'tr31-unwrap']);
  expect(operationNames.filter((name) => !covered.has(name))).toEqual([]);
});

test.each(planted.map((mistake, i) => ({ i, ...mistake })))(
  '$i $name: $says',
  ({ name, sample = 0, peer, write, says }) => {
    const { values } = samples[name][sample] ?? { values: {} };
    const made = laboratory[name].explain({ ...values, ...peer }).result;
    const expected = write ? write(made) : made;
    const matches = laboratory[name].search(values, expected);
    expect(matches.map(({ variation }) => variation.en).join('\n')).toMatch(says);
    for (const { variation, explained } of matches) {
      expect(variation.zh).toMatch(/\p{Script=Han}/u);
      expect(explained.steps.length).toBeGreaterThan(0);
    }
  },
);

test('a key block that opens under the halves of its key swapped', () => {
  const { protection = '', block = '' } = samples['tr31-unwrap'][0]?.values ?? {};
  const values = { protection: swapped(protection), block };
  expect(() => laboratory['tr31-unwrap'].explain(values)).toThrow('MAC is wrong');
  const [match] = laboratory['tr31-unwrap'].search(values, 'E8BC63E5479455E26577F715D587FE68');
  expect(match?.variation.en).toBe('the protection key with its halves swapped');
});

test('two mistakes at once are found', () => {
  const { values } = samples['retail-mac'][0] ?? { values: {} };
  const key = swapped(sampleOf('retail-mac', 'key'));
  const expected = laboratory['retail-mac'].explain({ ...values, key, padding: '80' }).result.slice(0, 8);
  const [match] = laboratory['retail-mac'].search(values, expected.toLowerCase());
  expect(match?.variation.en).toMatch(/halves swapped; .*method 2|method 2.*halves swapped/);
  expect(match?.variation.en).toMatch(/only the left 4 bytes/);
});

describe.each(operationNames)('%s', (name) => {
  test.each(samples[name].map(({ values, result }, i) => ({ i, values, result })))(
    'sample $i is found as given',
    ({ values, result }) => {
      const [match] = laboratory[name].search(values, result);
      expect(match?.variation.en).toBe('the values as given');
      expect(match?.explained.result).toBe(result);
    },
  );

  test('nothing fits what was made up', () => {
    if (name === 'card-check') return;
    const { values } = samples[name][0] ?? { values: {} };
    expect(laboratory[name].search(values, 'F00DF00DCAFEF00DF00DCAFEF00DF00D')).toEqual([]);
    expect(laboratory[name].search(values, 'C0FFEE9A')).toEqual([]);
  });
});

test('a PIN that was read is never taken for part of another', () => {
  const values = { action: 'read', pan: '4012345678909', block: '041274EDCBA9876F' };
  expect(laboratory['pin-block'].search(values, '123456')).toEqual([]);
});

test('a clear field of format 4 is known by its PIN', () => {
  const values = { format: '4', pin: '1234', pan: '4111111111111111' };
  const { result } = laboratory['pin-block'].explain(values);
  expect(laboratory['pin-block'].search(values, result)[0]?.explained.result).toBe(result);
});

test('the random part of a block is taken from what was expected', () => {
  const values = { format: '3', pin: '1234', pan: '4012345678909', key: '0123456789ABCDEFFEDCBA9876543210' };
  const { result } = laboratory['pin-block'].explain(values);
  const again = laboratory['pin-block'].search(values, result);
  expect(again[0]?.explained.result).toBe(result);
  expect(again[0]?.variation.en).toBe('the values as given');
});
