import type { EnrolmentImport } from '../../src/core/registry/index.ts';
import { type Fen, fen } from '../../src/kernel/money.ts';
import { addDays, firstOf, type IsoDay, lastOf, later, type MonthNumber, monthNumber, yearOf } from './calendar.ts';
import type { Workplace } from './employers.ts';
import type { Inhabitant } from './population.ts';
import { type Random, weighted } from './random.ts';

/** A stretch of life with one answer to "what are you insured for"; days, both included. */
type Spell = { from: IsoDay; through: IsoDay | null } & (
  | { kind: 'job'; workplace: Workplace | null; wage_fen: Fen }
  | { kind: 'retired' | 'resident' }
);

type Insurance = EnrolmentImport['insurance'];

/** Since when the city holds records of each insurance; for 210 and 410 those before the Social Insurance Law are on paper. */
const began: Readonly<Record<Insurance, IsoDay>> = {
  '110': '1998-01-01',
  '210': '2011-07-01',
  '310': '2001-01-01',
  '390': '2008-01-01',
  '410': '2011-07-01',
};

const averageWageYuan = 8_200;
const wageGrowth = 1.06;

/** Every insured span of every inhabitant, oldest first for each. */
export function makeEnrolments(
  random: Random,
  inhabitants: readonly Inhabitant[],
  workplaces: readonly Workplace[],
  today: IsoDay,
  newId: () => string,
): EnrolmentImport[] {
  const hire = weighted(workplaces, (workplace) => workplace.weight);
  return inhabitants.flatMap((inhabitant) => {
    const { person_id, died_on } = inhabitant.person;
    return spellsOf(random, inhabitant, today, hire)
      .flatMap((spell) => enrolmentsOf(spell, died_on))
      .map((enrolment) => ({ enrolment_id: newId(), person_id, ...enrolment }));
  });
}

function enrolmentsOf(spell: Spell, died_on: IsoDay | null): Omit<EnrolmentImport, 'enrolment_id' | 'person_id'>[] {
  const through = died_on && (spell.through === null || died_on < spell.through) ? died_on : spell.through;
  return insurancesOf(spell).flatMap((insurance) => {
    const from = later(spell.from, began[insurance]);
    if (through && through < from) return [];
    return {
      insurance,
      status: spell.kind === 'job' ? 'in_service' : spell.kind,
      employer_id: spell.kind === 'job' ? (spell.workplace?.employer.employer_id ?? null) : null,
      wage_fen: spell.kind === 'job' ? spell.wage_fen : null,
      from,
      through,
    };
  });
}

/** Flexible workers insure pension and medical only. */
function insurancesOf(spell: Spell): readonly Insurance[] {
  if (spell.kind !== 'job') return spell.kind === 'retired' ? ['110', '310'] : ['390'];
  return spell.workplace ? ['110', '210', '310', '410'] : ['110', '310'];
}

function spellsOf(
  random: Random,
  { person, life, demo }: Inhabitant,
  today: IsoDay,
  hire: (random: Random) => Workplace,
) {
  if (life === 'uninsured') return [];
  const birthMonth = monthNumber(person.birth);
  const firstJob = birthMonth + random.int(18 * 12 + 6, 24 * 12);
  const now = monthNumber(today);
  if (life === 'resident' || firstJob > now) return residentSpells(random, person.birth, today, firstJob > now);
  const retirement = retirementMonth(random, birthMonth, person.sex);
  const spells: Spell[] = [
    { kind: 'resident', from: person.birth, through: addDays(firstOf(firstJob), -1) },
    ...jobs(random, firstJob, {
      retirement,
      now,
      hire: life === 'flexible' ? null : hire,
      // People of the demonstration earn what the city earns and are never between two jobs.
      skill: demo ? 1 : Math.exp(0.4 * random.bell()),
      gap: () => (demo ? 0 : drawGap(random)),
    }),
  ];
  if (retirement <= now) spells.push({ kind: 'retired', from: firstOf(retirement), through: null });
  // Insured through the last month of work; uninsured since.
  else if (life === 'laid_off') layOff(spells, lastOf(now - (demo ? 1 : random.int(1, 14))));
  return spells;
}

