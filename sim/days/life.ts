import type { PersonJson } from '../../src/core/registry/contract.ts';
import { citizenCheck } from '../../src/kernel/identifiers.ts';
import type { Bill, ReceiptAnswers } from '../../src/schemes/contributions/contract.ts';
import type { IsoDay, Random } from '../city/index.ts';
import { type Api, everyItem, refusalCode } from './api.ts';

/** What a day brought beside visits. */
export type LifeReport = {
  readonly births: number;
  readonly deaths: number;
  /** Employers whose contributions of the month were booked today. */
  readonly employers_paid: number;
};

/** Out of so many people looked at, one has a child or dies in a played day. */
const births_a_day = 1;
const deaths_a_day = 1;
const motherly = { from: 22, through: 38 } as const;
const old = 75;
/** The agency looks people up by the first character of a name; some find many. */
const beginnings = ['王', '李', '张', '刘', '陈', '杨', '周', '吴'] as const;

const yearsBetween = (birth: string, day: IsoDay): number => Number(day.slice(0, 4)) - Number(birth.slice(0, 4));

/** Births and deaths as the agency enters them. */
export async function playLife(
  agency: Api,
  random: Random,
  day: IsoDay,
): Promise<Pick<LifeReport, 'births' | 'deaths'>> {
  const name = random.pick(beginnings);
  const { persons } = await agency.get<{ persons: PersonJson[] }>(`/api/persons?query=${encodeURIComponent(name)}`);
  const living = persons.filter(({ died_on }) => died_on === null);
  const mothers = living.filter(({ sex, birth }) => {
    const age = yearsBetween(birth, day);
    return sex === 2 && age >= motherly.from && age <= motherly.through;
  });
  const aged = living.filter(({ birth }) => yearsBetween(birth, day) >= old);
  let births = 0;
  for (const mother of mothers.slice(0, births_a_day)) {
    const sequence = String(random.int(500, 999));
    const first17 = `990101${day.replaceAll('-', '')}${sequence}`;
    const child = {
      citizen_number: first17 + citizenCheck(first17),
      name: `${name}安`,
      name_latin: `${mother.name_latin.split(' ')[0]} An`,
    };
    births += await done(agency.send('POST', '/api/persons/births', { mother_id: mother.person_id, ...child }));
  }
  let deaths = 0;
  for (const { person_id } of aged.slice(0, deaths_a_day)) {
    deaths += await done(agency.send('POST', `/api/persons/${person_id}/death`, { died_on: day }));
  }
  return { births, deaths };
}

/** One when it was carried out, none when it was refused: two newborns with one number, say. */
async function done(command: Promise<unknown>): Promise<number> {
  try {
    await command;
    return 1;
  } catch (fault) {
    if (refusalCode(fault)) return 0;
    throw fault;
  }
}

/** Payday: the month is assessed, every employer pays what it owes, the treasury reports it. Twice changes nothing. */
export async function playPayday(finance: Api, day: IsoDay): Promise<number> {
  const month = `/api/contributions/months/${day.slice(0, 7)}`;
  await finance.send('POST', `${month}/assess`, {});
  const bills = await everyItem<Bill>(finance, `${month}/bills`);
  const due = bills.filter(({ state }) => state === 'billed');
  let paid = 0;
  for (let at = 0; at < due.length; at += 200) {
    const receipts = due.slice(at, at + 200).map(({ employer_id, amount_fen }) => ({ employer_id, amount_fen }));
    const { items } = await finance.send<ReceiptAnswers>('POST', `${month}/receipts`, { receipts });
    paid += items.filter(({ outcome }) => outcome === 'booked').length;
  }
  return paid;
}
