export { type AccumulatorKey, readAccumulators, rebuildAccumulators } from './accumulator.store.ts';
export { type CatalogueEntry, type DiagnosisEntry, importCatalogue, importDiagnoses } from './catalogue.store.ts';
export type { AccountsOf } from './claim.store.ts';
export {
  type CardPayment,
  type Completed,
  completeSettlements,
  type Reversal,
  reopenSettlements,
} from './completion.commands.ts';
export type { Ground } from './deciding.ts';
export { accountsTouched, bookOf } from './journals.ts';
export type { HolderOf } from './patient.store.ts';
export { type MedicalDeps, medicalRoutes } from './routes.ts';
export { cancelSettlement, payByCash, previewSettlement, settle } from './settlement.commands.ts';
export { reasonsOf } from './settlement.store.ts';
export {
  type Actor,
  cancelVisit,
  type NewBill,
  registerVisit,
  replaceLines,
  type VisitRegistration,
} from './visit.commands.ts';
