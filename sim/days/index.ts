export type { Api } from './api.ts';
export { type DayPlan, type DayReport, playDay } from './day.ts';
export { cityPin, drawErrand, type Errand } from './errand.ts';
export { type Ending, playVisit, type Scene } from './visit.ts';
export { type Counter, countersOf, openWorld, type SignIn, type World } from './world.ts';
