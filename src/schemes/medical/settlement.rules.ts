import { because } from '../../core/policy/contract.ts';
import { assert } from '../../kernel/assert.ts';
import { type Decision, grant, type Reason, refuse } from '../../kernel/decision.ts';
import { add, type Fen, formatYuan, least, most, subtract, zero } from '../../kernel/money.ts';
import { billLine, billTotals } from './bill-line.rules.ts';
import type { Accumulators, ClaimFacts, LineSplit, Settlement } from './facts.ts';
import { civilServantSupplement, type LayerPayment, medicalAid, seriousBasis, seriousIllness } from './layers.rules.ts';
import type { SettlementPolicy } from './policy.ts';
import { inpatientPool, outpatientPool, type PoolPayment } from './pool.rules.ts';

type Layers = {
  readonly serious: LayerPayment;
  readonly civil_servant_fen: Fen;
  readonly aid: LayerPayment;
  readonly tilt: LayerPayment;
};

const nothing: LayerPayment = { basis_fen: zero, paid_fen: zero };
const noPool: PoolPayment = { deductible_fen: zero, pool_fen: zero, above_cap_fen: zero };

/**
 * Settles one bill (SI Law art. 28; order of the national interface): lines, deductible, pooled fund, the layers above
 * it, personal account, cash. The claim was found eligible before. A bill of nothing is refused.
 */
export function settlement(claim: ClaimFacts, p: SettlementPolicy): Decision<Settlement> {
  assert(p.pool.kind === claim.kind, 'the policy was looked up for this claim');
  const why: Reason[] = [];
  const lines = claim.lines.map((line) => billLine(line, p.rounding, p.catalogue, why));
  const bill = billTotals(lines);
  if (bill.total_fen === 0n) return refuse('medical.amount_zero', {}, p.catalogue);

  const pool = basicInsurance(bill, claim.accumulators, p, why);
  const layers = claim.kind === 'pharmacy' ? noLayers : layersAbove(claim, bill, pool, p, why);

  const aid = add(layers.aid.paid_fen, layers.tilt.paid_fen);
  const fund = add(pool.pool_fen, layers.serious.paid_fen, layers.civil_servant_fen, aid);
  const personal = subtract(bill.total_fen, fund);
  assert(fund <= bill.in_scope_fen + bill.first_pay_fen, 'no fund pays what the catalogue leaves to the patient');
  const account = personalAccount(claim, bill, personal, p, why);

  const settled: Settlement = {
    ...bill,
    deductible_fen: pool.deductible_fen,
    pool_fen: pool.pool_fen,
    serious_fen: layers.serious.paid_fen,
    civil_servant_fen: layers.civil_servant_fen,
    aid_fen: aid,
    tilt_fen: layers.tilt.paid_fen,
    fund_fen: fund,
    personal_fen: personal,
    account_fen: account,
    cash_fen: subtract(personal, account),
    lines,
    accumulators: accumulated(claim, bill, pool, layers),
  };
  assertIdentities(settled);
  return grant(settled, why);
}

function basicInsurance(bill: LineSplit, used: Accumulators, p: SettlementPolicy, why: Reason[]): PoolPayment {
  if (p.pool.kind === 'outpatient') return outpatientPool(bill.in_scope_fen, used, p.pool, p.rounding, why);
  if (p.pool.kind === 'inpatient') return inpatientPool(bill.in_scope_fen, used, p.pool, p.rounding, why);
  // A purchase at a pharmacy without an outside prescription is paid by account and cash only.
  return noPool;
}

const noLayers: Layers = { serious: nothing, civil_servant_fen: zero, aid: nothing, tilt: nothing };

