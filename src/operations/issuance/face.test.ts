import { expect, it } from 'vitest';
import { trackTwo } from './face.rules.ts';
import { gbkField } from './gbk.rules.ts';
import { isPhoto } from './photo.rules.ts';

it('track 2 has at most 40 characters with sentinels and the longitudinal check', () => {
  const track = trackTwo({ account_number: '9901007000000000019', expires_on: '2036-02-28' });
  expect(track).toBe(';9901007000000000019=36025200000000000?');
  expect(track.length + 1).toBeLessThanOrEqual(40);
});

it.each([
  ['李', 4, 'c0ee0000'],
  ['欧阳娜娜', 8, 'c5b7d1f4c4c8c4c8'],
  ['Anna', 4, '416e6e61'],
  ['李试', 3, null],
  ['\u{20000}', 4, null],
])('%s in %i bytes of GBK', (text, length, hex) => {
  expect(gbkField(text, length)?.toHex() ?? null).toBe(hex);
});

it.each([
  ['JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 1), true],
  ['BMP', Uint8Array.of(0x42, 0x4d, 1), true],
  ['PNG', Uint8Array.of(0x89, 0x50, 0x4e), false],
  ['nothing', new Uint8Array(), false],
  ['too large', new Uint8Array(4097).fill(0xff, 0, 1).fill(0xd8, 1, 2).fill(0xff, 2, 3), false],
])('a photo: %s', (_, photo, is) => {
  expect(isPhoto(photo)).toBe(is);
});
