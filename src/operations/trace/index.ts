export { keepChipLog } from './chip-log.ts';
export type { ReasonsOf } from './decision.ts';
export { findTraces } from './lookup.ts';
export { traceRoutes } from './routes.ts';
export { traceOf } from './trace.ts';
