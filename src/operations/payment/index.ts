export { type AuthorisePorts, authorise } from './authorise.ts';
export { cardTerminalNumber, hostProofKey } from './chip-terms.ts';
export type { PaymentRequest } from './facts.ts';
export { findPayments, paymentDetail, pendingSettlement } from './payments.ts';
export { personAccount } from './person-account.ts';
export { paymentRoutes } from './routes.ts';
export { medicalSettlements, type Settlements } from './settlements.ts';
