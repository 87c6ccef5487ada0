import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import {
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { closeThrough, post } from '../../core/ledger/index.ts';
import { listCard } from '../../core/screening/index.ts';
import type { Answer } from '../../core/switch/contract.ts';
import { uint } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { newId } from '../../platform/identity.ts';
import { blockCard } from '../issuance/index.ts';
import { authorise } from './authorise.ts';
import { book, type Citizen, type City, formerPharmacy, foundCity, hospital, Till } from './city.fixture.ts';
import type { PaymentRequest } from './facts.ts';
import type { DeclineCode } from './responses.ts';
import type { Completion, SettlementAnswer, Settlements } from './settlements.ts';

const { database } = await createTestDatabase();

/** Bills that wait for a card, by number; the amounts they want from it. */
const waiting = new Map<string, bigint>();
const settlements: Settlements = {
  complete: async (_, completions) => completions.map(settle),
  reopen: async (_, reopenings) => reopenings.map(({ settlement_no }) => reopen(settlement_no)),
};
function settle({ settlement_no, account_fen }: Completion): SettlementAnswer {
  const wanted = waiting.get(settlement_no);
  if (wanted === undefined) return { granted: false, code: 'payment.settlement_unknown' };
  return wanted === account_fen
    ? { granted: true, drafts: [] }
    : { granted: false, code: 'payment.settlement_differs' };
}
function reopen(settlement_no: string): SettlementAnswer {
  if (!waiting.has(settlement_no)) return { granted: false, code: 'payment.settlement_ended' };
  waiting.set(settlement_no, 0n);
  return { granted: true, drafts: [] };
}

let city: City;
let till: Till;
let next = 0;
beforeAll(async () => {
  city = await foundCity(database, 60, { personal_fen: fen(50_000), card_fen: fen(10_000) });
  till = new Till(city);
});
afterAll(() => city.close());

/** Everyone who pays in these tests is somebody else, so that no test stands in the way of another. */
function someone(): Citizen {
  const citizen = city.citizens[next++];
  if (!citizen) throw new Error('the city is too small');
  return citizen;
}

const send = (...requests: PaymentRequest[]): Promise<readonly Answer[]> =>
  database.transaction((sql) => authorise({ keys: city.keys, clock: city.clock, settlements })(sql, requests));
async function codes(...requests: PaymentRequest[]): Promise<string[]> {
  return (await send(...requests)).map(({ response_code }) => response_code);
}
const onCard = ({ card }: Citizen) => city.balance(cardAccount(book, card.card_id));
const inAccount = ({ person_id }: Citizen) => city.balance(personalAccount(book, person_id));
const differencesOf = (request: PaymentRequest) =>
  database.query<{ kind: string; evidence: string }>(
    `select d.kind, d.evidence from payment.differences d join payment.payments p using (payment_id)
     where p.terminal_id = $1 and p.trace_no = $2 order by difference_id`,
    [request.terminal_id, request.trace],
  );
/** Cancels a bill as its scheme does: what the card paid goes to the personal account. */
async function cancel(settlement_no: string, { person_id }: Citizen, amount: number): Promise<void> {
  waiting.delete(settlement_no);
  const amount_fen = fen(amount);
  const draft = {
    key: `cancelled/${settlement_no}`,
    kind: 'medical.account_refunded',
    business_date: city.clock.today(),
    trace_id: newId(),
    postings: [
      debit(institutionPayable(book, hospital), amount_fen),
      credit(fundAccount(book, '5001.03'), amount_fen),
      debit(fundAccount(book, '3001.99'), amount_fen),
      credit(personalAccount(book, person_id), amount_fen),
    ],
  };
  expect(await database.transaction((sql) => post(sql, [draft]))).toMatchObject([{ outcome: 'posted' }]);
}
const stored = (request: PaymentRequest) =>
  database.query<{ state: string; refusal_code: string | null }>(
    'select state, refusal_code from payment.payments where terminal_id = $1 and trace_no = $2',
    [request.terminal_id, request.trace],
  );

describe('purchase', () => {
  it('takes the money off the card and owes it to the institution', async () => {
    const citizen = someone();
    const before = await city.balance(institutionPayable(book, hospital));
    const [answer] = await send(till.purchase(citizen, 1234, 1));
    expect(answer).toMatchObject({ response_code: '00', balance_fen: 8766n, settlement_date: '0302' });
    expect(answer?.reference).toMatch(/^\d{12}$/);
    expect(answer?.authorisation).toBe(answer?.reference?.slice(-6));
    expect(await onCard(citizen)).toBe(8766n);
    expect((await city.balance(institutionPayable(book, hospital))) - before).toBe(1234n);
  });

  it('answers the same request the same way, and other content under its number with 94', async () => {
    const citizen = someone();
    const request = till.purchase(citizen, 100, 1);
    const [first] = await send(request);
    city.clock.advance({ seconds: 40 });
    const [again, changed] = await send(request, { ...request, amount_fen: fen(101) });
    expect(again).toEqual(first);
    expect(changed?.response_code).toBe('94');
    expect(await onCard(citizen)).toBe(9900n);
  });

  it('decides several payments of one card in one group in their order', async () => {
    const citizen = someone();
    const requests = [6000, 5000, 4000].map((amount, i) => till.purchase(citizen, amount, i + 1));
    expect(await codes(...requests)).toEqual(['00', '51', '00']);
    expect(await onCard(citizen)).toBe(0n);
  });

  it('lets one of two at once win when the money is enough for one', async () => {
    const citizen = someone();
    const other = new Till(city, '00000018');
    const answers = await Promise.all([
      codes(till.purchase(citizen, 7000, 1)),
      codes(other.purchase(citizen, 7000, 1)),
    ]);
    expect(answers.flat().sort()).toEqual(['00', '51']);
    expect(await onCard(citizen)).toBe(3000n);
  });

  it('completes the settlement it pays, and is refused with it', async () => {
    const [payer, unknown, wrong, poor] = [someone(), someone(), someone(), someone()];
    for (const number of ['S1', 'S2']) waiting.set(number, 300n);
    waiting.set('S5', 10_001n);
    const requests = [
      till.purchase(poor, 10_001, 1, 'S5'),
      till.purchase(payer, 300, 1, 'S1'),
      till.purchase(unknown, 300, 1, 'S9'),
      till.purchase(wrong, 301, 1, 'S2'),
    ];
    expect(await codes(...requests)).toEqual(['51', '00', '25', '64']);
    expect(await Promise.all([payer, unknown, wrong, poor].map(onCard))).toEqual([9700n, 10_000n, 10_000n, 10_000n]);
  });
});

describe('refusals', () => {
  const wrong = new Uint8Array(8);
  const cases: readonly [string, DeclineCode, string, (citizen: Citizen) => PaymentRequest][] = [
    ['13', 'payment.amount_invalid', 'amount zero', (c) => till.purchase(c, 0, 1)],
    [
      '14',
      'payment.card_unknown',
      'unknown card',
      (c) => ({ ...till.purchase(c, 1, 1), account_number: '6200000000000000' }),
    ],
    ['51', 'payment.insufficient_funds', 'one fen too much', (c) => till.purchase(c, 10_001, 1)],
    [
      '58',
      'payment.not_designated',
      'designation ended',
      (c) => new Till(city, '00000019', formerPharmacy).purchase(c, 1, 1),
    ],
    ['30', 'payment.data_missing', 'no chip data', (c) => ({ ...till.purchase(c, 1, 1), ic: {} })],
    ['34', 'payment.other_chip', 'other chip', (c) => withIc(till.purchase(c, 1, 1), { card_factor: wrong })],
    [
      'A7',
      'payment.cryptogram_wrong',
      'wrong cryptogram',
      (c) => withIc(till.purchase(c, 1, 1), { cryptogram: wrong }),
    ],
    [
      'A7',
      'payment.load_mac_wrong',
      'wrong MAC1',
      (c) => withIc(till.load(c, 1, 1, 10_000), { mac: new Uint8Array(4) }),
    ],
    ['51', 'payment.insufficient_funds', 'load of too much', (c) => till.load(c, 50_001, 1, 10_000)],
  ];
  const withIc = (request: PaymentRequest, ic: PaymentRequest['ic']) => ({ ...request, ic: { ...request.ic, ...ic } });

  it.each(cases)('%s %s: %s', async (response, refusal_code, _, make) => {
    const citizen = someone();
    const request = make(citizen);
    expect(await codes(request, request)).toEqual([response, response]);
    expect(await stored(request)).toEqual([{ state: 'declined', refusal_code }]);
    expect([await onCard(citizen), await inAccount(citizen)]).toEqual([10_000n, 50_000n]);
  });

  it('refuses a blocked card, a listed one, one of a dead holder, one that expired and one not yet handed over', async () => {
    const [blocked, stolen, dead, expired, fresh] = [someone(), someone(), someone(), someone(), someone()];
    const by = { user_id: 'clerk', at: city.clock.now(), trace_id: newId() };
    await database.transaction(async (sql) => {
      await blockCard(sql, blocked.card.card_id, 'suspected_misuse', by);
      await listCard(sql, { account_number: stolen.card.account_number, reason: 'stolen' }, by);
      await sql.query('insert into registry.deaths (person_id, died_on, known_from) values ($1, $2, now())', [
        dead.person_id,
        '2026-02-27',
      ]);
      await sql.query(`update issuance.cards set state = 'issued' where card_id = $1`, [fresh.card.card_id]);
    });
    city.clock.advance({ years: 9 });
    expect(await codes(till.purchase(expired, 1, 1))).toEqual(['54']);
    city.clock.advance({ years: -9 });
    const requests = [blocked, stolen, dead, fresh].map((citizen) => till.purchase(citizen, 1, 1));
    expect(await codes(...requests)).toEqual(['59', '43', '57', '62']);
  });

  it('refuses a counter that goes back below what the chip has proven, and believes no other', async () => {
    const citizen = someone();
    const [wild, proven] = [till.purchase(citizen, 1, 60_000), till.purchase(citizen, 2, 5)];
    expect(await codes(wild, proven, till.purchaseProof(proven, citizen))).toEqual(['00', '00', '00']);
    expect(await codes(till.purchase(citizen, 1, 5), till.purchase(citizen, 1, 6))).toEqual(['59', '00']);
  });

  it('refuses an old proof of the chip under a new number, also after a reversal', async () => {
    const citizen = someone();
    const tapped = till.purchase(citizen, 100, 1);
    const replay = () => ({ ...tapped, trace: till.purchase(citizen, 1, 1).trace });
    expect(await codes(tapped, replay(), tapped)).toEqual(['00', '59', '00']);
    const again = replay();
    expect(await codes(till.reversal(tapped), again)).toEqual(['00', '59']);
    expect(await stored(again)).toEqual([{ state: 'declined', refusal_code: 'payment.cryptogram_replayed' }]);
    expect(await onCard(citizen)).toBe(10_000n);
    // A tap is good for a load and the purchase it serves.
    const load = till.load(citizen, 100, 1, 10_000);
    const { original, session_factor, cryptogram, challenge } = load.ic;
    const purchase = till.purchase(citizen, 100, 1);
    const served = { ...purchase, ic: { ...purchase.ic, original, session_factor, cryptogram, challenge } };
    expect(await codes(load, served)).toEqual(['00', '00']);
  });
});

describe('load', () => {
  it('moves money from the account to the card and gives the chip MAC2', async () => {
    const citizen = someone();
    const request = till.load(citizen, 2000, 1, 10_000);
    const [answer] = await send(request);
    expect(answer).toMatchObject({ response_code: '00', balance_fen: 12_000n });
    expect(answer?.ic?.mac).toHaveLength(4);
    expect([await onCard(citizen), await inAccount(citizen)]).toEqual([12_000n, 48_000n]);
    const time = answer?.ic?.transacted_at ?? new Uint8Array(7);
    expect(await codes(till.loadProof(request, citizen, time))).toEqual(['00']);
    expect(await stored(request)).toMatchObject([{ state: 'chip_confirmed' }]);
  });
});

describe('a chip whose balance is not that of the books', () => {
  it('pays, and the difference is kept with both figures', async () => {
    const [agreeing, short] = [someone(), someone()];
    const [right, wrong] = [agreeing, short].map((citizen) => till.purchase(citizen, 100, 1)) as [
      PaymentRequest,
      PaymentRequest,
    ];
    const showing = (request: PaymentRequest, chip_fen: number) => ({
      ...request,
      ic: { ...request.ic, chip_balance: uint(chip_fen, 4) },
    });
    const load = till.load(short, 100, 1, 9400);
    expect(await codes(showing(right, 10_000), showing(wrong, 9500), load)).toEqual(['00', '00', '00']);
    expect(await differencesOf(right)).toEqual([]);
    expect(await differencesOf(wrong)).toEqual([{ kind: 'chip_balance', evidence: 'chip 9500 books 10000' }]);
    expect(await differencesOf(load)).toEqual([{ kind: 'chip_balance', evidence: 'chip 9400 books 9900' }]);
  });
});

describe('balance', () => {
  it('tells what lies on the card and keeps nothing', async () => {
    const request = till.balance(someone());
    expect(await send(request)).toMatchObject([{ response_code: '00', balance_fen: 10_000n }]);
    expect(await stored(request)).toEqual([]);
  });
});

describe('reversal', () => {
  it('takes a purchase back once, opens its bill again, and the late original finds nothing', async () => {
    const citizen = someone();
    waiting.set('S3', 500n);
    const request = till.purchase(citizen, 500, 1, 'S3');
    expect(await codes(request)).toEqual(['00']);
    expect(await codes(till.reversal(request), till.reversal(request))).toEqual(['00', '00']);
    expect(await onCard(citizen)).toBe(10_000n);
    expect(waiting.get('S3')).toBe(0n);
    expect(await codes(request)).toEqual(['21']);
  });

  it('of a bill that was cancelled meanwhile brings the money from the account back to where the chip still has it', async () => {
    const citizen = someone();
    waiting.set('S4', 500n);
    const request = till.purchase(citizen, 500, 1, 'S4');
    expect(await codes(request)).toEqual(['00']);
    await cancel('S4', citizen, 500);
    expect([await onCard(citizen), await inAccount(citizen)]).toEqual([9500n, 50_500n]);
    expect(await codes(till.reversal(request), till.reversal(request))).toEqual(['00', '00']);
    expect([await onCard(citizen), await inAccount(citizen)]).toEqual([10_000n, 50_000n]);
    expect(await stored(request)).toMatchObject([{ state: 'reversed' }]);
  });

  it('of a cancelled bill whose money was spent meanwhile is kept as a difference, and harms nobody in its group', async () => {
    const [citizen, other] = [someone(), someone()];
    waiting.set('S6', 500n);
    const request = till.purchase(citizen, 500, 1, 'S6');
    expect(await codes(request)).toEqual(['00']);
    await cancel('S6', citizen, 500);
    expect(await codes(till.load(citizen, 50_500, 1, 9500))).toEqual(['00']);
    expect(await codes(till.reversal(request), till.purchase(other, 100, 1))).toEqual(['51', '00']);
    expect(await differencesOf(request)).toMatchObject([{ kind: 'reversal_refused' }]);
    expect([await onCard(citizen), await onCard(other)]).toEqual([60_000n, 9900n]);
  });

  it('that comes before its original buries it', async () => {
    const citizen = someone();
    const request = till.purchase(citizen, 500, 1);
    expect(await codes(till.reversal(request))).toEqual(['00']);
    expect(await codes(request, till.reversal(request))).toEqual(['21', '00']);
    expect(await onCard(citizen)).toBe(10_000n);
  });

  it('in the group of its original, before or after it, leaves nothing booked', async () => {
    const [one, other] = [someone(), someone()];
    const [first, second] = [till.purchase(one, 500, 1), till.purchase(other, 500, 1)];
    expect(await codes(first, till.reversal(second), till.reversal(first), second)).toEqual(['00', '00', '00', '21']);
    expect([await onCard(one), await onCard(other)]).toEqual([10_000n, 10_000n]);
  });

  it('racing with its original leaves nothing booked', async () => {
    const citizen = someone();
    const request = till.purchase(citizen, 500, 1);
    await Promise.allSettled([send(request), send(till.reversal(request))]);
    expect(await onCard(citizen)).toBe(10_000n);
  });

  it('of another amount, or of what the chip has confirmed, is refused and kept as a difference', async () => {
    const citizen = someone();
    const request = till.purchase(citizen, 500, 1);
    await send(request);
    expect(await codes({ ...till.reversal(request), amount_fen: fen(400) })).toEqual(['64']);
    expect(await codes(till.purchaseProof(request, citizen))).toEqual(['00']);
    expect(await codes(till.reversal(request))).toEqual(['21']);
    const kinds = await database.query(
      'select d.kind from payment.differences d join payment.payments p using (payment_id) where p.trace_no = $1 order by 1',
      [request.trace],
    );
    expect(kinds).toEqual([{ kind: 'reversal_after_chip' }, { kind: 'reversal_amount' }]);
    expect(await onCard(citizen)).toBe(9500n);
  });
});

describe('proof of the chip', () => {
  it('confirms a purchase, twice the same; a wrong one is kept as a difference', async () => {
    const citizen = someone();
    const request = till.purchase(citizen, 500, 1);
    await send(request);
    const right = till.purchaseProof(request, citizen);
    const wrong = { ...right, ic: { ...right.ic, tac: new Uint8Array(4) } };
    expect(await codes(wrong, right, right)).toEqual(['A7', '00', '00']);
    expect(await stored(request)).toMatchObject([{ state: 'chip_confirmed' }]);
    expect(await codes(till.purchase(citizen, 1, 1))).toEqual(['59']);
    expect(await codes(till.purchase(citizen, 1, 2))).toEqual(['00']);
  });

  it('confirms one payment only: a second one with the same proof is kept as a difference', async () => {
    const citizen = someone();
    const [first, second] = [till.purchase(citizen, 500, 1), till.purchase(citizen, 500, 1)];
    expect(await codes(first, second)).toEqual(['00', '00']);
    const [right, copied] = [till.purchaseProof(first, citizen), till.purchaseProof(second, citizen)];
    expect(await codes(right, copied, right)).toEqual(['00', 'A7', '00']);
    expect(await stored(second)).toMatchObject([{ state: 'approved' }]);
    expect(await differencesOf(second)).toMatchObject([{ kind: 'tac_reused' }]);
  });

  it('for a payment that was reversed or never came is kept as a difference', async () => {
    const citizen = someone();
    const [reversed, unknown] = [till.purchase(citizen, 500, 1), till.purchase(citizen, 500, 1)];
    await send(reversed, till.reversal(reversed));
    expect(await codes(till.purchaseProof(reversed, citizen), till.purchaseProof(unknown, citizen))).toEqual([
      '21',
      '25',
    ]);
    const kinds = await database.query(`select kind from payment.differences where trace_no = any($1) order by 1`, [
      [reversed.trace, unknown.trace],
    ]);
    expect(kinds).toEqual([{ kind: 'tac_after_reversal' }, { kind: 'tac_without_payment' }]);
  });
});

// Last, for it moves every later payment to another day.
describe('a day that is closed', () => {
  const closeToday = () =>
    database.transaction((sql) => closeThrough(sql, { book: 'medical-resident', through: city.clock.today() }));

  it('while a payment is under way: it is decided again with the next day', async () => {
    const citizen = someone();
    waiting.set('S7', 100n);
    let closed = false;
    const closing: Settlements = {
      ...settlements,
      complete: async (_, completions) => {
        // The first time another transaction closes the day behind this one's back.
        if (!closed) await database.transaction((sql) => closeThrough(sql, { book, through: city.clock.today() }));
        closed = true;
        return completions.map(settle);
      },
    };
    const request = till.purchase(citizen, 100, 1, 'S7');
    const [answer] = await database.transaction((sql) =>
      authorise({ keys: city.keys, clock: city.clock, settlements: closing })(sql, [request]),
    );
    expect(answer).toMatchObject({ response_code: '00', settlement_date: '0303' });
    expect(await onCard(citizen)).toBe(9900n);
  });

  it('in the residents’ book alone moves payments on, for they may complete its bills', async () => {
    city.clock.advance({ days: 1 });
    await closeToday();
    expect(await send(till.purchase(someone(), 100, 1))).toMatchObject([{ settlement_date: '0304' }]);
    city.clock.advance({ days: -1 });
  });
});

it('a purchase whose account number is empty is declined, and harms none of its group', async () => {
  const nameless = { ...till.purchase(someone(), 100, 1), account_number: '' };
  expect(await codes(nameless, till.purchase(someone(), 100, 1))).toEqual(['14', '00']);
});
