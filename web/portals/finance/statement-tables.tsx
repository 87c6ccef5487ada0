import { Link } from '@tanstack/react-router';
import type { Statements } from '../../../src/operations/finance/contract.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { Sheet, Stamp } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { financeWords } from './finance.words.ts';
import './finance.css';

type Line = Statements['balance_sheet']['assets'][number];

/** Opening + income − expense = closing = assets − liabilities, shown as a sum one can follow. */
export function Chain({ chain }: { chain: Statements['chain'] }) {
  const t = useWords(financeWords);
  const term = (label: string, fen: string) => (
    <span className="chain-term">
      <small>{label}</small>
      <Amount fen={fen} size="large" />
    </span>
  );
  const sign = (mark: string) => <span className="chain-sign">{mark}</span>;
  return (
    <Sheet
      title={t('chain')}
      extra={<Stamp tone={chain.holds ? 'done' : 'refused'}>{t(chain.holds ? 'chain.holds' : 'chain.broken')}</Stamp>}
    >
      <div className="chain">
        {term(t('chain.opening'), chain.opening_fen)}
        {sign('+')}
        {term(t('income'), chain.income_fen)}
        {sign('\u2212')}
        {term(t('expense'), chain.expense_fen)}
        {sign('=')}
        {term(t('chain.closing'), chain.closing_fen)}
        {sign(chain.holds ? '=' : '≠')}
        {term(t('chain.net'), chain.assets_less_liabilities_fen)}
      </div>
    </Sheet>
  );
}

export function TrialBalance({ book, trial }: { book: string; trial: Statements['trial_balance'] }) {
  const t = useWords(financeWords);
  return (
    <Sheet
      tight
      title={t('trial')}
      extra={
        <Stamp tone={trial.balanced ? 'done' : 'refused'}>{t(trial.balanced ? 'trial.holds' : 'trial.broken')}</Stamp>
      }
    >
      <LedgerTable
        caption={t('trial')}
        rows={trial.lines}
        rowKey={(line) => line.gl_account}
        empty={null}
        columns={[
          { key: 'account', head: t('account'), cell: (line) => <LineName book={book} line={line} /> },
          {
            key: 'opening',
            head: t('opening'),
            figures: true,
            wide: true,
            cell: (line) => <Amount fen={line.opening_fen} />,
          },
          { key: 'debit', head: t('debit'), figures: true, cell: (line) => <Amount fen={line.debit_fen} /> },
          { key: 'credit', head: t('credit'), figures: true, cell: (line) => <Amount fen={line.credit_fen} /> },
          {
            key: 'closing',
            head: t('closing'),
            figures: true,
            wide: true,
            cell: (line) => <Amount fen={line.closing_fen} />,
          },
        ]}
        totals={{ debit: <Amount fen={trial.debit_fen} />, credit: <Amount fen={trial.credit_fen} /> }}
      />
    </Sheet>
  );
}

/** A line of a statement opens the postings it is made of; the result of a year not yet carried over has none. */
function LineName({ book, line }: { book: string; line: Pick<Line, 'gl_account' | 'name'> }) {
  const name = useName();
  const text = `${line.gl_account} ${name(line.name)}`.trim();
  if (!/^\d/.test(line.gl_account)) return text;
  return (
    <Link to="/finance/accounts/$code" params={{ code: `${book}:${line.gl_account}` }}>
      {text}
    </Link>
  );
}

type SideProps = { book: string; title: string; lines: readonly Line[]; total: string };

function Side({ book, title, lines, total }: SideProps) {
  const t = useWords(financeWords);
  return (
    <LedgerTable
      caption={title}
      rows={lines}
      rowKey={(line) => line.gl_account}
      empty={<p className="quiet statement-nothing">{title}: —</p>}
      columns={[
        { key: 'account', head: title, cell: (line) => <LineName book={book} line={line} /> },
        { key: 'amount', head: t('amount'), figures: true, cell: (line) => <Amount fen={line.amount_fen} /> },
      ]}
      totals={{ amount: <Amount fen={total} /> }}
    />
  );
}

export function BalanceSheet({ book, sheet }: { book: string; sheet: Statements['balance_sheet'] }) {
  const t = useWords(financeWords);
  return (
    <Sheet tight title={t('sheet')}>
      <Side book={book} title={t('assets')} lines={sheet.assets} total={sheet.assets_fen} />
      <Side book={book} title={t('liabilities')} lines={sheet.liabilities} total={sheet.liabilities_fen} />
      <Side book={book} title={t('net-assets')} lines={sheet.net_assets} total={sheet.net_assets_fen} />
    </Sheet>
  );
}

export function IncomeStatement({ book, result }: { book: string; result: Statements['income_statement'] }) {
  const t = useWords(financeWords);
  return (
    <Sheet tight title={t('result')}>
      <Side book={book} title={t('income')} lines={result.income} total={result.income_fen} />
      <Side book={book} title={t('expense')} lines={result.expense} total={result.expense_fen} />
    </Sheet>
  );
}
