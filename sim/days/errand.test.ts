import { expect, test } from 'vitest';
import { parseDecimal } from '../../src/kernel/money.ts';
import type { CatalogueItem, ItemKind } from '../../src/schemes/medical/contract.ts';
import { Random } from '../city/index.ts';
import { drawErrand, drawKind } from './errand.ts';

const item = (kind: ItemKind, i: number): CatalogueItem => ({
  code: `${kind}-${i}`,
  kind,
  class: i % 7 === 0 ? 'C' : 'A',
  name: { zh: '项目', en: 'item' },
  unit: '次',
  price_ceiling: i % 7 === 0 ? null : `${i * 4}.50`,
  first_pay: '0%',
  restriction: i % 5 === 0 ? { zh: '限二级以上', en: 'level 2 or above' } : null,
  valid_from: '2024-01-01',
  valid_through: null,
});
const catalogue = (['drug', 'service', 'material'] as const).flatMap((kind) =>
  Array.from({ length: 60 }, (_, i) => item(kind, i)),
);
const world = {
  cards: ['A00000012', 'A00000020'].map((card_number) => ({ card_number, holder_name: '某某', note: '' })),
  catalogue,
  diagnoses: [{ code: 'J06.900', name: { zh: '上呼吸道感染', en: 'cold' } }],
};
const day = '2026-03-02';
const draw = (seed: string) => {
  const random = new Random(seed);
  return drawErrand(random, world, { kind: drawKind(random), day });
};
const errands = Array.from({ length: 400 }, (_, i) => draw(`seed ${i}`));

test('the same seed draws the same errand, another seed another', () => {
  expect(draw('one')).toEqual(draw('one'));
  expect(draw('one')).not.toEqual(draw('two'));
});

test('every bill is one the centre can take', () => {
  const items = new Map(catalogue.map((one) => [one.code, one]));
  for (const { visit, lines } of errands) {
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines.map((line) => line.catalogue_code)).size).toBe(lines.length);
    for (const line of lines) {
      const on = items.get(line.catalogue_code);
      if (visit.kind === 'pharmacy') expect(on?.kind).toBe('drug');
      if (line.outside_restriction) expect(on?.restriction).not.toBeNull();
      expect(parseDecimal(line.unit_price, 2)).toBeGreaterThan(0n);
      expect(Number(line.quantity)).toBeGreaterThan(0);
    }
  }
});

test('a stay begins before the day and ends on it; other visits are of the day', () => {
  for (const { visit, ended_on } of errands) {
    expect(ended_on).toBe(visit.kind === 'inpatient' ? day : null);
    expect(visit.begun_on < day).toBe(visit.kind === 'inpatient');
  }
});

test('a day has all kinds of visits, and people who do not do as they should', () => {
  const share = (of: (errand: (typeof errands)[number]) => boolean) => errands.filter(of).length / errands.length;
  expect(share(({ visit }) => visit.kind === 'outpatient')).toBeCloseTo(0.55, 1);
  expect(share(({ visit }) => visit.kind === 'pharmacy')).toBeCloseTo(0.4, 1);
  expect(share(({ visit }) => visit.kind === 'inpatient')).toBeGreaterThan(0);
  expect(share(({ pins }) => pins.length > 1)).toBeGreaterThan(0);
  expect(share(({ pins }) => pins[0] === null)).toBeGreaterThan(0);
  expect(share(({ end }) => end === 'leaves')).toBeGreaterThan(0);
  expect(share(({ end }) => end === 'returns')).toBeGreaterThan(0);
});
