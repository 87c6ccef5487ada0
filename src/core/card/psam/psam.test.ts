import { describe, expect, test } from 'vitest';
import vectors from '../../../../test/vectors/card.json' with { type: 'json' };
import { bytes, concat, hex, xor } from '../../../kernel/bytes.ts';
import { ImageWriter } from '../image.ts';
import { des3, des3Back, desMac, pad80, say, sm4, sm4Back, sm4Mac, turned } from '../independent.fixture.ts';
import { SimulatedReader } from '../reader.ts';
import { sampleFactors, samplePsam, sampleStore } from '../sample-card.fixture.ts';
import { Psam } from './psam.ts';
import { issuedPsam } from './psam-station.fixture.ts';

const K = '11223344556677888877665544332211';
const zeros = (length: number) => '00'.repeat(length);
const key = (usage: string, id: string, algorithm = '00', value = K) => `${usage}${id}00${algorithm}00000000${value}`;

describe('a purchase of the purse', () => {
  const psam = () => issuedPsam([['11', key('02', '01')]]);
  const begin = '807000001411223344000000001000062012022913510001 00';

  test('V2: MAC1 and MAC2 of the published purchase', () => {
    const sam = psam();
    expect(say(sam, begin)).toBe(`00000001${vectors.purse_purchase.mac1}9000`);
    expect(say(sam, `8072000004${vectors.purse_purchase.mac2}`)).toBe('9000');
    expect(say(sam, '00B0990004')).toBe('000000019000');
  });

  test.each([
    ['04', '9000'],
    ['05', '9000'],
    ['06', '9000'],
    ['09', '9000'],
    ['02', '6A80'],
    ['32', '6A80'],
  ])('transaction type %s → %s', (type, status) => {
    expect(say(psam(), `807000001411223344000000001000${type}201202291351000100`).slice(-4)).toBe(status);
  });

  test.each([
    ['80700000141122334400000000100006201202291351000200', '6A88', 'version 2 is not here'],
    ['80700000141122334400000000100006201202291351000103', '6A80', 'version 1 is not an SM4 key'],
    [`807000001C1122334400000000100006201202291351000100${zeros(8)}`, '6A80', 'a factor where the key takes none'],
    [`80700000151122334400000000100006201202291351000100${zeros(1)}`, '6700', 'a piece of a factor'],
    ['80700200141122334400000000100006201202291351000100', '6A86', 'no such form'],
    ['80700001141122334400000000100006201202291351000100', '6A86', 'no such form'],
    ['80700000131122334400000000100006201202291351000100', '6700', 'a byte short'],
  ])('%s → %s: %s', (command, status) => {
    const sam = psam();
    expect(say(sam, command)).toBe(status);
    expect(say(sam, '00B0990004')).toBe('000000009000');
  });

  test('outside the application, or with another command between, there is no purchase', () => {
    const sam = psam();
    say(sam, '00A40000023F00');
    expect(say(sam, begin)).toBe('6985');
    say(sam, '00A4000002DF01');
    expect(say(sam, begin).slice(-4)).toBe('9000');
    expect(say(sam, '0084000008').slice(-4)).toBe('9000');
    expect(say(sam, `8072000004${vectors.purse_purchase.mac2}`)).toBe('6901');
  });

  test('a wrong MAC2 is 9302; a right one forgives, fifteen in a row end the key, also over power cuts', () => {
    const sam = psam();
    const tryWith = (mac: string) => {
      say(sam, begin);
      return say(sam, `8072000004${mac}`);
    };
    for (let i = 0; i < 14; i++) expect(tryWith('00000000')).toBe('9302');
    const sequence = bytes(say(sam, '00B0990004').slice(0, 8));
    say(sam, begin);
    const next = concat(bytes('112233440000'), sequence.slice(2, 3), Uint8Array.of(sequence[3]! + 1));
    const session = des3(bytes(K))(next);
    expect(say(sam, `8072000004${hex(desMac(session, pad80(bytes('00001000'), 8)).slice(0, 4))}`)).toBe('9000');
    for (let i = 0; i < 15; i++) expect(tryWith('00000000')).toBe('9302');
    expect(say(sam, begin)).toBe('6983');
    const again = Psam.fromImage(sam.image());
    again.powerOn();
    say(again, '00A4000002DF01');
    expect(say(again, begin)).toBe('6983');
  });
});