function layOff(spells: Spell[], through: IsoDay): void {
  const job = spells.at(-1);
  if (job?.kind !== 'job') return;
  if (job.from <= through) job.through = through;
  else spells.pop();
}

/** Residents insure by the year; a few leave a year out, and so have to wait when they come back. */
function residentSpells(random: Random, birth: IsoDay, today: IsoDay, young: boolean): Spell[] {
  const from = later(birth, began['390']);
  const missed = Number(today.slice(0, 4)) - random.int(1, 6);
  if (young || from >= `${missed}-01-01` || !random.chance(0.08)) return [{ kind: 'resident', from, through: null }];
  return [
    { kind: 'resident', from, through: `${missed - 1}-12-31` },
    { kind: 'resident', from: `${missed + 1}-01-01`, through: null },
  ];
}

type Career = {
  readonly retirement: MonthNumber;
  readonly now: MonthNumber;
  /** Who employs; null for those who work for themselves. */
  readonly hire: ((random: Random) => Workplace) | null;
  /** Wage compared with others in the same place, 1 = average. */
  readonly skill: number;
  /** Months between two jobs. */
  readonly gap: () => number;
};

/** Job after job, with gaps between them, until retirement; the last is open for those who still work. */
function jobs(random: Random, start: MonthNumber, { retirement, now, hire, skill, gap }: Career): Spell[] {
  const spells: Spell[] = [];
  for (let at = start; at < retirement && at <= now; ) {
    const length = Math.ceil(-Math.log(1 - random.next()) * (hire ? 110 : 160)) + 2;
    const last = Math.min(at + length, retirement) - 1;
    const workplace = hire ? hire(random) : null;
    spells.push({
      kind: 'job',
      workplace,
      wage_fen: wageOf(Math.min(last, now), now, (skill * (workplace?.pay ?? 65)) / 100),
      from: firstOf(at),
      through: last >= now ? null : lastOf(last),
    });
    at = last + 1 + gap();
  }
  return spells;
}

const drawGap = (random: Random): number =>
  random.chance(0.6) ? 0 : random.chance(0.5) ? random.int(1, 2) : random.int(3, 10);

/** Whole yuan; the wage at the end of the job, in the money of that year. */
function wageOf(month: MonthNumber, now: MonthNumber, level: number): Fen {
  const yuan = averageWageYuan * level * wageGrowth ** (yearOf(month) - yearOf(now));
  return fen(Math.max(Math.round(yuan), 900) * 100);
}

/** First month in retirement: 60 for men, 55 or 50 for women, and later by steps from 2025 on (渐进式延迟). */
function retirementMonth(random: Random, birth: MonthNumber, sex: 1 | 2): MonthNumber {
  const age = sex === 1 ? 60 : random.chance(0.4) ? 55 : 50;
  const before = birth + age * 12;
  const since2025 = before - 2025 * 12;
  const delay = since2025 < 0 ? 0 : Math.min(Math.floor(since2025 / (age === 50 ? 2 : 4)) + 1, age === 50 ? 60 : 36);
  return before + delay + 1;
}

/** Who works where today. */
export function headcounts(enrolments: readonly EnrolmentImport[], today: IsoDay): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { insurance, employer_id, from, through } of enrolments) {
    if (insurance !== '110' || !employer_id || from > today || (through && through < today)) continue;
    counts.set(employer_id, (counts.get(employer_id) ?? 0) + 1);
  }
  return counts;
}

/** Spans of an insurance that hold on a day. */
export const validOn = (enrolment: EnrolmentImport, date: IsoDay): boolean =>
  enrolment.from <= date && (enrolment.through === null || date <= enrolment.through);
