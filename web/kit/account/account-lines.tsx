import type { AccountLine } from '../../../src/operations/payment/contract.ts';
import { Amount } from '../money/amount.tsx';
import { Empty } from '../states/empty.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';
import './account.css';

/** What came and went, newest first: in with a plus, out with a minus. */
export function AccountLines({ lines }: { lines: readonly AccountLine[] }) {
  const t = useWords(kitWords);
  const name = useName();
  const moments = useMoments();
  if (lines.length === 0) return <Empty title={t('account.none')} />;
  return (
    <ul className="movements">
      {lines.map((line) => (
        <li key={line.line_id}>
          <span>
            {name(line.what)}
            <small>{moments.at(line.at)}</small>
          </span>
          <Amount fen={line.amount_fen} sign="always" />
        </li>
      ))}
    </ul>
  );
}