describe.each([
  ['purse', '06'],
  ['deposit', '05'],
])('a terminal takes money from a %s card', (_, type) => {
  test.each(['des', 'sm4'] as const)('and each proves itself to the other (%s)', (family) => {
    const generation = family === 'des' ? 2 : 3;
    const card = cardKeyOf('PPK', generation);
    const sam = samplePsam();
    sam.powerOn();
    say(sam, '00A4040009A00000000386980790');
    const algorithm = family === 'des' ? '00' : '03';
    const factor = hex(sampleFactors(generation).card);
    const [random, counter, amount, time] = ['A1B2C3D4', '0107', '00000BB8', '20260305090807'];
    const answer = say(sam, `807000001C${random}${counter}${amount}${type}${time}01${algorithm}${factor}`);
    expect(answer).toMatch(/^00000001[0-9A-F]{8}9000$/);
    const mac = purchaseMac(family, card, `${random}${counter}0001`);
    expect(answer.slice(8, 16)).toBe(mac(`${amount}${type}990100000007${time}`));
    expect(say(sam, `8072000004${mac(amount)}`)).toBe('9000');
  });
});

test.each([2, 3] as const)('a terminal settles with the medical account of a card of generation %i', (generation) => {
  const family = generation === 2 ? 'des' : 'sm4';
  const sam = samplePsam();
  sam.powerOn();
  say(sam, '00A4000002DF01');
  const factor = hex(sampleFactors(generation).card);
  const [random, counter, amounts] = ['A1B2C3D4', '0107', '00000BB8000004E200001F40'];
  const version = generation === 2 ? '0100' : '0103';
  const answer = say(sam, `8070010024${random}${counter}${amounts}3220260305090807${version}${factor}`);
  const mac = purchaseMac(family, cardKeyOf('DPK', generation), `${random}${counter}0001`);
  expect(answer).toBe(`00000001${mac(`${amounts}3299010000000720260305090807`)}9000`);
  expect(say(sam, `8072000004${mac(amounts)}`)).toBe('9000');
});

/** A card's key, out of the cover in which the key store gives it to personalisation. */
function cardKeyOf(name: string, generation: 2 | 3): Uint8Array {
  const transport = bytes('00112233445566778899AABBCCDDEEFF');
  const factors = sampleFactors(generation);
  const found = sampleStore.cardKeys(factors, transport).find((it) => it.name === name)?.encrypted as Uint8Array;
  return (generation === 2 ? des3Back : sm4Back)(transport)(found);
}

