export { employer, type NewEmployer, registerEmployer } from './employers.ts';
export {
  type Correction,
  correctEnrolment,
  endEnrolment,
  enrol,
  enrolmentsOf,
  insuredOn,
  type NewEnrolment,
} from './enrolments.ts';
export { type NewHousehold, registerHousehold } from './households.ts';
export {
  type EmployerImport,
  type EnrolmentImport,
  type HouseholdImport,
  type InstitutionImport,
  importEmployers,
  importEnrolments,
  importHouseholds,
  importInstitutions,
  importPersons,
  type PersonImport,
} from './imports.ts';
export { type InstitutionCode, parseInstitutionCode } from './institution.rules.ts';
export { institutionOn, type NewInstitution, registerInstitution } from './institutions.ts';
export { type LifeEvent, lifeline } from './lifeline.ts';
export type {
  Employer,
  EmployerId,
  Enrolment,
  EnrolmentId,
  HouseholdId,
  Institution,
  InstitutionId,
  Particulars,
  Person,
  PersonId,
} from './model.ts';
export { findPersons, type PersonPage, type PersonQuery } from './person-search.ts';
export {
  type Birth,
  changeParticulars,
  type NewPerson,
  person,
  recordBirth,
  recordDeath,
  registerPerson,
} from './persons.ts';
export { employerJson, enrolmentJson, institutionJson, type Numbers, personJson } from './presentation.ts';
export { registryRoutes } from './routes.ts';
