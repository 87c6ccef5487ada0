import {
  type Book,
  books,
  chart,
  type Element,
  type GlCode,
  normalSide,
  type Side,
} from '../../core/ledger/contract.ts';
import { add, type Fen, subtract, zero } from '../../kernel/money.ts';
import type { Statements } from './contract.ts';

/** What was posted to a code on one side, before the period or in it. */
export type Sum = {
  readonly gl_code: GlCode;
  readonly side: Side;
  /** Posted before the period, or an opening balance within it. */
  readonly opening: boolean;
  readonly amount_fen: Fen;
};

type Row = {
  readonly gl_code: GlCode;
  readonly opening: Fen;
  readonly debit: Fen;
  readonly credit: Fen;
  readonly closing: Fen;
};

const result = { zh: '本期结余（未结转）', en: 'result not yet carried over' } as const;

/**
 * Balance sheet (资产负债表), income statement (收支表) and trial balance of one fund (财会〔2017〕28号). Income and expense
 * that were not carried over to the surplus yet stand on the balance sheet as the result.
 */
export function statements(
  sums: readonly Sum[],
  about: { readonly book: Book; readonly from: string; readonly through: string; readonly all_days_closed: boolean },
): Statements {
  const rows = rowsOf(sums);
  const of = (...elements: Element[]) => rows.filter(({ gl_code }) => elements.includes(chart[gl_code].element));
  const total = (list: readonly Row[], what: 'opening' | 'closing' | 'debit' | 'credit') =>
    add(...list.map((row) => row[what]));
  const moved = (row: Row): Fen => subtract(row.closing, row.opening);

  const [assets, liabilities, surplus] = [of('asset'), of('liability'), of('net-assets')];
  const [income, expense] = [of('income'), of('expense')];
  const result_fen = subtract(total(income, 'closing'), total(expense, 'closing'));
  const opening_fen = subtract(add(total(surplus, 'opening'), total(income, 'opening')), total(expense, 'opening'));
  const closing_fen = add(total(surplus, 'closing'), result_fen);
  const income_fen = add(...income.map(moved));
  const expense_fen = add(...expense.map(moved));
  const net_fen = subtract(total(assets, 'closing'), total(liabilities, 'closing'));
  const [debit_fen, credit_fen] = [total(rows, 'debit'), total(rows, 'credit')];
  const line = (amount: (row: Row) => Fen) => (row: Row) => ({
    gl_account: row.gl_code,
    name: nameOf(row.gl_code),
    amount_fen: String(amount(row)),
  });
  const closing = line((row) => row.closing);
  return {
    ...about,
    name: books[about.book],
    trial_balance: {
      lines: rows.map((row) => ({
        gl_account: row.gl_code,
        name: nameOf(row.gl_code),
        opening_fen: String(row.opening),
        debit_fen: String(row.debit),
        credit_fen: String(row.credit),
        closing_fen: String(row.closing),
      })),
      debit_fen: String(debit_fen),
      credit_fen: String(credit_fen),
      balanced: debit_fen === credit_fen,
    },
    balance_sheet: {
      assets: assets.map(closing),
      liabilities: liabilities.map(closing),
      net_assets: [...surplus.map(closing), { gl_account: '', name: result, amount_fen: String(result_fen) }],
      assets_fen: String(total(assets, 'closing')),
      liabilities_fen: String(total(liabilities, 'closing')),
      net_assets_fen: String(closing_fen),
    },
    income_statement: {
      income: income.map(line(moved)),
      expense: expense.map(line(moved)),
      income_fen: String(income_fen),
      expense_fen: String(expense_fen),
    },
    chain: {
      opening_fen: String(opening_fen),
      income_fen: String(income_fen),
      expense_fen: String(expense_fen),
      closing_fen: String(closing_fen),
      assets_less_liabilities_fen: String(net_fen),
      holds: opening_fen + income_fen - expense_fen === closing_fen && closing_fen === net_fen,
    },
  };
}

const nameOf = (gl_code: GlCode) => ({ zh: chart[gl_code].zh, en: chart[gl_code].en });

/** One row for each code, balances on its normal side. */
function rowsOf(sums: readonly Sum[]): readonly Row[] {
  return [...Map.groupBy(sums, ({ gl_code }) => gl_code)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([gl_code, of]) => {
      const sum = (opening: boolean, side: Side): Fen =>
        add(zero, ...of.filter((one) => one.opening === opening && one.side === side).map((one) => one.amount_fen));
      const balance = (debit: Fen, credit: Fen): Fen =>
        normalSide(gl_code) === 'debit' ? subtract(debit, credit) : subtract(credit, debit);
      const [debit, credit] = [sum(false, 'debit'), sum(false, 'credit')];
      const opening = balance(sum(true, 'debit'), sum(true, 'credit'));
      return { gl_code, opening, debit, credit, closing: add(opening, balance(debit, credit)) };
    });
}
