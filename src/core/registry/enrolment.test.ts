import { describe, expect, test } from 'vitest';
import { day } from '../../kernel/time.ts';
import type { EnrolmentStatus, Insurance } from './contract.ts';
import { afterDeath, enrolmentRefusal, rivals } from './enrolment.rules.ts';
import { parseInstitutionCode } from './institution.rules.ts';

const table = `
| insurance | status     | from       | through    | died       | held                    | wage | refused as                |
| 310       | in_service | 2024-01-01 |            |            |                         | yes  |                           |
| 310       | in_service | 2024-07-01 |            |            | 2023-01-01…2024-06-30   | yes  |                           |
| 310       | in_service | 2024-06-30 |            |            | 2023-01-01…2024-06-30   | yes  | enrolment_overlaps        |
| 310       | in_service | 2024-01-01 | 2024-06-30 |            | 2024-06-30…             | yes  | enrolment_overlaps        |
| 310       | in_service | 2024-01-01 | 2024-06-29 |            | 2024-06-30…             | yes  |                           |
| 310       | retired    | 2024-01-01 |            |            |                         | yes  | wage_not_of_status        |
| 310       | retired    | 2024-01-01 |            |            |                         | no   |                           |
| 210       | retired    | 2024-01-01 |            |            |                         | no   | status_not_of_insurance   |
| 390       | in_service | 2024-01-01 |            |            |                         | no   | status_not_of_insurance   |
| 390       | resident   | 1990-05-01 |            |            |                         | no   |                           |
| 390       | resident   | 1990-04-30 |            |            |                         | no   | day_before_birth          |
| 390       | resident   | 2024-02-01 | 2024-01-31 |            |                         | no   | range_backwards           |
| 390       | resident   | 2024-01-01 | 2024-03-15 | 2024-03-15 |                         | no   |                           |
| 390       | resident   | 2024-01-01 | 2024-03-16 | 2024-03-15 |                         | no   | person_deceased           |
| 390       | resident   | 2024-01-01 |            | 2024-03-15 |                         | no   | person_deceased           |`;

const rows = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each(rows)(
  '%s %s%s from %s through %s',
  (_, insurance, status, from = '', through, died, held, wage, expected) => {
    const [heldFrom, heldThrough] = held ? held.split('…') : [];
    const refused = enrolmentRefusal({
      insurance: insurance as Insurance,
      status: status as EnrolmentStatus,
      has_employer: wage === 'yes',
      has_wage: wage === 'yes',
      span: { from: day(from), through: through ? day(through) : null },
      birth: day('1990-05-01'),
      died_on: died ? day(died) : null,
      held: heldFrom ? [{ from: day(heldFrom), through: heldThrough ? day(heldThrough) : null }] : [],
    });
    expect(refused?.refusal.code ?? '').toBe(expected ? `registry.${expected}` : '');
  },
);

test("workers' and residents' medical are one risk", () => {
  expect(rivals('390')).toEqual(rivals('310'));
  expect(rivals('110')).toEqual(['110']);
});

describe('a death on 2024-03-15', () => {
  test.each([
    ['2020-01-01', null, 'ends'],
    ['2020-01-01', '2024-03-16', 'ends'],
    ['2020-01-01', '2024-03-15', 'untouched'],
    ['2020-01-01', '2023-12-31', 'untouched'],
    ['2024-03-16', null, 'never_was'],
    ['2024-03-15', null, 'ends'],
  ])('%s … %s: %s', (from, through, effect) => {
    expect(afterDeath({ from: day(from), through: through ? day(through) : null }, day('2024-03-15'))).toBe(effect);
  });
});

test('institution codes', () => {
  expect(parseInstitutionCode(' h99010100001 ')).toBe('H99010100001');
  for (const bad of ['', 'X99010100001', 'H9901010001', 'H9901010000A', 'H990101000011'])
    expect(parseInstitutionCode(bad)).toBeNull();
});