/** The layers one after the other; each looks at what the ones before it left of the cost in scope. */
function layersAbove(
  claim: ClaimFacts,
  bill: LineSplit,
  pool: PoolPayment,
  p: SettlementPolicy,
  why: Reason[],
): Layers {
  const { layers, rounding } = p;
  const used = claim.accumulators;
  const counts = claim.kind === 'inpatient' || layers.serious.counts_outpatient.value;
  const basis = counts ? seriousBasis(bill, pool, layers.serious.basis.value) : zero;
  const serious = seriousIllness(basis, used, layers.serious, rounding, why);

  // Where the serious-illness layer also covers first-pay, it may pay more than the rest in scope.
  let remaining = most(zero, subtract(bill.in_scope_fen, add(pool.pool_fen, serious.paid_fen)));
  const civil = claim.civil_servant ? civilServantSupplement(remaining, layers.civil_servant, rounding, why) : zero;
  if (claim.need === 'none') return { ...noLayers, serious, civil_servant_fen: civil };

  remaining = subtract(remaining, civil);
  const aidUsed = { basis_fen: used.aid_basis_fen, paid_fen: used.aid_paid_fen };
  const aid = medicalAid(remaining, aidUsed, layers.aid, 'aid', rounding, why);
  remaining = subtract(remaining, aid.paid_fen);
  const tiltUsed = { basis_fen: used.tilt_basis_fen, paid_fen: used.tilt_paid_fen };
  const tilt = medicalAid(remaining, tiltUsed, layers.tilt, 'tilt', rounding, why);
  return { serious, civil_servant_fen: civil, aid, tilt };
}

/** What the personal account pays of the person's part, within its balance and its scope. */
function personalAccount(claim: ClaimFacts, bill: LineSplit, personal: Fen, p: SettlementPolicy, why: Reason[]): Fen {
  if (!claim.use_account) return zero;
  const { covers } = p.account;
  const excluded = covers.value === 'all' ? zero : add(bill.full_own_fen, bill.over_limit_fen);
  const payable = subtract(personal, excluded);
  const account = least(payable, claim.account_available_fen);
  const inputs = { payable: formatYuan(payable), available: formatYuan(claim.account_available_fen) };
  why.push(because(`account.${covers.value}`, covers, inputs, { account: formatYuan(account) }));
  return account;
}

function accumulated(claim: ClaimFacts, bill: LineSplit, pool: PoolPayment, layers: Layers): Accumulators {
  const used = claim.accumulators;
  const outpatient = claim.kind === 'outpatient' ? pool : noPool;
  const inpatient = claim.kind === 'inpatient' ? pool : noPool;
  return {
    outpatient_deductible_paid_fen: add(used.outpatient_deductible_paid_fen, outpatient.deductible_fen),
    outpatient_pool_paid_fen: add(used.outpatient_pool_paid_fen, outpatient.pool_fen),
    admissions: used.admissions + (claim.kind === 'inpatient' ? 1 : 0),
    inpatient_in_scope_fen: add(used.inpatient_in_scope_fen, claim.kind === 'inpatient' ? bill.in_scope_fen : zero),
    inpatient_pool_paid_fen: add(used.inpatient_pool_paid_fen, inpatient.pool_fen),
    serious_basis_fen: add(used.serious_basis_fen, layers.serious.basis_fen),
    serious_paid_fen: add(used.serious_paid_fen, layers.serious.paid_fen),
    aid_basis_fen: add(used.aid_basis_fen, layers.aid.basis_fen),
    aid_paid_fen: add(used.aid_paid_fen, layers.aid.paid_fen),
    tilt_basis_fen: add(used.tilt_basis_fen, layers.tilt.basis_fen),
    tilt_paid_fen: add(used.tilt_paid_fen, layers.tilt.paid_fen),
  };
}

/** The identities of the national interface, and that no layer is negative. */
function assertIdentities(s: Settlement): void {
  assert(s.total_fen === s.full_own_fen + s.over_limit_fen + s.first_pay_fen + s.in_scope_fen, 'parts of the bill');
  assert(s.fund_fen === s.pool_fen + s.serious_fen + s.civil_servant_fen + s.aid_fen, 'parts of the fund');
  assert(s.fund_fen + s.personal_fen === s.total_fen, 'fund + personal = total');
  assert(s.account_fen + s.cash_fen === s.personal_fen, 'account + cash = personal');
  assert(s.deductible_fen + s.pool_fen <= s.in_scope_fen, 'basic insurance stays in scope');
  const parts = [s.deductible_fen, s.pool_fen, s.serious_fen, s.civil_servant_fen, s.aid_fen, s.tilt_fen];
  for (const part of [...parts, s.personal_fen, s.account_fen, s.cash_fen]) assert(part >= 0n, 'no part is negative');
}
