import type { City } from '../../../sim/city/index.ts';
import {
  type AccountCode,
  type Book,
  books,
  cardAccount,
  chart,
  credit,
  debit,
  fundAccount,
  type GlCode,
  institutionPayable,
  type Posting,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { openAccounts, post } from '../../core/ledger/index.ts';
import { assert, defined } from '../../kernel/assert.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { SeededCard } from './cards.ts';

const bookOf: Readonly<Record<City['funds'][number]['fund'], Book>> = {
  '110': 'pension-employee',
  '210': 'unemployment',
  '310': 'medical-employee',
  '390': 'medical-resident',
  '410': 'injury',
};

/** General-ledger accounts that are kept one for each owner, not one for the fund. */
const owned: ReadonlySet<string> = new Set(['2001.01', '3001.02', '3001.03']);

/** Opens every account and enters the balances with which the city begins; each fund in one journal of its own. */
export async function openBooks(sql: Sql, city: City, cards: readonly SeededCard[], opened_on: Day): Promise<void> {
  const open = (accounts: readonly AccountCode[]) =>
    openAccounts(
      sql,
      accounts.map((account) => ({ account, opened_on })),
    );
  const gl = (Object.keys(chart) as GlCode[]).filter((code) => !owned.has(code));
  const holders = new Set(city.accounts.filter(({ fund }) => fund === '310').map(({ person_id }) => person_id));
  await open((Object.keys(books) as Book[]).flatMap((book) => gl.map((code) => fundAccount(book, code))));
  await open(city.accounts.map(({ person_id, fund }) => personalAccount(bookOf[fund], person_id)));
  await open(
    cards
      .filter(({ person_id }) => holders.has(person_id))
      .map(({ card_id }) => cardAccount('medical-employee', card_id)),
  );
  await open(
    city.institutions.flatMap(({ code }) => [
      institutionPayable('medical-employee', code),
      institutionPayable('medical-resident', code),
    ]),
  );
  const results = await post(
    sql,
    city.funds.map((fund) => ({
      key: `opening:${fund.fund}`,
      kind: 'ledger.opening',
      business_date: opened_on,
      trace_id: newId(),
      memo: 'opening balance',
      postings: openingOf(city, fund),
    })),
  );
  for (const result of results) assert(result.outcome === 'posted', `opening balances: ${JSON.stringify(result)}`);
}

function openingOf(city: City, fund: City['funds'][number]): Posting[] {
  const book = bookOf[fund.fund];
  const assets: readonly [GlCode, Fen][] = [
    ['1003', fund.fiscal_account_fen],
    ['1004', fund.expenditure_account_fen],
    ['1005', fund.treasury_fen],
  ];
  const persons = city.accounts.filter((account) => account.fund === fund.fund && account.balance_fen > 0n);
  return [
    ...assets.filter(([, amount]) => amount > 0n).map(([code, amount]) => debit(fundAccount(book, code), amount)),
    credit(fundAccount(book, '3001.01'), fund.pool_fen),
    ...persons.map(({ person_id, balance_fen }) => credit(personalAccount(book, person_id), balance_fen)),
  ].map((posting) => defined(posting, 'posting'));
}
