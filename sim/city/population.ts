import type { HouseholdImport, PersonImport } from '../../src/core/registry/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import { addDays, ageOn, type IsoDay, later } from './calendar.ts';
import { districts, streets } from './data/places.ts';
import { type DemoKey, demoHouseholds } from './demo.ts';
import { citizenNumberMaker } from './identifiers.ts';
import { drawGivenName, drawSurname } from './naming.ts';
import { type Random, weighted } from './random.ts';
import { wordsOf } from './text-table.ts';

/** How a person lives off: decides which insurances they have had. */
export type Life = 'formal' | 'flexible' | 'resident' | 'laid_off' | 'uninsured';

/** A member of a household before birth and numbers are fixed. */
export type Draft = {
  readonly sex: 1 | 2;
  readonly age: number;
  /** To the head, GB/T 4761. */
  readonly relation: string;
  readonly surname: { readonly zh: string; readonly latin: string };
  readonly given?: { readonly zh: string; readonly latin: string };
  readonly life?: Life;
  readonly demo?: DemoKey;
};

/** A person and what only the simulation knows of them. */
export type Inhabitant = { readonly person: PersonImport; readonly life: Life; readonly demo: DemoKey | null };

const clamp = (value: number, from: number, through: number) => Math.min(Math.max(Math.round(value), from), through);

function man(random: Random, age: number, relation: string, surname = drawSurname(random)): Draft {
  return { sex: 1, age, relation, surname };
}
const woman = (random: Random, age: number, relation: string): Draft => ({
  sex: 2,
  age,
  relation,
  surname: drawSurname(random),
});

function couple(random: Random, from: number, through: number): [Draft, Draft] {
  const age = random.int(from, through);
  return [man(random, age, '01'), woman(random, clamp(age - 2 + 2 * random.bell(), Math.max(22, from - 4), 99), '12')];
}

/** A child of the couple, still at home: the mother was about 28, not under 20 or over 44. */
function child(random: Random, parents: readonly Draft[], older = 0): Draft[] {
  const [father, mother = father] = parents;
  if (!father || !mother) return [];
  const age = Math.round(mother.age - clamp(28 + 4 * random.bell(), 20, 44)) - older;
  const sex = random.chance(0.52) ? 1 : 2;
  return age < 0 || age > 27 ? [] : [{ sex, age, relation: sex === 1 ? '20' : '30', surname: father.surname }];
}

function grandparents(random: Random, father: Draft): Draft[] {
  const age = clamp(father.age + 26 + 3 * random.bell(), father.age + 20, 97);
  const both = [
    man(random, age, '51', father.surname),
    woman(random, clamp(age - 2 + 2 * random.bell(), 40, 97), '52'),
  ];
  return random.chance(0.55) ? both : [defined(both[random.chance(0.3) ? 0 : 1], 'one grandparent')];
}

const shapes: readonly { weight: number; make: (random: Random) => Draft[] }[] = [
  { weight: 10, make: (r) => [r.chance(0.55) ? man(r, r.int(20, 34), '01') : woman(r, r.int(20, 34), '01')] },
  { weight: 7, make: (r) => couple(r, 24, 36) },
  {
    weight: 26,
    make: (r) => {
      const parents = couple(r, 27, 52);
      return [...parents, ...child(r, parents)];
    },
  },
  {
    weight: 12,
    make: (r) => {
      const parents = couple(r, 29, 50);
      return [...parents, ...child(r, parents), ...child(r, parents, r.int(2, 5))];
    },
  },
  {
    weight: 3,
    make: (r) => {
      const mother = woman(r, r.int(27, 48), '01');
      return [mother, ...child(r, [mother])];
    },
  },
  {
    weight: 16,
    make: (r) => {
      const parents = couple(r, 28, 48);
      return [...parents, ...child(r, parents), ...grandparents(r, parents[0])];
    },
  },
  {
    weight: 15,
    make: (r) => {
      const parents = couple(r, 46, 62);
      return [...parents, ...child(r, parents)];
    },
  },
  { weight: 13, make: (r) => couple(r, 58, 84) },
  { weight: 5, make: (r) => [r.chance(0.35) ? man(r, r.int(62, 94), '01') : woman(r, r.int(62, 96), '01')] },
];

