import { assert } from '../../kernel/assert.ts';
import type { Law, Reason } from '../../kernel/decision.ts';
import {
  extend,
  type Fen,
  formatDecimal,
  formatRate,
  formatYuan,
  type Price,
  type Rounding,
  share,
  subtract,
  zero,
} from '../../kernel/money.ts';
import type { LineFacts, LineSplit } from './facts.ts';

/**
 * Splits one line of a bill by the catalogue, in the order of the national interface: price ceiling, class, first-pay.
 * What is not in the catalogue (丙) or used outside its restriction is wholly the patient's own, whatever its ceiling.
 * Appends one reason to `why`.
 */
export function billLine(line: LineFacts, rounding: Rounding, catalogue: Law, why: Reason[]): LineSplit {
  assert(line.price >= 0n && line.quantity > 0n, 'lines are checked by eligibility first');
  const total = extend(line.price, line.quantity, rounding);
  if (line.outside_restriction || line.class === 'C') {
    const step = line.outside_restriction ? 'line.outside_restriction' : 'line.class_c';
    why.push(lineReason(step, catalogue, line, total, { own: formatYuan(total) }));
    return { total_fen: total, full_own_fen: total, over_limit_fen: zero, first_pay_fen: zero, in_scope_fen: zero };
  }

  const over = overLimit(line, total, rounding);
  const priced = subtract(total, over);
  const first = line.class === 'B' ? share(priced, line.first_pay, rounding) : zero;
  const inScope = subtract(priced, first);
  assert(over >= 0n && first >= 0n && inScope >= 0n, 'no part of a line is negative');

  const result = { over_limit: formatYuan(over), first_pay: formatYuan(first), in_scope: formatYuan(inScope) };
  const step = over > 0n ? 'line.above_ceiling' : line.class === 'B' ? 'line.class_b' : 'line.class_a';
  why.push(lineReason(step, catalogue, line, total, result));
  return { total_fen: total, full_own_fen: zero, over_limit_fen: over, first_pay_fen: first, in_scope_fen: inScope };
}

function overLimit(line: LineFacts, total: Fen, rounding: Rounding): Fen {
  if (line.ceiling === null || line.price <= line.ceiling) return zero;
  return subtract(total, extend(line.ceiling, line.quantity, rounding));
}

const priceText = (price: Price): string => formatDecimal(price, 6, 2);

function lineReason(step: string, law: Law, line: LineFacts, total: Fen, result: Reason['result']): Reason {
  const inputs = {
    item: line.name_zh,
    item_en: line.name_en,
    price: priceText(line.price),
    quantity: formatDecimal(line.quantity, 4),
    total: formatYuan(total),
    ceiling: line.ceiling === null ? null : priceText(line.ceiling),
    first_pay_share: formatRate(line.class === 'B' ? line.first_pay : (0n as typeof line.first_pay)),
  };
  return { step, law, inputs, result };
}

/** The bill: the lines added up, amount by amount. */
export function billTotals(lines: readonly LineSplit[]): LineSplit {
  let total = 0n;
  let fullOwn = 0n;
  let overLimitSum = 0n;
  let firstPay = 0n;
  let inScope = 0n;
  for (const line of lines) {
    total += line.total_fen;
    fullOwn += line.full_own_fen;
    overLimitSum += line.over_limit_fen;
    firstPay += line.first_pay_fen;
    inScope += line.in_scope_fen;
  }
  assert(total === fullOwn + overLimitSum + firstPay + inScope, 'the parts of a bill add up to its total');
  return {
    total_fen: total as Fen,
    full_own_fen: fullOwn as Fen,
    over_limit_fen: overLimitSum as Fen,
    first_pay_fen: firstPay as Fen,
    in_scope_fen: inScope as Fen,
  };
}
