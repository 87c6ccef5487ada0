import type { EnrolmentImport } from '../../src/core/registry/index.ts';
import { add, divide, type Fen, fen, type Rate, rate, share, subtract, zero } from '../../src/kernel/money.ts';
import { type IsoDay, monthNumber } from './calendar.ts';
import { validOn } from './careers.ts';
import type { OpeningBalance, PersonalAccount } from './model.ts';
import type { Random } from './random.ts';

/** What the simulation believes was paid in a month; the law's own rates live in `policy/`. */
const monthly = {
  pensionAccount: rate('8%'),
  medicalAccount: rate('2%'),
  pool: { '110': rate('16%'), '210': rate('1%'), '310': rate('8%'), '410': rate('0.6%') },
  retiredMedical_fen: fen(9_000),
  residentPool_fen: fen(9_000),
} as const;

/** Months of contributions that each pool holds in reserve. */
const reserveMonths = { '110': 14n, '210': 20n, '310': 11n, '390': 8n, '410': 22n } as const;

/** Balances of those alive and insured today: months paid in, less what was spent. */
export function makeAccounts(
  random: Random,
  enrolments: readonly EnrolmentImport[],
  dead: ReadonlySet<string>,
  today: IsoDay,
): PersonalAccount[] {
  const balances = new Map<string, PersonalAccount>();
  const months = new Map<string, bigint>();
  for (const enrolment of enrolments) {
    const { person_id, insurance } = enrolment;
    if ((insurance !== '110' && insurance !== '310') || dead.has(person_id)) continue;
    const key = `${person_id}${insurance}`;
    months.set(key, (months.get(key) ?? 0n) + monthsOf(enrolment, today));
    if (!validOn(enrolment, today)) continue;
    const paid = fen(inflow(enrolment) * (months.get(key) ?? 0n));
    balances.set(key, { person_id, fund: insurance, balance_fen: share(paid, left(random, enrolment), 'half-up') });
  }
  return [...balances.values()];
}

/** What goes into the account in a month. */
function inflow({ insurance, wage_fen }: EnrolmentImport): Fen {
  if (wage_fen === null) return insurance === '310' ? monthly.retiredMedical_fen : fen(40_000);
  return share(fen(wage_fen), insurance === '310' ? monthly.medicalAccount : monthly.pensionAccount, 'half-up');
}

/** The part that is still there: pension accounts grow with the wage, medical ones are spent. */
function left(random: Random, { insurance, status }: EnrolmentImport): Rate {
  if (insurance === '310') return rate(`${random.int(5, status === 'retired' ? 25 : 45)}%`);
  return rate(`${status === 'retired' ? random.int(10, 60) : random.int(55, 75)}%`);
}

const monthsOf = ({ from, through }: EnrolmentImport, today: IsoDay): bigint =>
  BigInt(monthNumber(through ?? today) - monthNumber(from) + 1);

/** Opening books: assets are the personal accounts and the pool, to the fen. */
export function makeFunds(
  enrolments: readonly EnrolmentImport[],
  accounts: readonly PersonalAccount[],
  today: IsoDay,
): OpeningBalance[] {
  const current = enrolments.filter((enrolment) => validOn(enrolment, today));
  return (['110', '210', '310', '390', '410'] as const).map((fund) => {
    const insured = current.filter((enrolment) => enrolment.insurance === fund);
    const income =
      fund === '390'
        ? fen(monthly.residentPool_fen * BigInt(insured.length))
        : share(add(...insured.map(({ wage_fen }) => fen(wage_fen ?? 0n))), monthly.pool[fund], 'half-up');
    const pool_fen = fen(income * reserveMonths[fund]);
    const personal_accounts_fen = accounts
      .filter((account) => account.fund === fund)
      .reduce((sum, { balance_fen }) => add(sum, balance_fen), zero);
    const expenditure_account_fen = income;
    const treasury_fen = fen(divide(income, 2n, 'down'));
    return {
      fund,
      fiscal_account_fen: subtract(add(pool_fen, personal_accounts_fen), add(expenditure_account_fen, treasury_fen)),
      expenditure_account_fen,
      treasury_fen,
      personal_accounts_fen,
      pool_fen,
    };
  });
}
