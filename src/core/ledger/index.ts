export { closeThrough } from './closing.ts';
export { exportHledger } from './hledger.ts';
export { capture, type HoldRequest, type HoldResult, hold, type ReleaseResult, release } from './holds.ts';
export { firstOpenDay, openDayAfter } from './open-day.ts';
export { type AccountOpening, openAccounts } from './opening.ts';
export { post } from './post.ts';
export { balances, statement, trialBalance } from './reading.ts';
export { type ReversalRequest, reversalDrafts, reverse } from './reversal.ts';
export { type LedgerFault, type Link, type VerificationReport, verify } from './verification.ts';
