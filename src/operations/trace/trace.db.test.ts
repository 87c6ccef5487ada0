import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { bodyOf, maskBody, pack, recordWire } from '../../core/switch/index.ts';
import { defined } from '../../kernel/assert.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { newId } from '../../platform/identity.ts';
import { closeDay } from '../finance/index.ts';
import { type City, foundCity, Till } from '../payment/city.fixture.ts';
import { authorise, type PaymentRequest, type Settlements } from '../payment/index.ts';
import type { ChipUpload, Trace } from './contract.ts';
import { findTraces, keepChipLog, traceOf } from './index.ts';

const { database } = await createTestDatabase();
const settlements: Settlements = { complete: async () => [], reopen: async () => [] };

let city: City;
let till: Till;
let upload: ChipUpload;
beforeAll(async () => {
  city = await foundCity(database, 4, { personal_fen: fen(50_000), card_fen: fen(10_000) });
  till = new Till(city);
  const at = city.clock.now().toString();
  upload = {
    terminal_id: till.terminal_id,
    upload_id: newId(),
    apdus: [
      {
        at,
        slot: 'card',
        command: '0084000008',
        response: 'A1B2C3D4E5F607089000',
        what: 'GET CHALLENGE',
        status_word: '9000',
      },
    ],
    steps: [{ at, step: 'card.inserted', outcome: 'ok', detail: {} }],
  };
});
afterAll(() => city.close());

const send = (...requests: PaymentRequest[]) =>
  database.transaction((sql) => authorise({ keys: city.keys, clock: city.clock, settlements })(sql, requests));
const trace = async ({ trace_id }: PaymentRequest): Promise<Trace> =>
  defined(await traceOf(database, trace_id, async () => []), 'trace');
const states = ({ stations }: Trace) => Object.entries(stations).map(([name, { state }]) => `${name} ${state}`);

/** What the switch would have written down of a request and its answer. */
async function onTheWire(
  { trace_id, terminal_id, trace, batch, account_number }: PaymentRequest,
  response_code: string,
) {
  const message = (mti: string, more: Record<number, string>) =>
    maskBody(
      bodyOf(
        pack({
          tpdu: '6000010000',
          header: '603200000000',
          mti,
          fields: { 3: '000000', 11: trace, 41: terminal_id, 60: `22${batch}000`, ...more },
        }),
      ),
    );
  const common = { trace_id, peer: 'test', terminal_id, kind: 'purchase' as const, fault: null };
  const at_ms = city.clock.now().epochMilliseconds;
  await recordWire(database, [
    {
      ...common,
      at_ms,
      mti: '0200',
      request: message('0200', { 2: account_number ?? '' }),
      answer: { mti: '0210', response_code, elapsed_ms: 3, body: message('0210', { 39: response_code }) },
    },
  ]);
}

describe('a payment', () => {
  it('is followed from tap to voucher, and back from the voucher', async () => {
    const citizen = defined(city.citizens[0], 'citizen');
    const request = till.purchase(citizen, 700, 1);
    await keepChipLog(database, request.trace_id, upload);
    await keepChipLog(database, request.trace_id, upload);
    await send(request);
    await onTheWire(request, '00');
    await send({ ...till.purchaseProof(request, citizen), trace_id: request.trace_id });

    const open = await trace(request);
    expect(states(open)).toEqual([
      'chip done',
      'terminal done',
      'wire done',
      'decision done',
      'ledger done',
      'books waiting',
    ]);
    expect(open).toMatchObject({ amount_fen: '700', failure: null });
    expect(open.stations.chip.entries).toHaveLength(1);
    const [asked] = open.stations.wire.entries;
    const account = asked?.fields.find(({ field }) => field === 2)?.value ?? '';
    expect(account).toContain('*');
    expect(account).not.toBe(citizen.card.account_number);
    expect(open.stations.decision.entries.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'payment chip_confirmed',
      'chip_proof matches',
    ]);
    expect(open.stations.ledger.entries[0]?.chain?.hash).toMatch(/^[0-9A-F]{64}$/);

    await closeDay(database, { date: day('2026-03-02'), by: 'treasurer' });
    const closed = await trace(request);
    expect(closed.stations.books).toMatchObject({ state: 'done' });
    const lines = closed.stations.books.entries;
    expect(lines.map(({ gl_account, side, amount_fen }) => `${gl_account} ${side} ${amount_fen}`)).toEqual([
      '3001.03 debit 700',
      '5001.03 debit 700',
      '2001.01 credit 700',
      '3001.99 credit 700',
    ]);

    const { payment_id } = closed;
    const ways = [
      { voucher_line: lines[0]?.line_id ?? '' },
      { journal: closed.stations.ledger.entries[0]?.journal_id ?? '' },
      { payment: payment_id ?? '' },
    ];
    for (const way of ways) {
      const found = await findTraces(database, way);
      expect(found.map(({ trace_id }) => trace_id)).toEqual([request.trace_id]);
    }
  });

  it('that the centre refused shows the cause', async () => {
    const request = till.purchase(defined(city.citizens[1], 'citizen'), 10_001, 1);
    await send(request);
    await onTheWire(request, '51');
    const refused = await trace(request);
    expect(refused.failure).toMatchObject({ station: 'decision', repair: null });
    expect(refused.stations.decision.entries[0]?.reasons[0]?.step).toBe('payment.insufficient_funds');
    expect(states(refused)).toContain('ledger absent');
  });

  it('that was lost on the wire shows what failed and how it was repaired', async () => {
    const request = till.purchase(defined(city.citizens[2], 'citizen'), 300, 1);
    const steps = [{ at: city.clock.now().toString(), step: 'answer.awaited', outcome: 'failed' as const, detail: {} }];
    await keepChipLog(database, request.trace_id, { ...upload, steps });
    await send(request);
    await send({ ...till.reversal(request), trace_id: request.trace_id });
    const repaired = await trace(request);
    expect(states(repaired)).toEqual([
      'chip done',
      'terminal repaired',
      'wire absent',
      'decision repaired',
      'ledger repaired',
      'books waiting',
    ]);
    expect(repaired.failure).toMatchObject({ station: 'terminal' });
    expect(repaired.failure?.repair?.en).toContain('reversal');
    expect(repaired.stations.ledger.entries.map(({ kind }) => kind)).toEqual([
      'payment.purchase',
      'payment.purchase_reversed',
    ]);
  });

  it('nobody has heard of has no trace', async () => {
    expect(await traceOf(database, newId(), async () => [])).toBeNull();
  });
});
