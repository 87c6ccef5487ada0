import { describe, expect, it } from 'vitest';
import type { GlCode } from '../../core/ledger/contract.ts';
import { fen } from '../../kernel/money.ts';
import { type Sum, statements } from './statements.rules.ts';

const about = { book: 'medical-employee', from: '2026-01-01', through: '2026-03-31', all_days_closed: true } as const;

/** Code, side (Dr or Cr), when (before or in the period), fen. */
const parse = (table: string): Sum[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([gl = '', side, when, amount = '0']) => ({
      gl_code: gl as GlCode,
      side: side === 'Dr' ? 'debit' : 'credit',
      opening: when === 'before',
      amount_fen: fen(Number(amount)),
    }));

const year = parse(`
1003    | Dr | before | 900000
3001.01 | Cr | before | 700000
3001.02 | Cr | before | 200000
1003    | Dr | in     | 100000
4001.01 | Cr | in     | 100000
5001.02 | Dr | in     |  30000
2001.01 | Cr | in     |  42000
3001.02 | Dr | in     |  20000
3001.03 | Cr | in     |  20000
3001.03 | Dr | in     |  12000
3001.99 | Cr | in     |  12000
5001.03 | Dr | in     |  12000`);

describe('statements of a fund', () => {
  it('show what it owns and owes, and how the year changed it', () => {
    const { balance_sheet, income_statement, trial_balance, chain } = statements(year, about);
    expect(balance_sheet).toMatchObject({ assets_fen: '1000000', liabilities_fen: '42000', net_assets_fen: '958000' });
    expect(income_statement).toMatchObject({ income_fen: '100000', expense_fen: '42000' });
    expect(trial_balance).toMatchObject({ debit_fen: '174000', credit_fen: '174000', balanced: true });
    expect(chain).toEqual({
      opening_fen: '900000',
      income_fen: '100000',
      expense_fen: '42000',
      closing_fen: '958000',
      assets_less_liabilities_fen: '958000',
      holds: true,
    });
  });

  it('say so when the chain breaks: surplus changed past income and expense', () => {
    const bent = [...year, ...parse('1003 | Dr | in | 5\n3001.01 | Cr | in | 5')];
    expect(statements(bent, about).chain).toMatchObject({ closing_fen: '958005', holds: false });
  });

  it('say so when debit and credit differ', () => {
    const torn = [...year, ...parse('1003 | Dr | in | 5')];
    expect(statements(torn, about)).toMatchObject({ trial_balance: { balanced: false }, chain: { holds: false } });
  });
});