const drawShape = weighted(shapes, (shape) => shape.weight);
const drawDistrict = weighted(districts, (district) => district.share);
const drawLife = weighted<{ life: Life; weight: number }>(
  [
    { life: 'formal', weight: 61 },
    { life: 'flexible', weight: 10 },
    { life: 'resident', weight: 24 },
    { life: 'laid_off', weight: 3 },
    { life: 'uninsured', weight: 2 },
  ],
  ({ weight }) => weight,
);

/** Households until the city has at least `count` inhabitants; the demonstration households come first. */
export function makePopulation(random: Random, count: number, today: IsoDay, newId: () => string) {
  const citizenNumber = citizenNumberMaker();
  const households: HouseholdImport[] = [];
  const inhabitants: Inhabitant[] = [];
  const rowsOfStreets = streets.map(wordsOf);

  function settle(members: readonly Draft[]): void {
    const district = drawDistrict(random);
    const street = random.pick(defined(rowsOfStreets[districts.indexOf(district)], 'streets of the district'));
    const [house, room] = [random.int(1, 280), random.int(1, 18) * 100 + random.int(1, 4)];
    const home = {
      address_zh: `临澜市${district.zh}${street.zh}路${house}号${room}室`,
      address_en: `Room ${room}, ${house} ${street.latin} Road, ${district.en}, Linlan`,
    };
    const household_id = newId();
    const people = members.map((draft): Inhabitant => {
      const birth = birthOf(random, draft.age, today);
      const given = draft.given ?? drawGivenName(random, draft.sex, Number(birth.slice(0, 4)));
      const area = random.chance(0.85) ? district.code : drawDistrict(random).code;
      return {
        life: draft.life ?? drawLife(random).life,
        demo: draft.demo ?? null,
        person: {
          person_id: newId(),
          citizen_number: citizenNumber(area, birth, draft.sex),
          sex: draft.sex,
          birth,
          died_on: draft.demo ? demoDeath(draft.demo, today) : deathOf(random, birth, today),
          name: draft.surname.zh + given.zh,
          name_latin: `${draft.surname.latin} ${given.latin}`,
          household_id,
          relation: draft.relation,
          // No network gives out numbers that begin with 100.
          phone: draft.age < 12 ? null : `100${random.digits(8)}`,
          ...home,
        },
      };
    });
    const poor = members.some((draft) => draft.demo === 'poor');
    const head = defined(people[0], 'head').person;
    households.push({
      household_id,
      head_person_id: head.person_id,
      ...home,
      aid_class: poor ? 'subsistence' : random.chance(0.02) ? aidClass(random) : null,
    });
    inhabitants.push(...people);
  }

  demoHouseholds.forEach(settle);
  while (inhabitants.length < count) settle(drawShape(random).make(random));
  return { households, inhabitants };
}

const aidClass = (random: Random): HouseholdImport['aid_class'] =>
  random.pick(['subsistence', 'subsistence', 'near_subsistence', 'destitute'] as const);

function birthOf(random: Random, age: number, today: IsoDay): IsoDay {
  const latest = `${Number(today.slice(0, 4)) - age}${today.slice(4) === '-02-29' ? '-02-28' : today.slice(4)}`;
  return addDays(latest, -random.int(1, 364));
}

/** About one old person in thirty died in the last year and a half; few others did. */
function deathOf(random: Random, birth: IsoDay, today: IsoDay): IsoDay | null {
  const risk = 0.0005 + 0.08 * (ageOn(birth, today) / 100) ** 5;
  return random.chance(risk) ? later(birth, addDays(today, -random.int(2, 540))) : null;
}

const demoDeath = (demo: DemoKey, today: IsoDay): IsoDay | null => (demo === 'deceased' ? addDays(today, -40) : null);
