import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentence } from '../../core/policy/contract.ts';
import type { Reason } from '../../kernel/decision.ts';
import { day } from '../../kernel/time.ts';
import { claimUnderLaw } from './claims.arbitrary.ts';
import { eligibility } from './eligibility.rules.ts';
import { settlement } from './settlement.rules.ts';
import { medicalWording } from './wording.ts';

const begun_on = day('2025-07-01');
const eligible = eligibility({
  begun_on,
  ended_on: begun_on,
  deceased_on: null,
  insurance: '310',
  institution: { designations: [{ from: begun_on, through: null }], departments: ['A01'] },
  department: 'A01',
  card: 'usable',
  lines: [],
  already_settled: false,
});

/** Reasons of many different claims: enough that every step of every variant occurs. */
const reasons: readonly Reason[] = fc
  .sample(claimUnderLaw, { numRuns: 1500, seed: 7 })
  .flatMap(({ claim, law }) => settlement(claim, law).reasons)
  .concat(eligible.reasons);

test('every step has its sentence, and no sentence is of a step that never happens', () => {
  const steps = [...new Set(reasons.map(({ step }) => step))].sort();
  expect(steps).toEqual(Object.keys(medicalWording).sort());
});

test('every hole of every sentence is filled, in both languages', () => {
  for (const reason of reasons) {
    const words = medicalWording[reason.step];
    for (const language of ['zh', 'en'] as const)
      expect(words && sentence(words, reason, language), reason.step).not.toMatch(/[{}]|undefined/);
  }
});
