/**
 * Settlements a second in process: the whole rule on a bill of ten lines with every reason, law looked up each time;
 * beside the same bill's bare arithmetic (line split, deductible, one share) as the limit, in the same run.
 */
import { join, resolve } from 'node:path';
import { loadPolicy, lookup } from '../src/core/policy/index.ts';
import { extend, fen, least, price, quantity, rate, share, zero } from '../src/kernel/money.ts';
import { day } from '../src/kernel/time.ts';
import { type ClaimFacts, type LineFacts, noneUsed } from '../src/schemes/medical/facts.ts';
import { policyQuestion, settlementPolicy } from '../src/schemes/medical/policy.ts';
import { settlement } from '../src/schemes/medical/settlement.rules.ts';

const [rounds = 20_000] = process.argv.slice(2).map(Number);
const settled_day = day('2026-06-15');
const lines = Array.from(
  { length: 10 },
  (_, i): LineFacts => ({
    item_code: `I${i}`,
    name_zh: `项目 ${i}`,
    name_en: `item ${i}`,
    class: (['A', 'B', 'A', 'C', 'B'] as const)[i % 5] ?? 'A',
    price: price(String(12.5 + i * 3)),
    quantity: quantity('2'),
    ceiling: i % 3 === 0 ? price('15') : null,
    first_pay: i % 5 === 1 || i % 5 === 4 ? rate('10%') : rate('0%'),
    outside_restriction: false,
  }),
);
const claim: ClaimFacts = {
  kind: 'outpatient',
  settled_day,
  insurance: '310',
  status: 'in_service',
  level: 2,
  need: 'none',
  civil_servant: false,
  lines,
  accumulators: noneUsed,
  use_account: true,
  account_available_fen: fen(100_000),
};

const policy = loadPolicy(join(resolve(import.meta.dirname, '..'), 'policy'));

function whole(): bigint {
  const law = lookup(policy, settled_day, '990100');
  const decision = settlement(claim, settlementPolicy(law, policyQuestion(claim)));
  if (!decision.granted) throw new Error(decision.refusal.code);
  return decision.value.cash_fen;
}

function bare(): bigint {
  let in_scope = zero;
  for (const line of lines) {
    const paid = line.ceiling !== null && line.price > line.ceiling ? line.ceiling : line.price;
    const total = extend(paid, line.quantity, 'half-up');
    if (line.class !== 'C') in_scope = fen(in_scope + total - share(total, line.first_pay, 'half-up'));
  }
  return share(fen(in_scope - least(in_scope, fen(40_000))), rate('60%'), 'half-up');
}

function perSecond(work: () => bigint): number {
  for (let i = 0; i < rounds / 10; i++) work();
  const begun = performance.now();
  let sum = 0n;
  for (let i = 0; i < rounds; i++) sum += work();
  const seconds = (performance.now() - begun) / 1000;
  if (sum < 0n) throw new Error('a negative sum');
  return rounds / seconds;
}

const settlements_per_s = Math.round(perSecond(whole));
const bare_per_s = Math.round(perSecond(bare));
console.log(
  JSON.stringify({
    what: 'settlements of ten lines with all reasons',
    settlements_per_s,
    bare_per_s,
    ratio: Number((settlements_per_s / bare_per_s).toFixed(3)),
  }),
);
