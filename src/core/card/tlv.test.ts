import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, concat, hex } from '../../kernel/bytes.ts';
import { decodeElement, encodeElement } from './coding.ts';
import { buildTlv, findTag, parseElements, parseTlv } from './tlv.ts';

describe('BER-TLV', () => {
  test('a selection answer is read to its innermost tag', () => {
    const parsed = parseTlv(bytes('6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C03860103'));
    expect(parsed.ok && hex(findTag(parsed.value, 0x9f0c)?.value ?? bytes(''))).toBe('860103');
  });

  test.each([
    ['84', 'cut-short', 1],
    ['8403AABB', 'cut-short', 2],
    ['6F03840501', 'cut-short', 4],
    ['9F', 'cut-short', 1],
    ['9FFFFF7F00', 'tag-too-long', 0],
    ['8480', 'length-too-long', 1],
    ['8483000000', 'length-too-long', 1],
    ['848201', 'cut-short', 2],
    ['347F', 'cut-short', 2],
  ])('%s is refused as %s at byte %i', (text, fault, at) => {
    expect(parseTlv(bytes(text))).toEqual({ ok: false, fault, at });
  });

  test('nesting ends somewhere', () => {
    let deep = bytes('');
    for (let i = 0; i < 20; i++) deep = buildTlv(0x61, deep);
    expect(parseTlv(deep)).toMatchObject({ ok: false, fault: 'too-deep' });
  });

  test('what was built is read again; what is random never throws', () => {
    const tag = fc.constantFrom(0x84, 0x50, 0x9f0c, 0x5f2d, 0xdf8104);
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 600 }), (of, value) => {
        expect(parseTlv(buildTlv(of, value))).toEqual({ ok: true, value: [{ tag: of, value, parts: [] }] });
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void [parseTlv(noise), parseElements(noise)]));
  });
});

test('elements of a card file have whole tags of one byte, also where BER would read on', () => {
  expect(parseElements(bytes('1F03112233 5F0131'))).toEqual([
    { tag: 0x1f, value: bytes('112233') },
    { tag: 0x5f, value: bytes('31') },
  ]);
  expect(parseElements(bytes('1F0311'))).toBeNull();
  expect(parseElements(bytes('1F'))).toBeNull();
});

test.each([
  ['cn', '990100', 4, '990100FF'],
  ['cn', '12345', 3, '12345F'],
  ['an', '李试卡', 8, 'C0EECAD4BFA80000'],
  ['an', 'T1', 3, '543100'],
  ['b', '0A', 2, '0A00'],
] as const)('%s "%s" in %i bytes is %s, and back', (coding, text, length, written) => {
  const value = encodeElement(coding, text, length);
  expect(value && hex(value)).toBe(written);
  expect(decodeElement(coding, bytes(written))).toBe(coding === 'b' ? written : text);
});

test.each([
  ['an', '望江路', 5],
  ['an', '\u{1F600}', 8],
  ['cn', '1234567', 3],
  ['cn', '12Z4', 3],
  ['b', 'ABC', 3],
] as const)('%s "%s" does not fit %i bytes', (coding, text, length) => {
  expect(encodeElement(coding, text, length)).toBeNull();
});

test('concatenated objects are read in order', () => {
  const parsed = parseTlv(concat(buildTlv(0x50, bytes('31')), buildTlv(0x50, bytes('32'))));
  expect(parsed.ok && parsed.value.map((object) => hex(object.value))).toEqual(['31', '32']);
});
