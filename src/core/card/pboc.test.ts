import { beforeEach, describe, expect, test } from 'vitest';
import vectors from '../../../test/vectors/card.json' with { type: 'json' };
import { bytes, concat, hex, uint } from '../../kernel/bytes.ts';
import { encrypt, transactionCode } from '../keys/index.ts';
import { lineMac } from './chip/line-protection.ts';
import { keyOn, lineAuthentication, lineCommand, say, sessionAuthentication, status } from './host.fixture.ts';
import { blankChip, type Chip } from './index.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';

const transport = bytes('FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF');
const history = bytes('00900100018660990100000001');
const selectPurse = '00A40400 09 A00000000386980701';
const selectEnvironment = '00A40400 0F 7378312E73682EC9E7BBE1B1A3D5CF';
const verify = `00200000 03 ${samplePin}`;
const purse = 0x3f01;

/** A 3DES card in use whose MF holds the keys of `records`, written by WRITE KEY under identifier 01 on. */
function cardWith(records: readonly string[], random?: (length: number) => Uint8Array): Chip {
  const card = blankChip({ generation: 2, history, capacity: 0x1000, transport }, random);
  card.powerOn();
  status(card, lineAuthentication(card, 'des', transport, '00'));
  expect(status(card, '80E00000 07 3F 0100 01F0 FFFF')).toBe('9000');
  for (const [i, record] of records.entries()) {
    const body = bytes(record);
    expect(status(card, hex(concat(bytes(`80D401 0${i + 1}`), uint(body.length, 1), body)))).toBe('9000');
  }
  expect(status(card, lineCommand(card, 'des', transport, '841C0000', ''))).toBe('9000');
  return card;
}

test.each(vectors.external_authenticate.cases)('vector V4: external authentication under $key', ({ key, answer }) => {
  const card = cardWith([`39F0F00A33${key}`], (length) =>
    bytes(vectors.external_authenticate.challenge).slice(0, length),
  );
  expect(status(card, `00820001 08 ${answer}`)).toBe('6984');
  status(card, '0084000008');
  expect(status(card, `00820001 08 ${answer}`)).toBe('9000');
});

test('a challenge of four bytes is filled with zeros', () => {
  const key = vectors.external_authenticate.cases[0]?.key as string;
  const card = cardWith([`39F0F00A33${key}`]);
  expect(status(card, lineAuthentication(card, 'des', bytes(key), '01', 4))).toBe('9000');
});

test('internal authentication enciphers, deciphers and makes MACs, each key what it may', () => {
  const key = '00112233445566778899AABBCCDDEEFF';
  const card = cardWith([
    `30F0F00100${key}`,
    `31F0F00100${key}`,
    `32F0F00100${key}`,
    `33F0F00100${key}`,
    `32F1F00100${key}`,
  ]);
  const data = bytes('0102030405060708 1112131415161718');
  const cipher = encrypt('des', bytes(key), data);
  const ask = (header: string, body: Uint8Array) => {
    const first = say(card, hex(concat(bytes(header), uint(body.length, 1), body)));
    return first.startsWith('61') ? say(card, `00C00000${first.slice(2)}`) : first;
  };
  expect(ask('00880001', data)).toBe(`${hex(cipher)}9000`);
  expect(ask('00880102', cipher)).toBe(`${hex(data)}9000`);
  expect(ask('00880203', data)).toBe(`${hex(lineMac('des', bytes(key), new Uint8Array(8), data))}9000`);
  expect(ask('00880004', data)).toBe(`${hex(cipher)}9000`);
  expect(ask('00880101', data), 'it may encipher only').toBe('6A88');
  expect(ask('00880003', data)).toBe('6A88');
  expect(ask('00880304', data)).toBe('6A86');
  expect(ask('00880205', data), 'its use asks for state 1').toBe('6982');
  expect(ask('00880001', data.slice(1)), 'no whole blocks').toBe('6700');
});

