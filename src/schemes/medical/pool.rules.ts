import { because, type Figure } from '../../core/policy/contract.ts';
import type { Reason } from '../../kernel/decision.ts';
import {
  divide,
  type Fen,
  formatRate,
  formatYuan,
  least,
  type Rounding,
  share,
  subtract,
  zero,
} from '../../kernel/money.ts';
import type { Accumulators } from './facts.ts';
import type { InpatientPolicy, OutpatientPolicy } from './policy.ts';
import { segments } from './segments.rules.ts';

/** What basic insurance pays for the cost in scope of one bill. */
export type PoolPayment = {
  readonly deductible_fen: Fen;
  readonly pool_fen: Fen;
  /** Cost in scope that the fund left only because its cap was reached. */
  readonly above_cap_fen: Fen;
};

/** Outpatient pooling (门诊共济): what is left of the year's deductible, then a share, up to the year's cap. */
export function outpatientPool(
  inScope: Fen,
  used: Accumulators,
  p: OutpatientPolicy,
  rounding: Rounding,
  why: Reason[],
): PoolPayment {
  const paidBefore = used.outpatient_deductible_paid_fen;
  const left = floored(subtract(p.deductible.value, paidBefore));
  const deductible = least(left, inScope);
  const inputs = { in_scope: formatYuan(inScope), paid_before: formatYuan(paidBefore) };
  why.push(because('outpatient.deductible', p.deductible, inputs, { deductible: formatYuan(deductible) }));

  const above = subtract(inScope, deductible);
  const uncapped = share(above, p.share.value, rounding);
  why.push(because('outpatient.share', p.share, { above: formatYuan(above) }, { pool: formatYuan(uncapped) }));

  const pool = capped(uncapped, used.outpatient_pool_paid_fen, p.cap, 'outpatient.cap', why);
  return { deductible_fen: deductible, pool_fen: pool, above_cap_fen: zero };
}

/** Inpatient pooling: the stay's deductible, then shares by segment, up to the year's cap. */
export function inpatientPool(
  inScope: Fen,
  used: Accumulators,
  p: InpatientPolicy,
  rounding: Rounding,
  why: Reason[],
): PoolPayment {
  const deductible = least(p.deductible.value, inScope);
  const stays = { in_scope: formatYuan(inScope), admission: used.admissions + 1 };
  why.push(because('inpatient.deductible', p.deductible, stays, { deductible: formatYuan(deductible) }));

  const stretch = inpatientStretch(inScope, deductible, used, p);
  why.push(
    because(
      `inpatient.${p.measured.value}`,
      p.measured,
      {},
      { after: formatYuan(stretch.after_fen), through: formatYuan(stretch.through_fen) },
    ),
  );

  let room = p.cap.value === null ? null : floored(subtract(p.cap.value, used.inpatient_pool_paid_fen));
  let pool = zero;
  let uncapped = zero;
  let aboveCap = zero;
  for (const segment of segments(stretch, p.share.value, rounding)) {
    why.push(
      because(
        segment.up_to_fen === null ? 'inpatient.last_segment' : 'inpatient.segment',
        p.share,
        {
          above: formatYuan(segment.above_fen),
          up_to: segment.up_to_fen === null ? null : formatYuan(segment.up_to_fen),
          amount: formatYuan(segment.amount_fen),
          share: formatRate(segment.share),
        },
        { pool: formatYuan(segment.paid_fen) },
      ),
    );
    uncapped = (uncapped + segment.paid_fen) as Fen;
    const paid = room === null ? segment.paid_fen : least(room, segment.paid_fen);
    if (paid < segment.paid_fen) {
      // The cost that the rest of the cap still covers; the remainder goes to the layer above.
      const covered = least(divide(paid * 1_000_000n, segment.share, 'up') as Fen, segment.amount_fen);
      aboveCap = (aboveCap + segment.amount_fen - covered) as Fen;
    }
    pool = (pool + paid) as Fen;
    if (room !== null) room = subtract(room, paid);
  }
  if (pool < uncapped) {
    const inputs = { uncapped: formatYuan(uncapped), paid_before: formatYuan(used.inpatient_pool_paid_fen) };
    why.push(because('inpatient.cap', p.cap, inputs, { pool: formatYuan(pool), above_cap: formatYuan(aboveCap) }));
  }
  return { deductible_fen: deductible, pool_fen: pool, above_cap_fen: aboveCap };
}

/** Where on the scale the cost above the deductible lies: regions measure differently, so a parameter says which way. */
function inpatientStretch(inScope: Fen, deductible: Fen, used: Accumulators, p: InpatientPolicy) {
  const before = p.measured.value === 'year_in_scope' ? used.inpatient_in_scope_fen : zero;
  if (p.measured.value === 'visit_above_deductible')
    return { after_fen: zero, through_fen: subtract(inScope, deductible) };
  return { after_fen: (before + deductible) as Fen, through_fen: (before + inScope) as Fen };
}

/** What a yearly cap leaves of a payment. Says so only when it cuts. */
export function capped(amount: Fen, paidBefore: Fen, cap: Figure<Fen | null>, step: string, why: Reason[]): Fen {
  if (cap.value === null) return amount;
  const paid = least(amount, floored(subtract(cap.value, paidBefore)));
  if (paid < amount) {
    const inputs = { uncapped: formatYuan(amount), paid_before: formatYuan(paidBefore) };
    why.push(because(step, cap, inputs, { paid: formatYuan(paid) }));
  }
  return paid;
}

/** Not below zero: a limit lowered during the year may lie under what was used already. */
const floored = (amount: Fen): Fen => (amount < 0n ? zero : amount);
