import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { closeThrough, verify } from '../../core/ledger/index.ts';
import { granted } from '../../platform/http/index.ts';
import { rebuildAccumulators } from './accumulator.store.ts';
import type { BillLine } from './contract.ts';
import { atHospital, atPharmacy, bill, hospital, resident, settleTown, worker } from './sample-town.ts';
import { cancelSettlement, payByCash, previewSettlement, settle } from './settlement.commands.ts';
import type { SettlementRow } from './settlement.store.ts';
import { replaceLines } from './visit.commands.ts';

const { database } = await createTestDatabase();

const { ground, run, visitWith } = await settleTown(database);

const settled = async (visit_id: string, use_account: boolean, actor = atHospital): Promise<SettlementRow> =>
  granted(await run((sql) => settle(sql, ground, actor, { visit_id, use_account })));

const accumulators = () => database.query('select * from medical.accumulators order by person_id, insurance');

/** Net movement on every account that starts so, in fen, credit positive. */
async function booked(prefix: string): Promise<Record<string, bigint>> {
  const rows = await database.query<{ account: string; net: bigint }>(
    `select account, (credit_fen - debit_fen) as net from ledger.v_balances where account like $1 and credit_fen <> debit_fen`,
    [`${prefix}%`],
  );
  return Object.fromEntries(rows.map((row) => [row.account, row.net]));
}

const payable = `medical-employee:2001.01:${hospital}`;

test('a preview stores nothing; the settlement decides the same', async () => {
  const visit_id = await visitWith(bill);
  const before = await accumulators();
  const preview = granted(await previewSettlement(database, ground, atHospital, { visit_id, use_account: true }));
  expect(await accumulators()).toEqual(before);
  // In scope 640.00, deductible 400.00 of 2026, 55 % at level 3: 132.00. The rest is within the account's 1,000.00.
  expect(preview.amounts).toMatchObject({
    total_fen: '78000',
    in_scope_fen: '64000',
    deductible_fen: '40000',
    pool_fen: '13200',
    account_fen: '64800',
    cash_fen: '0',
  });
  expect(preview.account_available_fen).toBe('100000');
  const settlement = await settled(visit_id, true);
  expect(settlement).toMatchObject({ state: 'awaiting_card', pool_fen: 13200n, account_fen: 64800n });
  expect(settlement.decision.reasons).toEqual(preview.reasons);
  expect(settlement.decision.reasons.map((reason) => reason.step)).toContain('outpatient.share');
  // No money has moved, but the deductible is reserved: the next bill of the day finds it used.
  expect(await booked(payable)).toEqual({});
  const next = granted(
    await previewSettlement(database, ground, atHospital, {
      visit_id: await visitWith(bill),
      use_account: false,
    }),
  );
  expect(next.amounts.deductible_fen).toBe('0');
  granted(await run((sql) => cancelSettlement(sql, ground, atHospital, settlement.settlement_id)));
  expect(await accumulators()).toMatchObject([{ outpatient_deductible_paid_fen: 0n, outpatient_pool_paid_fen: 0n }]);
});

test('without the account the settlement is final and booked at once; cancelling gives everything back', async () => {
  const before = { books: await booked('medical-employee'), used: await accumulators() };
  const visit_id = await visitWith(bill);
  const settlement = await settled(visit_id, false);
  expect(settlement).toMatchObject({ state: 'settled', fund_fen: 13200n, account_fen: 0n, cash_fen: 64800n });
  expect(await booked(payable)).toEqual({ [payable]: 13200n });
  expect(await booked('medical-employee:5001')).toEqual({ 'medical-employee:5001.02': -13200n });
  granted(await run((sql) => cancelSettlement(sql, ground, atHospital, settlement.settlement_id)));
  expect({ books: await booked('medical-employee'), used: await accumulators() }).toEqual(before);
  const again = await run((sql) => cancelSettlement(sql, ground, atHospital, settlement.settlement_id));
  expect(again).toMatchObject({ granted: false, refusal: { code: 'medical.settlement_ended' } });
  // The visit is open again and may be settled once more.
  expect(await settled(visit_id, false)).toMatchObject({ state: 'settled' });
});

test('two settlements of one visit at once: one wins, the other is told', async () => {
  const visit_id = await visitWith(bill);
  const answers = await Promise.all(
    [true, false, true, false].map((use_account) =>
      run((sql) => settle(sql, ground, atHospital, { visit_id, use_account })),
    ),
  );
  expect(answers.filter((answer) => answer.granted)).toHaveLength(1);
  for (const answer of answers)
    if (!answer.granted) expect(answer.refusal.code).toMatch(/^medical\.visit_(settled|waits_for_card)$/);
});