describe('what the PSAM gives of a key', () => {
  const { factors, keys, root, factor, original, session } = vectors.hierarchy_des;
  const [province, city, card] = factors as [string, string, string];
  const levels = [
    [0, '07', keys[2] as string, ''],
    [1, '27', keys[1] as string, card],
    [2, '47', keys[0] as string, card + city],
    [3, '67', root, card + city + province],
  ] as const;

  test.each(levels)('%i diversifications: the same session key from every level of the hierarchy (D2)', (...row) => {
    const [, usage, value, path] = row;
    const sam = issuedPsam([['11', key(usage, '08', '00', value)]]);
    expect(say(sam, `BFDE${usage}08${(path.length / 2 + 8).toString(16).padStart(2, '0')}${path}${factor}`)).toBe(
      '9000',
    );
    const answer = say(sam, `80FA000008${original}`);
    expect(answer).toBe(`${hex(des3(bytes(session))(bytes(original)))}9000`);
    expect(answer.slice(0, 16)).toBe(vectors.hierarchy_des.authentication);
    expect(say(sam, `80FA000008${original}`), 'a session key is for one thing').toBe('6985');
  });

  test('D3: the same with SM4, the factor of 16 bytes and both halves of the answer added', () => {
    const v = vectors.hierarchy_sm4;
    const [provinceFactor, cityFactor, cardFactor] = v.factors as [string, string, string];
    const paths = [
      ['07', v.keys[2] as string, ''],
      ['27', v.keys[1] as string, cardFactor],
      ['47', v.keys[0] as string, cardFactor + cityFactor],
      ['67', v.root, cardFactor + cityFactor + provinceFactor],
    ] as const;
    for (const [usage, value, path] of paths) {
      const sam = issuedPsam([['11', key(usage, '08', '03', value)]]);
      const data = `${path}${v.factor}${zeros(8)}`;
      const length = (data.length / 2).toString(16).padStart(2, '0');
      expect(say(sam, `BFDE${usage}08${length}${data}`), usage).toBe('9000');
      const block = bytes(say(sam, `80FA000010${v.original}${zeros(8)}`).slice(0, -4));
      expect(hex(block)).toBe(hex(sm4(bytes(v.session))(bytes(v.original + zeros(8)))));
      expect(hex(xor(block.slice(0, 8), block.slice(8)))).toBe(v.authentication);
    }
  });

  test.each(levels)('a key of %i diversifications takes no other number of factors', (level, usage, value) => {
    const sam = issuedPsam([['11', key(usage, '08', '00', value)]]);
    for (const [other, asked] of [
      [0, '07'],
      [1, '27'],
      [2, '47'],
      [3, '67'],
    ] as const) {
      const status = say(sam, `BFDE${asked}08${(8 * other + 8).toString(16).padStart(2, '0')}${zeros(8 * other + 8)}`);
      expect(status).toBe(other === level ? '9000' : '6A80');
    }
  });

  test('DELIVERY KEY gives the card key itself: 3DES, and MACs as in ISO 9797-1 algorithm 3', () => {
    const sam = issuedPsam([['12', key('28', '49')]]);
    const own = concat(des3(bytes(K))(bytes(card)), des3(bytes(K))(turned(bytes(card))));
    expect(say(sam, `801A284908${card}`)).toBe('9000');
    expect(say(sam, `80FA020010${zeros(16)}`)).toBe(`${hex(des3(own)(bytes(zeros(16))))}9000`);
    expect(say(sam, `80FA000008${original}`)).toBe(`${hex(des3(own)(bytes(original)))}9000`);
    say(sam, `801A284908${card}`);
    const mac = desMac(own, bytes(original + original), bytes(factor));
    expect(say(sam, `80FA050018${factor}${original}${original}`)).toBe(`${hex(mac.slice(0, 4))}9000`);
    expect(say(sam, `801A2849080000`)).toBe('6700');
    expect(say(sam, '801A284900')).toBe('6A80');
  });

  test('a key of single length stays one', () => {
    const single = '0123456789ABCDEF';
    const sam = issuedPsam([['12', key('27', '49', '01', single)]]);
    const own = des3(bytes(single))(bytes(card));
    expect(say(sam, `801A274908${card}`)).toBe('9000');
    expect(say(sam, `80FA000008${original}`)).toBe(`${hex(des3(own)(bytes(original)))}9000`);
  });

  test('what is enciphered with a data key is deciphered, with others never', () => {
    const sam = issuedPsam([
      ['12', key('39', '41')],
      ['12', key('27', '42')],
      ['12', key('26', '43')],
    ]);
    const own = concat(des3(bytes(K))(bytes(card)), des3(bytes(K))(turned(bytes(card))));
    const cipher = hex(des3(own)(bytes(original)));
    say(sam, `801A394108${card}`);
    expect(say(sam, `80FA820008${cipher}`)).toBe(`${original}9000`);
    expect(say(sam, `80FA800008${cipher}`)).toBe(`${original}9000`);
    say(sam, `801A274208${card}`);
    expect(say(sam, `80FA800008${cipher}`), 'an encryption key').toBe('6985');
    say(sam, `801A264308${card}`);
    expect(say(sam, `80FA000008${cipher}`), 'a MAC key').toBe('6985');
    expect(say(sam, `80FA050010${zeros(8)}${cipher}`).slice(-4)).toBe('9000');
  });

  test.each(['00', '01', '02', '0D', '1E'])('keys of type %s are not delivered', (type) => {
    const file = type === '02' ? '11' : '12';
    const id = type === '02' ? '02' : '48';
    const sam = issuedPsam(type === '00' ? [] : [[file, key(type, id)]]);
    expect(say(sam, `801A${type}${type === '00' ? '00' : id}`)).toBe('6A88');
  });
});

