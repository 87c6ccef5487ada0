import type { Fact } from '../../kernel/decision.ts';
import type { LedgerRefusal, LedgerRefusalCode } from './contract.ts';

/** No clause of the law stands behind a refusal of the ledger: double entry is the reason. */
export const ledgerRefusal = (code: LedgerRefusalCode, detail: Readonly<Record<string, Fact>>): LedgerRefusal => ({
  code,
  law: null,
  detail,
});
