import { describe, expect, it } from 'vitest';
import { dark, funds, type Ink, light } from './palette.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const grounds: Ink[] = ['paper', 'surface', 'sunken'];
const texts: Ink[] = ['ink', 'quiet', 'jade', 'ochre', 'cinnabar'];
const pairs: [Ink, Ink][] = [
  ...texts.flatMap((text) => grounds.map((ground): [Ink, Ink] => [text, ground])),
  ['on-jade', 'jade'],
  ['ink', 'jade-wash'],
  ['jade', 'jade-wash'],
  ['ochre', 'ochre-wash'],
  ['cinnabar', 'cinnabar-wash'],
];

describe.each(Object.entries({ light, dark }))('%s', (_, palette) => {
  it.each(pairs)('%s on %s can be read: 4.5:1', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)('an edge stands out from %s: 3:1', (ground) => {
    expect(contrast(palette.edge, palette[ground])).toBeGreaterThanOrEqual(3);
  });

  it.each(funds)('the colour of %s can carry a label on paper and on a card', (fund) => {
    for (const ground of grounds) expect(contrast(palette.fund[fund], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

it('measures as the standard does', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21);
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
});