describe.each([2, 3] as const)('the financial side of a card of generation %i', (generation) => {
  const family = generation === 2 ? 'des' : 'sm4';
  let card: Chip;
  const key = (use: Parameters<typeof keyOn>[2], id = 0) => keyOn(card.memory, purse, use, id);
  const line = (header: string, data: string, cipher = false) =>
    status(card, lineCommand(card, family, key('maintenance'), header, data, cipher));
  const maintain = () => status(card, lineAuthentication(card, family, key('external'), '00'));
  beforeEach(() => {
    card = sampleOf('three-areas', generation);
    card.powerOn();
    expect(status(card, selectPurse)).toMatch(/^61/);
  });

  test('tells its public file when it is selected', () => {
    const answer = say(card, `00C00000${status(card, selectPurse).slice(2)}`);
    expect(answer).toContain('9F0C1E9901000000000000030100008660990100000001');
  });

  test('external authentication sets the security state; wrong ones use up its tries', () => {
    expect(status(card, '00E200C8 05 AA03010203')).toBe('6982');
    expect(maintain()).toBe('9000');
    expect(status(card, '00E200C8 05 AA03010203')).toBe('9000');
    status(card, selectPurse);
    expect(status(card, '00E200C8 05 BB03010203'), 'the same directory keeps it').toBe('9000');
    status(card, '00A4000000');
    status(card, selectPurse);
    expect(status(card, '00E200C8 05 CC03010203'), 'another one does not').toBe('6982');
    const guess = family === 'des' ? `0082000008${'00'.repeat(8)}` : `0082000010${'00'.repeat(16)}`;
    for (const code of ['63C2', '63C1', '6983']) {
      status(card, '0084000008');
      expect(status(card, guess)).toBe(code);
    }
    expect(maintain()).toBe('6983');
  });

  test('a protected file takes a MAC under a fresh challenge, and counts wrong ones', () => {
    expect(status(card, '00D69500 02 ABCD')).toBe('6987');
    expect(status(card, '04D69500 06 ABCD00000000')).toBe('6984');
    const wrong = () => {
      status(card, '0084000004');
      return status(card, '04D69500 06 ABCD00000000');
    };
    expect(wrong()).toBe('6988');
    expect(wrong()).toBe('6988');
    const right = lineCommand(card, family, key('maintenance'), '04D69500', 'ABCD');
    expect(status(card, right)).toBe('9000');
    expect(status(card, right), 'replayed').toBe('6984');
    expect(say(card, '00B0950002')).toBe('ABCD9000');
    for (const _ of [1, 2, 3]) expect(wrong()).toBe('6988');
    expect(wrong()).toBe('6983');
    expect(line('04D69500', 'ABCD')).toBe('6983');
  });

  test('keys are replaced and added enciphered, in the right state', () => {
    const fresh = 'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF';
    const replace = (data: string, header = '84D43E01') => line(header, data, true);
    expect(replace(`02${fresh}`)).toBe('6982');
    maintain();
    expect(status(card, `80D43E01 11 02${fresh}`)).toBe('6987');
    expect(replace(`02${fresh}`, '84D43E07')).toBe('6A88');
    expect(replace(`02${fresh}`, '84D42E01')).toBe('6A86');
    expect(replace('0203')).toBe('6700');
    expect(replace(`02${fresh}`)).toBe('9000');
    expect(key('purchase', 1)).toEqual(bytes(fresh));
    expect(line('84D40102', `3EF0FA0202${fresh}`, true), 'algorithm 02').toBe('6A80');
    const algorithm = family === 'des' ? '00' : '03';
    expect(line('84D40102', `3EF0FA02${algorithm}${fresh}`, true), 'the key file is full').toBe('6A84');
  });

  test('a PIN is verified, reloaded, and unblocked in both ways', () => {
    expect(status(card, '00B201C417')).toBe('6982');
    expect(status(card, verify)).toBe('9000');
    expect(status(card, '00B201C417'), 'the log is open, and empty').toBe('6A83');
    expect(status(card, '0020000100')).toBe('9000');
    expect(status(card, '00200001 03 000000'), 'no second PIN').toBe('6A88');
    const reload = (digits: string) => {
      const mac = transactionCode(family, key('reload'), bytes(digits));
      return `805E0000 ${hex(uint(bytes(digits).length + 4, 1))} ${digits}${hex(mac)}`;
    };
    expect(status(card, reload('246802'))).toBe('9000');
    expect(status(card, '805E0000 07 24680200000000')).toBe('6988');
    expect(status(card, reload('2468F2'))).toBe('6A80');
    for (const code of ['63C2', '63C1', '6983']) expect(status(card, verify)).toBe(code);
    const unblock = (header: string, data = '') =>
      status(card, lineCommand(card, family, key('unblock'), header, data, data !== ''));
    expect(unblock('84240000')).toBe('9000');
    expect(status(card, '0020000000')).toBe('63C3');
    expect(unblock('84240000', '111111'), 'not the PIN it holds').toBe('6A80');
    expect(unblock('84240000', '246802')).toBe('9000');
    expect(unblock('84240001', '97531F')).toBe('9000');
    expect(status(card, '00200000 03 97531F')).toBe('9000');
    expect(unblock('802C0000', '8642')).toBe('9000');
    expect(status(card, '00200000 02 8642')).toBe('9000');
    expect(status(card, '805E0100 06 8642FF12345F')).toBe('9000');
    expect(status(card, '805E0100 09 12345FFFFFFF8642FF'), 'filled otherwise than the card holds it').toBe('63C2');
    expect(status(card, '805E0100 07 12345FFF135790')).toBe('9000');
    expect(status(card, verify)).toBe('9000');
    expect(unblock('802C0001', '8642')).toBe('6A88');
    const wrong = [1, 2, 3, 4].map(() => {
      status(card, '0084000004');
      return status(card, `802C0000 14 ${'00'.repeat(20)}`);
    });
    expect(wrong).toEqual(['6988', '6988', '6988', '6983']);
  });

  test('is blocked, unblocked and blocked for ever by its own MAC; the rest of the card lives on', () => {
    status(card, '0084000004');
    expect(status(card, '841E0000 04 00000000')).toBe('6988');
    expect(line('84180000', '')).toBe('6985');
    expect(line('841E0000', '')).toBe('9000');
    expect(status(card, verify)).toBe('6985');
    expect(status(card, selectPurse)).toBe('6283');
    expect(line('84180000', '')).toBe('9000');
    expect(status(card, verify)).toBe('9000');
    expect(line('841E0001', '')).toBe('9000');
    expect(status(card, verify)).toBe('9303');
    expect(status(card, selectPurse)).toBe('9303');
    expect(status(card, selectEnvironment)).toMatch(/^61/);
    expect(status(card, '00B2072C0B')).toBe('9000');
  });

  test('is behind a wall: PIN and keys of one side open nothing on the other', () => {
    status(card, selectEnvironment);
    const environmentKey = keyOn(card.memory, 0xddf1, 'external', 0x0a);
    expect(status(card, sessionAuthentication(card, family, environmentKey, '0A'))).toBe('9000');
    expect(status(card, '00B0880010')).toBe('9000');
    expect(status(card, verify)).toBe('9000');
    status(card, selectPurse);
    expect(status(card, '00B201C417')).toBe('6982');
    status(card, selectEnvironment);
    expect(status(card, '00B0880010')).toBe('6982');
  });
});
