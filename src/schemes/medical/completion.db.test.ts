import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { credit, debit, fundAccount, institutionPayable, personalAccount } from '../../core/ledger/contract.ts';
import { balances, post, verify } from '../../core/ledger/index.ts';
import { defined } from '../../kernel/assert.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { granted } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { type CardPayment, completeSettlements, reopenSettlements } from './completion.commands.ts';
import { atHospital, bill, hospital, pharmacy, resident, settleTown, worker } from './sample-town.ts';
import { cancelSettlement, settle } from './settlement.commands.ts';
import type { SettlementRow } from './settlement.store.ts';

const { database } = await createTestDatabase();
const { ground, run, visitWith } = await settleTown(database);
const account = personalAccount('medical-employee', worker.person_id);
const payable = institutionPayable('medical-employee', hospital);
const moment = { at: ground.clock.now(), business_date: ground.clock.today(), trace_id: newId() };

const waiting = async (lines = bill): Promise<SettlementRow> => {
  const visit_id = await visitWith(lines);
  return granted(await run((sql) => settle(sql, ground, atHospital, { visit_id, use_account: true })));
};

const paymentOf = (settlement: SettlementRow, but: Partial<CardPayment> = {}): CardPayment => ({
  ...moment,
  settlement_no: settlement.settlement_no,
  account_paid_fen: settlement.account_fen,
  institution_code: hospital,
  person_id: worker.person_id,
  ...but,
});

/** The card's leg as the online path books it, but straight from the personal account. */
const cardLeg = (settlement: SettlementRow, key: string) => ({
  key,
  kind: 'payment.purchase',
  business_date: moment.business_date,
  trace_id: moment.trace_id as Id<string>,
  postings: [
    debit(account, settlement.account_fen),
    credit(fundAccount('medical-employee', '3001.99'), settlement.account_fen),
    debit(fundAccount('medical-employee', '5001.03'), settlement.account_fen),
    credit(payable, settlement.account_fen),
  ],
});

async function payByCard(sql: Sql, settlement: SettlementRow): Promise<void> {
  const [answer] = await completeSettlements(sql, [paymentOf(settlement)]);
  const { drafts } = granted(defined(answer, 'one answer for one payment'));
  const results = await post(sql, [cardLeg(settlement, newId()), ...drafts]);
  expect(results.map((result) => result.outcome)).toEqual(['posted', 'posted']);
}

const money = async (): Promise<Record<'account' | 'owed', Fen | undefined>> => {
  const found = await balances(database, [account, payable]);
  return { account: found.get(account)?.balance_fen, owed: found.get(payable)?.balance_fen };
};
const stateOf = async (settlement: SettlementRow): Promise<string[]> => {
  const rows = await database.query<{ settlement: string; visit: string }>(
    `select s.state as settlement, v.state as visit from medical.settlements s join medical.visits v using (visit_id)
     where settlement_id = $1`,
    [settlement.settlement_id],
  );
  return rows.flatMap((row) => [row.settlement, row.visit]);
};

test('the card pays, the payment is reversed, and the card pays again', async () => {
  const settlement = await waiting();
  expect(await stateOf(settlement)).toEqual(['awaiting_card', 'awaiting_card']);
  const before = await money();
  await database.transaction((sql) => payByCard(sql, settlement));
  expect(await stateOf(settlement)).toEqual(['settled', 'settled']);
  const paid = await money();
  expect(paid).toEqual({
    account: (before.account ?? 0n) - settlement.account_fen,
    owed: (before.owed ?? 0n) + settlement.fund_fen + settlement.account_fen,
  });

  await database.transaction(async (sql) => {
    const [answer] = await reopenSettlements(sql, [{ ...moment, settlement_no: settlement.settlement_no }]);
    const leg = cardLeg(settlement, newId());
    const turned = leg.postings.map((p) => ({
      ...p,
      side: p.side === 'debit' ? ('credit' as const) : ('debit' as const),
    }));
    await post(sql, [{ ...leg, postings: turned }, ...granted(defined(answer, 'an answer')).drafts]);
  });
  expect(await stateOf(settlement)).toEqual(['awaiting_card', 'awaiting_card']);
  expect(await money()).toEqual(before);

  await database.transaction((sql) => payByCard(sql, settlement));
  expect(await money()).toEqual(paid);
  granted(await run((sql) => cancelSettlement(sql, ground, atHospital, settlement.settlement_id)));
  expect(await stateOf(settlement)).toEqual(['cancelled', 'open']);
  // What the card paid is in the personal account again, and the institution is owed nothing for it.
  expect(await money()).toEqual(before);
  expect((await verify(database)).faults).toEqual([]);
});

test('a payment that does not fit the settlement is refused and touches nobody else', async () => {
  const [good, other] = [await waiting([{ catalogue_code: 'TONIC', quantity: '1', unit_price: '5' }]), await waiting()];
  const payments = [
    paymentOf(other, { settlement_no: 'S0000000000' }),
    paymentOf(other, { institution_code: pharmacy }),
    paymentOf(other, { person_id: resident.person_id }),
    paymentOf(other, { account_paid_fen: (other.account_fen - 1n) as Fen }),
    paymentOf(good),
    paymentOf(good),
  ];
  const answers = await database.transaction((sql) => completeSettlements(sql, payments));
  expect(answers.map((answer) => (answer.granted ? 'completed' : answer.refusal.code))).toEqual([
    'medical.settlement_unknown',
    'medical.settlement_not_of_institution',
    'medical.settlement_not_of_person',
    'medical.amount_differs',
    'completed',
    'medical.settlement_not_waiting',
  ]);
  expect(await stateOf(good)).toEqual(['settled', 'settled']);
  expect(await stateOf(other)).toEqual(['awaiting_card', 'awaiting_card']);
});

test('only what a card completed can be reopened', async () => {
  const visit_id = await visitWith(bill);
  const cash = granted(await run((sql) => settle(sql, ground, atHospital, { visit_id, use_account: false })));
  const answers = await database.transaction((sql) =>
    reopenSettlements(sql, [
      { ...moment, settlement_no: cash.settlement_no },
      { ...moment, settlement_no: 'S0000000000' },
    ]),
  );
  expect(answers.map((answer) => !answer.granted && answer.refusal.code)).toEqual([
    'medical.settlement_not_settled',
    'medical.settlement_unknown',
  ]);
});

test('a group of 16 takes as many round trips as a group of one', async () => {
  const small = [{ catalogue_code: 'TONIC', quantity: '1', unit_price: '1.00' }];
  const trips = async (count: number): Promise<number> => {
    const rows: SettlementRow[] = [];
    for (let i = 0; i < count; i++) rows.push(await waiting(small));
    let queries = 0;
    const answers = await database.transaction((sql) => {
      const query: Sql['query'] = (text, values) => {
        queries++;
        return sql.query(text, values);
      };
      return completeSettlements(
        { query },
        rows.map((row) => paymentOf(row)),
      );
    });
    expect(answers.every((answer) => answer.granted)).toBe(true);
    return queries;
  };
  expect(await trips(16)).toBe(await trips(1));
});
