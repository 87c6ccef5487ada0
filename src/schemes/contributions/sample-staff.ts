import { citizenCheck, creditCheck } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import { newId } from '../../platform/identity.ts';

/** Employers and employees for the tests of this context. Names and numbers are invented. */
export const sampleEmployer = (serial: string) => {
  const first = `91990100MA${serial}`;
  return {
    employer_id: newId(),
    credit_code: `${first}${creditCheck(first)}`,
    name_zh: `单位${serial}`,
    name_en: `employer ${serial}`,
    industry: 'J66',
    injury_class: 1,
    size: 'small' as const,
  };
};
/** The person of a running number, below 300,000. */
export const samplePerson = (sequence: number) => {
  const born = `1990${String(1 + (Math.floor(sequence / 1000) % 12)).padStart(2, '0')}${String(1 + Math.floor(sequence / 12000)).padStart(2, '0')}`;
  const first = `990100${born}${String(sequence % 1000).padStart(3, '0')}`;
  return {
    person_id: newId(),
    citizen_number: `${first}${citizenCheck(first)}`,
    sex: 1 as const,
    birth: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
    died_on: null,
    name: `员工${sequence}`,
    name_latin: `Yuangong ${sequence}`,
    household_id: null,
    relation: null,
    phone: null,
    address_zh: '临澜市',
    address_en: 'Linlan',
  };
};
/** Enrolled in every insurance that employers pay for, from the first of the year unless told. */
export const employed = (of: { person_id: string; employer_id: string; wage: Fen; from?: string; through?: string }) =>
  (['110', '210', '310', '410'] as const).map((insurance) => ({
    enrolment_id: newId(),
    person_id: of.person_id,
    insurance,
    status: 'in_service' as const,
    employer_id: of.employer_id,
    wage_fen: of.wage,
    from: of.from ?? '2026-01-01',
    through: of.through ?? null,
  }));
