export type { IsoDay } from './calendar.ts';
export { type CityPlan, makeCity } from './city.ts';
export { type DemoKey, demoCases } from './demo.ts';
export type {
  Bank,
  CatalogueItem,
  ChronicRegistration,
  City,
  CityCard,
  CityTerminal,
  DemoPerson,
  Department,
  Diagnosis,
  Doctor,
  ItemKind,
  OpeningBalance,
  PersonalAccount,
  Restriction,
} from './model.ts';
export { Random, weighted } from './random.ts';
