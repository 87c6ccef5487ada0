import { defined } from '../../kernel/assert.ts';
import type { Sql } from '../../platform/database/index.ts';
import { advanceCounters } from '../issuance/index.ts';
import type { Work } from './booking.ts';
import type { PaymentRequest } from './facts.ts';
import type { Moment } from './plan.ts';
import { insertDifferences, insertPayments, insertProofs, insertReversals } from './store.ts';

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
    works.flatMap(({ facts: { request }, plan }) =>
      plan.step === 'differ'
        ? [
            {
              kind: plan.difference,
              key: keyOf(request),
              payment_id: plan.original?.payment_id ?? null,
              evidence: request.ic.tac?.toHex() ?? String(request.amount_fen ?? ''),
              trace_id: request.trace_id,
              at,
            },
          ]
        : [],
    ),
  );
  await advanceCounters(sql, works.flatMap(countersOf));
  return references;
}

const keyOf = ({ terminal_id, original }: PaymentRequest) => ({
  terminal_id,
  batch_no: original?.batch ?? '',
  trace_no: original?.trace ?? '',
  local_date: original?.date ?? '',
});

/**
 * The least counter the chip may show next: after an approval the same one, for the chip has perhaps not moved; after its
 * TAC the one above.
 */
function countersOf({ plan }: Work) {
  if (plan.step !== 'book' && plan.step !== 'confirm') return [];
  const { kind, chip_sequence } = plan.step === 'book' ? plan.payment : plan.original;
  const { card_id, load_sequence, purchase_sequence } = plan.card;
  const before = kind === 'load' ? load_sequence : purchase_sequence;
  const least = Math.max(before, (chip_sequence ?? 0) + (plan.step === 'confirm' ? 1 : 0));
  if (least === before) return [];
  return [
    { card_id, load_sequence: kind === 'load' ? least : null, purchase_sequence: kind === 'purchase' ? least : null },
  ];
}
