import type { EmployerImport } from '../../src/core/registry/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import { makeAccounts, makeFunds } from './balances.ts';
import type { IsoDay } from './calendar.ts';
import { makeCards } from './cards.ts';
import { makeDepartments, makeDoctors, makeInstitutions, makeTerminals } from './care.ts';
import { headcounts, makeEnrolments } from './careers.ts';
import { makeCatalogue, makeDiagnoses } from './catalogue.ts';
import { makeChronicRegistrations } from './chronic.ts';
import { area, banks, districts } from './data/places.ts';
import { demoCases } from './demo.ts';
import { makeWorkplaces, sizeOf, type Workplace } from './employers.ts';
import { idMaker } from './identifiers.ts';
import type { City, CityCard, DemoPerson } from './model.ts';
import { type Inhabitant, makePopulation } from './population.ts';
import { Random } from './random.ts';

export type CityPlan = {
  readonly seed: string;
  readonly today: IsoDay;
  /** At least so many; the last household is not cut. */
  readonly persons?: number;
  readonly employers?: number;
  readonly pharmacies?: number;
};

/** Builds the city: the same plan gives the same city, to the last digit. */
export function makeCity({ seed, today, persons = 20_000, employers = 800, pharmacies = 40 }: CityPlan): City {
  const random = new Random(seed);
  const newId = idMaker(random.fork('ids'), today);
  const { households, inhabitants } = makePopulation(random.fork('population'), persons, today, newId);
  const workplaces = makeWorkplaces(random.fork('employers'), employers, newId);
  const enrolments = makeEnrolments(random.fork('careers'), inhabitants, workplaces, today, newId);
  const institutions = makeInstitutions(random.fork('institutions'), pharmacies, today, newId);
  const departments = makeDepartments(institutions);
  const cards = makeCards(random.fork('cards'), inhabitants, today);
  const dead = new Set(inhabitants.filter(({ person }) => person.died_on).map(({ person }) => person.person_id));
  const accounts = makeAccounts(random.fork('accounts'), enrolments, dead, today);
  const catalogue = makeCatalogue();
  return {
    seed,
    today,
    area,
    districts: districts.map(({ code, zh, en }) => ({ code, zh, en })),
    banks,
    households,
    persons: inhabitants.map(({ person }) => person),
    employers: withSizes(workplaces, headcounts(enrolments, today)),
    institutions,
    departments,
    doctors: makeDoctors(random.fork('doctors'), institutions, departments),
    enrolments,
    cards,
    terminals: makeTerminals(institutions),
    catalogue,
    diagnoses: makeDiagnoses(),
    chronic: makeChronicRegistrations(random.fork('chronic'), inhabitants, today),
    accounts,
    funds: makeFunds(enrolments, accounts, today),
    demo: demoPersons(inhabitants, cards),
  };
}

const withSizes = (workplaces: readonly Workplace[], counts: ReadonlyMap<string, number>): EmployerImport[] =>
  workplaces.map(({ employer }) => ({ ...employer, size: sizeOf(counts.get(employer.employer_id) ?? 0) }));

const demoPersons = (inhabitants: readonly Inhabitant[], cards: readonly CityCard[]): DemoPerson[] =>
  inhabitants.flatMap(({ person, demo }, i) =>
    demo
      ? {
          key: demo,
          person_id: person.person_id,
          card_number: defined(cards[i], 'card').card_number,
          name: person.name,
          name_latin: person.name_latin,
          ...demoCases[demo],
        }
      : [],
  );