describe.each([
  ['des', 8, 8, 64],
  ['sm4', 16, 16, 128],
] as const)('CIPHER DATA with %s', (family, block, least, most) => {
  const algorithm = family === 'des' ? '00' : '03';
  const delivered = () => {
    const sam = issuedPsam([['12', key('08', '49', algorithm)]]);
    expect(say(sam, `BFDE0849${block === 8 ? '08' : '10'}${zeros(block)}`)).toBe('9000');
    return sam;
  };
  const session = (family === 'des' ? des3 : sm4)(bytes(K))(bytes(zeros(block)));
  const data = Uint8Array.from({ length: most }, (_, i) => i);
  const mac = (input: Uint8Array, iv: Uint8Array) =>
    hex(family === 'des' ? desMac(session, input, iv).slice(0, 4) : sm4Mac(session, input, iv));
  const apdu = (p1: string, part: Uint8Array) => `80FA${p1}00${part.length.toString(16).padStart(2, '0')}${hex(part)}`;

  test(`enciphers ${least} to ${most} bytes in whole blocks`, () => {
    for (const length of [least, most]) {
      const clear = data.slice(0, length);
      expect(say(delivered(), apdu('00', clear))).toBe(`${hex((family === 'des' ? des3 : sm4)(session)(clear))}9000`);
    }
    expect(say(delivered(), apdu('00', data.slice(0, least + 1)))).toBe('6700');
    expect(say(delivered(), apdu('00', new Uint8Array(most + block)))).toBe('6700');
  });

  test('a MAC in one part, in two and in three is the same', () => {
    const [iv, one, two, three] = [0, 1, 2, 3].map((i) => data.slice(i * block, (i + 1) * block)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const expected = `${mac(concat(one, two, three), iv)}9000`;
    expect(say(delivered(), apdu('05', concat(iv, one, two, three)))).toBe(expected);
    const inTwo = delivered();
    expect(say(inTwo, apdu('07', concat(iv, one, two)))).toBe('9000');
    expect(say(inTwo, apdu('01', three))).toBe(expected);
    const inThree = delivered();
    expect(say(inThree, apdu('07', concat(iv, one)))).toBe('9000');
    expect(say(inThree, apdu('00', three)), 'no encryption inside a MAC').toBe('6901');
    expect(say(inThree, apdu('03', two))).toBe('9000');
    expect(say(inThree, apdu('01', three))).toBe(expected);
  });

  test.each([
    ['05', 1, '6700'],
    ['07', 1, '6700'],
    ['03', 1, '6901'],
    ['01', 1, '6901'],
    ['04', 1, '6A86'],
    ['06', 2, '6A86'],
  ])('mode %s with %i blocks → %s', (p1, blocks, status) => {
    expect(say(delivered(), apdu(p1, data.slice(0, blocks * block)))).toBe(status);
  });
});

test('two cipher environments: both at once under the master file, one alone by its name', () => {
  const sam = samplePsam();
  sam.powerOn();
  const ask = (length: number) => say(sam, `BFDE2708${(8 + length).toString(16).padStart(2, '0')}${zeros(8 + length)}`);
  const rows = [
    ['00A40000023F00', '9000', '9000'],
    ['00A404000F7378312E73682EC9E7BBE1B1A3D5CF', '9000', '6A80'],
    ['00A404000F7378322E73682EC9E7BBE1B1A3D5CF', '6A80', '9000'],
    ['00A4000002DDF1', '6A80', '9000'],
  ];
  for (const [environment, des, sm] of rows) {
    expect(say(sam, environment as string).slice(-4)).toBe('9000');
    expect(say(sam, '00B0960006'), 'the terminal number is the same in both').toBe('9901000000079000');
    expect(say(sam, '00A4040006D15600000590').slice(-4)).toBe('9000');
    expect([ask(8), ask(16)]).toEqual([des, sm]);
  }
});

test('the files of a PSAM', () => {
  const sam = samplePsam();
  sam.powerOn();
  expect(say(sam, '00A40000023F00')).toBe('6F11840F7378312E73682EC9E7BBE1B1A3D5CF9000');
  expect(say(sam, '00B095000F')).toBe('9199010000000000000007010100009000');
  expect(say(sam, '00B0810000')).toContain(`4F06D15600000590`);
  expect(say(sam, '00B0910018'), 'a key file').toBe('6981');
  expect(say(sam, '00D6960006000000000000'), 'nobody changes the terminal number').toBe('6982');
  say(sam, '00A4000002DF01');
  for (const file of ['9A', '9B', '9C']) expect(say(sam, `00B0${file}000A`)).toBe('010120250101203412319000');
  expect(say(sam, '00A4020002001C')).toBe('9000');
  expect(say(sam, '00B0000204')).toBe('202501019000');
  expect(say(sam, '00B0000A01')).toBe('6B00');
  expect(say(sam, '00A4020002001D')).toBe('6A82');
});

test('an image of version 1, as it lies in terminals, goes on with its count and its keys', () => {
  const image = new ImageWriter('TP', 1)
    .bytes(bytes('00900200019901000000000009'))
    .bytes(bytes('99010000000000000009'))
    .bytes(bytes('990100000009'))
    .number(41, 4)
    .bytes(bytes('2025010120341231'))
    .number(1, 1)
    .number(5, 1)
    .number(0, 1)
    .bytes(bytes(K))
    .seal();
  const sam = Psam.fromImage(image);
  sam.powerOn();
  expect(say(sam, '00B0960006')).toBe('9901000000099000');
  say(sam, '00A4000002DF01');
  expect(say(sam, '00B0990004')).toBe('000000299000');
  const answer = say(sam, `80700100 24 A1B2C3D4 0001 ${zeros(12)} 32 20260305090807 01 00 ${zeros(8)}`);
  expect(answer).toMatch(/^0000002A[0-9A-F]{8}9000$/);
  expect(Psam.fromImage(sam.image()).image()).toEqual(sam.image());
});

test('a damaged image is told', () => {
  const image = samplePsam().image();
  for (const at of [0, 2, 20, image.length - 1])
    expect(() => Psam.fromImage(image.with(at, image[at]! ^ 1))).toThrow('damaged');
  expect(() => Psam.fromImage(image.slice(0, -9))).toThrow('damaged');
});

/** MACs of a purchase on the card's side, hex, under the session key of `input`. */
function purchaseMac(family: 'des' | 'sm4', card: Uint8Array, input: string): (data: string) => string {
  if (family === 'des') {
    const session = des3(card)(bytes(input));
    return (data) => hex(desMac(session, pad80(bytes(data), 8)).slice(0, 4));
  }
  const session = sm4(card)(concat(bytes(input), new Uint8Array(8)));
  return (data) => hex(sm4Mac(session, pad80(bytes(data), 16)));
}

test('two purchases never share a session: the count goes up with each, whatever becomes of them', () => {
  const sam = issuedPsam([['11', key('02', '01')]]);
  const begin = '80700000141122334400000000100006201202291351000100';
  const answers = Array.from({ length: 4 }, () => say(sam, begin));
  expect(answers.map((answer) => answer.slice(0, 8))).toEqual(['00000001', '00000002', '00000003', '00000004']);
  const macs = answers.map((answer) => bytes(answer.slice(8, 16)));
  expect(macs.every((mac, i) => macs.every((other, j) => i === j || xor(mac, other).some((byte) => byte !== 0)))).toBe(
    true,
  );
});

test.each([
  ['before', '00000000'],
  ['after', '00000001'],
] as const)('torn out %s a purchase was counted, the count says %s', async (tear, count) => {
  const sam = issuedPsam([['11', key('02', '01')]]);
  const reader = new SimulatedReader(['sam']);
  reader.insert('sam', sam);
  await reader.connect('sam');
  reader.tearOut('sam', tear, 1);
  await reader.transmit('sam', bytes('00A4000002DF01'));
  const begin = bytes('80700000141122334400000000100006201202291351000100');
  await expect(reader.transmit('sam', begin)).rejects.toThrow('pulled out');
  const kept = Psam.fromImage(sam.image());
  kept.powerOn();
  say(kept, '00A4000002DF01');
  expect(say(kept, '00B0990004')).toBe(`${count}9000`);
  expect(say(kept, '807200000456988A13'), 'nothing is awaited any more').toBe('6901');
});
