import { maskNumber } from '../../kernel/identifiers.ts';
import type { EmployerJson, EnrolmentJson, InstitutionJson, LifeEventJson, PersonJson } from './contract.ts';
import type { LifeEvent } from './lifeline.ts';
import type { Employer, Enrolment, Institution, Person } from './model.ts';

/** Clear numbers only for those whom a route has allowed to see them. */
export type Numbers = 'masked' | 'clear';

export const personJson = (person: Person, numbers: Numbers = 'masked'): PersonJson => ({
  ...person,
  citizen_number: numbers === 'clear' ? person.citizen_number : maskNumber(person.citizen_number),
  phone: person.phone && (numbers === 'clear' ? person.phone : maskNumber(person.phone, 3, 4)),
  birth: person.birth.toString(),
  died_on: person.died_on?.toString() ?? null,
});

/** An employer's credit code is public (企业信用信息公示). */
export const employerJson = (employer: Employer): EmployerJson => ({ ...employer });

export const institutionJson = (institution: Institution): InstitutionJson => ({
  ...institution,
  designated_from: institution.designated_from.toString(),
  designated_through: institution.designated_through?.toString() ?? null,
});

export const enrolmentJson = (enrolment: Enrolment): EnrolmentJson => ({
  ...enrolment,
  wage_fen: enrolment.wage_fen?.toString() ?? null,
  from: enrolment.from.toString(),
  through: enrolment.through?.toString() ?? null,
  known_from: enrolment.known_from.toString(),
  known_through: enrolment.known_through?.toString() ?? null,
});

export const lifeEventJson = (event: LifeEvent): LifeEventJson => ({ ...event, day: event.day.toString() });
