import type { City } from '../../../sim/city/index.ts';
import {
  importEmployers,
  importEnrolments,
  importHouseholds,
  importInstitutions,
  importPersons,
} from '../../core/registry/index.ts';
import type { Sql } from '../../platform/database/index.ts';

/** Enters the city's people, employers, institutions and enrolments; one transaction of the caller. */
export async function registerCity(sql: Sql, city: City, known_from: Temporal.Instant): Promise<void> {
  await importEmployers(sql, city.employers, known_from);
  await importInstitutions(sql, city.institutions, known_from);
  await importHouseholds(sql, city.households, known_from);
  await importPersons(sql, city.persons, known_from);
  await importEnrolments(sql, city.enrolments, known_from);
}
