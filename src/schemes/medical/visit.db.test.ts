import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { granted } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import type { BillLine } from './contract.ts';
import { findPatient } from './patient.store.ts';
import {
  atHospital,
  atPharmacy,
  bill,
  deceased,
  expiredHospital,
  pharmacy,
  registration,
  settleTown,
  uninsured,
  worker,
} from './sample-town.ts';
import { settle } from './settlement.commands.ts';
import { cancelVisit, registerVisit, replaceLines, type VisitRegistration } from './visit.commands.ts';

const { database } = await createTestDatabase();
const { ground, run, visitWith } = await settleTown(database);

const register = (but: Partial<VisitRegistration>) =>
  run((sql) => registerVisit(sql, ground, atHospital, registration(but)));

test.each<[string, Partial<VisitRegistration>, string]>([
  ['after death', { person_id: deceased.person_id, begun_on: '2026-07-11' }, 'medical.person_deceased'],
  ['without insurance', { person_id: uninsured.person_id }, 'medical.not_insured_on_day'],
  ['before the insurance', { begun_on: '2024-12-31' }, 'medical.not_insured_on_day'],
  ['after the designation', { institution_code: expiredHospital }, 'medical.institution_not_designated'],
  ['at no institution', { institution_code: 'H99010099999' }, 'medical.institution_unknown'],
  ['of nobody', { person_id: newId() }, 'medical.person_unknown'],
  ['of tomorrow', { begun_on: '2026-07-21' }, 'medical.day_in_future'],
  ['with an unknown diagnosis', { diagnosis_code: 'Z99.9X' }, 'medical.diagnosis_unknown'],
  ['at a pharmacy, as outpatient', { institution_code: pharmacy }, 'medical.kind_not_of_institution'],
  ['with a lost card', { card: 'lost' }, 'medical.card_not_usable'],
])('no visit %s', async (_, but, code) => {
  expect(await register(but)).toMatchObject({ granted: false, refusal: { code } });
  expect(await database.query('select from medical.visits')).toHaveLength(0);
});

test('the day of death and the last day of the designation still count', async () => {
  expect((await register({ person_id: deceased.person_id, begun_on: '2026-07-10' })).granted).toBe(true);
  expect((await register({ institution_code: expiredHospital, begun_on: '2026-06-30' })).granted).toBe(true);
});

test('the same key is the same visit, also at the same moment; other content is refused', async () => {
  const idempotency_key = newId();
  const answers = await Promise.all([1, 2, 3].map(() => register({ idempotency_key })));
  expect(new Set(answers.map((answer) => granted(answer).visit_id)).size).toBe(1);
  expect(await register({ idempotency_key, doctor: '王医生' })).toMatchObject({
    refusal: { code: 'medical.key_reused' },
  });
});

const line = (but: Partial<BillLine> = {}): BillLine => ({
  catalogue_code: 'CONSULT',
  quantity: '1',
  unit_price: '50.00',
  ...but,
});

test.each<[string, BillLine, string]>([
  ['an unknown code', line({ catalogue_code: 'NOTHING' }), 'medical.line_code_unknown'],
  ['a code that ended', line({ catalogue_code: 'OLD' }), 'medical.line_code_unknown'],
  ['a negative quantity', line({ quantity: '-1' }), 'medical.line_quantity_not_positive'],
  ['no quantity', line({ quantity: '0' }), 'medical.line_quantity_not_positive'],
  ['a negative price', line({ unit_price: '-0.01' }), 'medical.line_price_not_positive'],
  ['a slip of the hand', line({ quantity: '999999', unit_price: '999.00' }), 'medical.line_too_large'],
  ['a restriction it has not', line({ outside_restriction: true }), 'medical.line_has_no_restriction'],
])('a bill with %s is refused with the number of the line, and the bill before stays', async (_, wrong, code) => {
  const visit_id = await visitWith(bill);
  const answer = await run((sql) =>
    replaceLines(sql, ground, atHospital, { visit_id, lines: [line(), wrong], ended_on: null }),
  );
  expect(answer).toMatchObject({ granted: false, refusal: { code, detail: { line: 2 } } });
  const [visit] = await database.query<{ line_count: number; total_fen: bigint }>(
    'select line_count, total_fen from medical.visits where visit_id = $1',
    [visit_id],
  );
  expect(visit).toEqual({ line_count: 4, total_fen: 78000n });
});

test('a pharmacy sells no services, and only stays end', async () => {
  const at = { ...worker, kind: 'pharmacy' as const, actor: atPharmacy };
  const visit_id = await visitWith([], at);
  const change = (lines: BillLine[], ended_on: string | null) =>
    run((sql) => replaceLines(sql, ground, atPharmacy, { visit_id, lines, ended_on }));
  expect(await change([line()], null)).toMatchObject({ refusal: { code: 'medical.line_not_for_pharmacy' } });
  expect(await change([], '2026-07-20')).toMatchObject({ refusal: { code: 'medical.end_not_of_kind' } });
  const stay = await visitWith(bill, { ...worker, kind: 'inpatient' });
  const backwards = await run((sql) =>
    replaceLines(sql, ground, atHospital, { visit_id: stay, lines: bill, ended_on: '2026-07-19' }),
  );
  expect(backwards).toMatchObject({ refusal: { code: 'medical.end_before_begin' } });
});

test('nothing to settle, nobody’s visit, a visit that ended', async () => {
  const settled = (visit_id: string, actor = atHospital) =>
    run((sql) => settle(sql, ground, actor, { visit_id, use_account: false }));
  expect(await settled(await visitWith([]))).toMatchObject({ refusal: { code: 'medical.bill_empty' } });
  expect(await settled(newId())).toMatchObject({ refusal: { code: 'medical.visit_unknown' } });
  const visit_id = await visitWith(bill);
  expect(await settled(visit_id, atPharmacy)).toMatchObject({ refusal: { code: 'medical.visit_unknown' } });
  granted(await run((sql) => cancelVisit(sql, atHospital, visit_id)));
  expect(await settled(visit_id)).toMatchObject({ refusal: { code: 'medical.visit_cancelled' } });
});

test('a patient is found by card, number or id', async () => {
  const holderOf = async (_: unknown, number: string) =>
    number === 'A12345678' ? { person_id: worker.person_id, state: 'lost' as const } : null;
  const by = { holderOf, today: ground.clock.today() };
  const find = (key: Parameters<typeof findPatient>[1]) => findPatient(database, key, by);
  const found = { person_id: worker.person_id };
  expect(granted(await find({ card_number: 'a12345678 ' }))).toEqual({ ...found, card: 'lost' });
  expect(granted(await find({ citizen_number: worker.citizen_number }))).toEqual({ ...found, card: null });
  expect(granted(await find(found))).toEqual({ ...found, card: null });
  expect(await find({ card_number: 'B12345678' })).toMatchObject({ refusal: { code: 'medical.card_unknown' } });
  expect(await find({ citizen_number: '990100199001010000' })).toMatchObject({
    refusal: { code: 'medical.citizen_number_invalid' },
  });
});
