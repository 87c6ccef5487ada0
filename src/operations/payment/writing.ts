import { defined } from '../../kernel/assert.ts';
import type { Sql } from '../../platform/database/index.ts';
import { advanceCounters } from '../issuance/index.ts';
import type { Work } from './booking.ts';
import type { PaymentRequest } from './facts.ts';
import type { Moment } from './plan.ts';
import { insertDifferences, insertPayments, insertProofs, insertReversals, type NewDifference } from './store.ts';

/** Writes what a round decided, one statement for each table it touches; answers the reference numbers given. */
export async function write(
  sql: Sql,
  works: readonly Work[],
  { at, business_date }: Moment,
): Promise<Map<string, string>> {
  const payments = works.flatMap(({ plan, journal_id = null }) =>
    'payment' in plan ? [{ ...plan.payment, journal_id }] : [],
  );
  const references = await insertPayments(sql, payments);
  await insertReversals(
    sql,
    works.flatMap(({ facts: { request }, plan, journal_id = null }) => {
      const common = { reason: request.reversal_reason ?? '', journal_id, trace_id: request.trace_id, at };
      const row = { ...common, business_date: business_date.toString() };
      if (plan.step === 'take_back')
        return [{ ...row, payment_id: plan.original.payment_id, state: 'reversed' as const }];
      if (plan.step === 'entomb') return [{ ...row, payment_id: plan.payment.payment_id, state: 'reversed' as const }];
      if (plan.step === 'nothing' && request.kind === 'reversal')
        return [{ ...row, payment_id: plan.original.payment_id, state: plan.original.state }];
      return [];
    }),
  );
  await insertProofs(
    sql,
    works.flatMap(({ facts: { request }, plan }) => {
      if (plan.step !== 'confirm') return [];
      const { tac, transacted_at, psam_serial = null } = request.ic;
      return [
        {
          payment_id: plan.original.payment_id,
          card_id: plan.card.card_id,
          tac: defined(tac, 'TAC'),
          transacted_at: defined(transacted_at, 'time'),
          terminal_serial: psam_serial,
          trace_id: request.trace_id,
          at,
        },
      ];
    }),
  );
  await insertDifferences(
    sql,
    works.flatMap((work) => differencesOf(work, at)),
  );
  await advanceCounters(sql, works.flatMap(countersOf));
  return references;
}

/** What is kept for a person to look at; a chip whose balance is not that of the books pays all the same. */
function differencesOf(
  { facts: { request, balance_fen }, plan }: Work,
  at: Temporal.Instant,
): readonly NewDifference[] {
  const { trace_id } = request;
  if (plan.step === 'differ') {
    const evidence = request.ic.tac?.toHex() ?? String(request.amount_fen ?? '');
    const payment_id = plan.original?.payment_id ?? null;
    return [{ kind: plan.difference, key: keyOf(request), payment_id, evidence, trace_id, at }];
  }
  if (plan.step !== 'book') return [];
  const { payment } = plan;
  if (payment.chip_balance_fen === null || payment.chip_balance_fen === balance_fen) return [];
  const evidence = `chip ${payment.chip_balance_fen} books ${balance_fen}`;
  return [{ kind: 'chip_balance', key: payment, payment_id: payment.payment_id, evidence, trace_id, at }];
}

const keyOf = ({ terminal_id, original }: PaymentRequest) => ({
  terminal_id,
  batch_no: original?.batch ?? '',
  trace_no: original?.trace ?? '',
  local_date: original?.date ?? '',
});

/** The least counter the chip may show next. Only its TAC proves that it counted; a request can show any number. */
function countersOf({ plan }: Work) {
  if (plan.step !== 'confirm') return [];
  const { kind, chip_sequence } = plan.original;
  const { card_id, load_sequence, purchase_sequence } = plan.card;
  const before = kind === 'load' ? load_sequence : purchase_sequence;
  const least = (chip_sequence ?? 0) + 1;
  if (least <= before) return [];
  return [
    { card_id, load_sequence: kind === 'load' ? least : null, purchase_sequence: kind === 'purchase' ? least : null },
  ];
}
