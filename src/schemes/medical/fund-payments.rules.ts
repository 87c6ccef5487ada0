import type { Fen } from '../../kernel/money.ts';
import type { MedicalInsurance } from './contract.ts';
import type { Settlement } from './facts.ts';

/** 基金支付类型 (fund_pay_type) of each layer; the pool and the layer above it have one fund per insurance. */
const payers = {
  '310': { pool: '310100', serious: '330100' },
  '390': { pool: '390100', serious: '390200' },
} as const;

export type FundPayment = { readonly fund_pay_type: string; readonly amount_fen: Fen };

/** Which fund pays what of a settlement (setldetail of the national interface); funds that pay nothing are left out. */
export function fundPayments(settled: Settlement, insurance: MedicalInsurance): readonly FundPayment[] {
  return [
    { fund_pay_type: payers[insurance].pool, amount_fen: settled.pool_fen },
    { fund_pay_type: payers[insurance].serious, amount_fen: settled.serious_fen },
    { fund_pay_type: '320100', amount_fen: settled.civil_servant_fen },
    { fund_pay_type: '610100', amount_fen: settled.aid_fen },
  ].filter(({ amount_fen }) => amount_fen > 0n);
}
