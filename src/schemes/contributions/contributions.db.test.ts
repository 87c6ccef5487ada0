import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { personalAccount } from '../../core/ledger/contract.ts';
import { balances, verify } from '../../core/ledger/index.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import { importEmployers, importEnrolments, importPersons } from '../../core/registry/index.ts';
import { type Fen, yuan } from '../../kernel/money.ts';
import { day, month } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { granted } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { assessMonth, receive } from './commands.ts';
import { personContribution } from './person-contribution.ts';
import { employed, sampleEmployer, samplePerson } from './sample-staff.ts';

/** Persons of the second employer; `PERSONS=20000` measures a city. */
const crowd = Number(process.env.PERSONS ?? 40);

const { database } = await createTestDatabase();
const ground = { clock: new StoppedClock('2026-07-31T09:00:00+08:00'), policy: loadPolicy('policy'), region: '990100' };
const july = month('2026-07');
const trace_id = newId();

type Staff = ReturnType<typeof samplePerson>;
const small = sampleEmployer('0000001');
const large = sampleEmployer('0000002');
const staff = Array.from({ length: crowd + 3 }, (_, i) => samplePerson(i));
const [li, newcomer, veteran, ...others] = staff as [Staff, Staff, Staff, ...Staff[]];
await database.transaction(async (sql) => {
  const known = Temporal.Instant.from('2026-01-01T00:00:00+08:00');
  await importEmployers(sql, [small, large], known);
  await importPersons(sql, staff, known);
  await importEnrolments(
    sql,
    [
      ...employed({ ...li, ...small, wage: yuan('8000') }),
      ...employed({ ...newcomer, ...small, wage: yuan('8000'), from: '2026-07-02' }),
      ...employed({ ...veteran, ...large, wage: yuan('900'), from: '2010-01-01', through: '2010-12-31' }),
      ...others.flatMap((one) => employed({ ...one, ...large, wage: yuan('9000') })),
    ],
    known,
  );
});

test('a month is assessed once: everybody insured on its first day, by the law of that day', async () => {
  const began = performance.now();
  const assessed = granted(await database.transaction((sql) => assessMonth(sql, ground, { month: july, trace_id })));
  if (crowd > 1000) console.log(`${crowd} persons assessed in ${Math.round(performance.now() - began)} ms`);
  expect(assessed).toMatchObject({ bills: 2, persons: crowd + 1 });
  const again = granted(await database.transaction((sql) => assessMonth(sql, ground, { month: july, trace_id })));
  expect(again).toMatchObject({ bills: 0, persons: 0 });
  const [bill] = await database.query<{ persons: number; employer_fen: bigint; person_fen: bigint }>(
    'select persons, employer_fen, person_fen from contributions.bills where employer_id = $1',
    [small.employer_id],
  );
  expect(bill).toEqual({ persons: 1, employer_fen: 200000n, person_fen: 84000n });
});

test('one person sees every figure and its reason', async () => {
  const of = { person_id: li.person_id, month: july };
  const contribution = granted(await personContribution(database, ground, of));
  const figures = contribution.lines.map((line) => [line.insurance, line.employer_fen, line.person_fen]);
  // 8,000.00: 16 % and 8 %, 0.5 % each, 7.5 % and 2 %, 0.8 %, 0.2 % of risk class 1.
  expect(figures).toEqual([
    ['pension', '128000', '64000'],
    ['unemployment', '4000', '4000'],
    ['medical', '60000', '16000'],
    ['maternity', '6400', '0'],
    ['injury', '1600', '0'],
  ]);
  expect(contribution).toMatchObject({ account_fen: '16000', bill: 'billed', employer_code: small.credit_code });
  expect(contribution.reasons.find((reason) => reason.step === 'medical.person')?.parameter?.value).toBe('2%');
  expect(await personContribution(database, ground, { ...of, person_id: newcomer.person_id })).toMatchObject({
    refusal: { code: 'contributions.not_employed' },
  });
});

test('money that arrives is booked once, in every fund, and to the personal accounts', async () => {
  const due = { employer_id: small.employer_id, amount_fen: yuan('2840.00') };
  const of = { month: july, received_on: day('2026-07-31'), trace_id };
  const pay = (receipts: Parameters<typeof receive>[2]) => database.transaction((sql) => receive(sql, of, receipts));
  const wrong = await pay([
    { ...due, amount_fen: yuan('2840.01') },
    { employer_id: newId(), amount_fen: yuan('1.00') },
  ]);
  expect(wrong).toMatchObject([
    { refusal: { code: 'contributions.amount_differs', detail: { due: '2840.00' } } },
    { refusal: { code: 'contributions.not_billed' } },
  ]);
  const [large_due] = await database.query<{ amount_fen: Fen }>(
    'select employer_fen + person_fen as amount_fen from contributions.bills where employer_id = $1',
    [large.employer_id],
  );
  const receipts = [due, { employer_id: large.employer_id, amount_fen: large_due?.amount_fen as Fen }, due];
  const outcomes = async () => (await pay(receipts)).map((answer) => granted(answer).outcome);
  expect(await outcomes()).toEqual(['booked', 'booked', 'repeated']);
  expect(await outcomes()).toEqual(['repeated', 'repeated', 'repeated']);

  const account = personalAccount('medical-employee', li.person_id);
  expect((await balances(database, [account])).get(account)?.balance_fen).toBe(16000n);
  const [sums] = await database.query(
    `select (select sum(employer_fen) from contributions.assessments)::bigint as employer,
       (select sum(balance_fen) from ledger.v_balances where gl_code = '4001.01')::bigint as employer_booked,
       (select sum(person_fen) from contributions.assessments)::bigint as person,
       (select sum(balance_fen) from ledger.v_balances where gl_code = '4001.02')::bigint as person_booked,
       (select sum(account_fen) from contributions.assessments)::bigint as accounts,
       (select sum(balance_fen) from ledger.v_balances where gl_code = '3001.02')::bigint as accounts_booked`,
  );
  expect(sums).toMatchObject({
    employer_booked: sums?.employer,
    person_booked: sums?.person,
    accounts_booked: sums?.accounts,
  });
  expect((await verify(database)).faults).toEqual([]);
});

test('a month before the law was entered is refused', async () => {
  const old = { person_id: veteran.person_id, month: month('2010-01') };
  expect(await personContribution(database, ground, old)).toMatchObject({
    refusal: { code: 'contributions.no_law_for_month' },
  });
  const whole = await database.transaction((sql) => assessMonth(sql, ground, { ...old, trace_id }));
  expect(whole).toMatchObject({ refusal: { detail: { person_id: veteran.person_id } } });
});
