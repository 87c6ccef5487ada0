import type { Trace } from '../../../src/operations/trace/contract.ts';
import { Amount } from '../money/amount.tsx';
import { addFen } from '../money/format.ts';
import { fundColour } from '../theme/palette.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

type Journal = Trace['stations']['ledger']['entries'][number];
type Voucher = Trace['stations']['books']['entries'][number];

export function LedgerRecord({ entries }: { entries: readonly Journal[] }) {
  const t = useWords(traceWords);
  return (
    <>
      {entries.map((journal) => (
        <JournalTable key={journal.journal_id} journal={journal} />
      ))}
      <Raw label={t('raw.ledger')}>
        {entries.map(({ journal_id, reverses, chain }) => (
          <p key={journal_id} className="hex">
            <span className="quiet">{t('ledger.journal')}</span> {journal_id}
            {reverses && (
              <>
                <br />
                <span className="quiet">{t('ledger.reverses')}</span> {reverses}
              </>
            )}
            <br />
            {chain ? (
              <>
                <span className="quiet">{t('ledger.chain', { group: chain.group })}</span> {chain.hash}
              </>
            ) : (
              <span className="quiet">{t('ledger.unsealed')}</span>
            )}
          </p>
        ))}
      </Raw>
    </>
  );
}

function JournalTable({ journal }: { journal: Journal }) {
  const t = useWords(traceWords);
  const name = useName();
  const sum = (side: 'debit' | 'credit') =>
    addFen(...journal.postings.filter((posting) => posting.side === side).map((posting) => posting.amount_fen));
  return (
    <table className={journal.reverses ? 'journal journal-back' : 'journal'}>
      <caption>
        {name(journal.what)}
        {journal.reverses && <span className="journal-mark">↺ {t('ledger.reverses')}</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('ledger.account')}</th>
          <th scope="col">{t('ledger.debit')}</th>
          <th scope="col">{t('ledger.credit')}</th>
        </tr>
      </thead>
      <tbody>
        {journal.postings.map((posting) => (
          <tr key={`${posting.book}${posting.account}${posting.side}`}>
            <td>
              <span className="fund-tick" style={{ background: fundColour(posting.book) }} />
              {name(posting.name)}
              <span className="mono quiet journal-account">{posting.account}</span>
            </td>
            <td>{posting.side === 'debit' && <Amount fen={posting.amount_fen} />}</td>
            <td>{posting.side === 'credit' && <Amount fen={posting.amount_fen} />}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{sum('debit') === sum('credit') && t('ledger.balanced')}</td>
          <td>
            <Amount fen={sum('debit')} />
          </td>
          <td>
            <Amount fen={sum('credit')} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

const share = (part: string, whole: string): number =>
  BigInt(whole) === 0n ? 0 : Number((BigInt(part) * 10_000n) / BigInt(whole)) / 100;

export function BooksRecord({ entries }: { entries: readonly Voucher[] }) {
  const t = useWords(traceWords);
  const name = useName();
  return (
    <>
      <ul className="slips">
        {entries.map((entry) => (
          <li key={entry.line_id} className="slip" style={{ ['--fund' as string]: fundColour(entry.book) }}>
            <span className="slip-title">{t('books.voucher', { year: entry.year, number: entry.number })}</span>
            <span className="quiet">
              {entry.business_date} · <span className="mono">{entry.gl_account}</span> {name(entry.name)} ·{' '}
              {t(`ledger.${entry.side}`)}
            </span>
            <span className="slip-bar" aria-hidden="true">
              <span style={{ width: `max(3px, ${share(entry.amount_fen, entry.line_fen)}%)` }} />
            </span>
            <span className="slip-sums">
              <span>
                {t('books.part')} <Amount fen={entry.amount_fen} />
              </span>
              <span className="quiet">
                {t('books.line')} <Amount fen={entry.line_fen} />
              </span>
            </span>
            <span className="only-heard">
              {t('books.share', { share: `${share(entry.amount_fen, entry.line_fen)}%` })}
            </span>
          </li>
        ))}
      </ul>
      <Raw label={t('raw.books')}>
        {entries.map((entry) => (
          <p key={entry.line_id} className="hex">
            {entry.book} {entry.year}/{entry.number} · {entry.voucher_id} · {entry.line_id}
          </p>
        ))}
      </Raw>
    </>
  );
}