test('two visits of one person at once share one deductible', async () => {
  const visits = [await visitWith(bill, resident), await visitWith(bill, resident)];
  const rows = await Promise.all(visits.map((visit_id) => settled(visit_id, false)));
  const [smaller, larger] = rows.map((row) => row.deductible_fen).sort((a, b) => Number(a - b));
  expect({ smaller, larger }).toEqual({ smaller: 0n, larger: 15000n });
  expect(rows[0]?.account_fen).toBe(0n);
  const owed = (rows[0]?.fund_fen ?? 0n) + (rows[1]?.fund_fen ?? 0n);
  expect(await booked('medical-resident:2001.01')).toEqual({ [`medical-resident:2001.01:${hospital}`]: owed });
});

test('a waiting settlement paid in cash is decided again and supersedes the first', async () => {
  const waiting = await settled(await visitWith(bill), true);
  const used = await accumulators();
  const cash = granted(await run((sql) => payByCash(sql, ground, atHospital, waiting.settlement_id)));
  expect(cash).toMatchObject({ state: 'settled', account_fen: 0n, fund_fen: waiting.fund_fen });
  expect(cash.cash_fen).toBe(waiting.account_fen + waiting.cash_fen);
  expect(await accumulators()).toEqual(used);
  const states = await database.query<{ state: string }>(
    'select state from medical.settlements where visit_id = $1 order by settlement_id',
    [waiting.visit_id],
  );
  expect(states.map((row) => row.state)).toEqual(['superseded', 'settled']);
  const twice = await run((sql) => payByCash(sql, ground, atHospital, cash.settlement_id));
  expect(twice).toMatchObject({ refusal: { code: 'medical.settlement_not_waiting' } });
});

test('a pharmacy purchase is paid by account and cash only', async () => {
  const visit_id = await visitWith([{ catalogue_code: 'DRUG-B', quantity: '2', unit_price: '30.00' }], {
    ...worker,
    kind: 'pharmacy',
    actor: atPharmacy,
  });
  expect(await settled(visit_id, false, atPharmacy)).toMatchObject({ fund_fen: 0n, cash_fen: 6000n, state: 'settled' });
});

test('a stay is settled after discharge, from the inpatient account', async () => {
  const visit_id = await visitWith(bill, { ...worker, kind: 'inpatient' });
  const early = await run((sql) => settle(sql, ground, atHospital, { visit_id, use_account: false }));
  expect(early).toMatchObject({ refusal: { code: 'medical.not_discharged' } });
  granted(await run((sql) => replaceLines(sql, ground, atHospital, { visit_id, lines: long, ended_on: '2026-07-20' })));
  const row = await settled(visit_id, false);
  expect(row.pool_fen).toBeGreaterThan(0n);
  expect(await booked('medical-employee:5001.01')).toEqual({ 'medical-employee:5001.01': -row.pool_fen });
});
const long: readonly BillLine[] = [{ catalogue_code: 'CONSULT', quantity: '100', unit_price: '50.00' }];

test('what is kept equals what the settlements say, and the books hold', async () => {
  const kept = await accumulators();
  await database.transaction(rebuildAccumulators);
  expect(await accumulators()).toEqual(kept);

  const [sums] = await database.query<{ fund: bigint }>(
    `select sum(fund_fen)::bigint as fund from medical.settlements where state = 'settled'`,
  );
  const owed = Object.values(await booked('medical-%:2001.01'));
  expect(owed.reduce((sum, amount) => sum + amount, 0n)).toBe(sums?.fund);
  expect((await verify(database)).faults).toEqual([]);
});

test('after the day is closed bills are settled, paid in cash and cancelled on the next one', async () => {
  const [first, second] = [await settled(await visitWith(bill), false), await settled(await visitWith(bill), true)];
  const today = ground.clock.today();
  await database.transaction((sql) => closeThrough(sql, { book: 'medical-employee', through: today }));
  const tomorrow = today.add({ days: 1 }).toString();
  expect(await settled(await visitWith(bill), false)).toMatchObject({ state: 'settled', business_date: tomorrow });
  const cash = granted(await run((sql) => payByCash(sql, ground, atHospital, second.settlement_id)));
  expect(cash).toMatchObject({ state: 'settled', business_date: tomorrow });
  granted(await run((sql) => cancelSettlement(sql, ground, atHospital, first.settlement_id)));
  const [row] = await database.query<{ business_date: string }>(
    'select business_date from ledger.journals where idempotency_key like $1',
    [`medical.taken_back:${first.settlement_no}:%`],
  );
  expect(row?.business_date).toBe(tomorrow);
});
