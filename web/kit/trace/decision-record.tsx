import type { Trace } from '../../../src/operations/trace/contract.ts';
import { Amount } from '../money/amount.tsx';
import { type ReasonView, WhyTree, type Wording } from '../why/why-tree.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

type Entries = Trace['stations']['decision']['entries'];

export function DecisionRecord({ entries, wording }: { entries: Entries; wording: Wording }) {
  const t = useWords(traceWords);
  const name = useName();
  const moments = useMoments();
  return (
    <ol className="verdicts">
      {entries.map((entry) => (
        <li key={`${entry.kind}${entry.id}`} className="verdict">
          <div className="verdict-head">
            <time className="mono quiet">{moments.clock(entry.at)}</time>
            <strong>{name(entry.what)}</strong>
            {entry.response_code && (
              <span
                className={entry.response_code === '00' ? 'code code-ok' : 'code code-refused'}
                title={t('response')}
              >
                {entry.response_code}
              </span>
            )}
            {entry.amount_fen && (
              <span className="verdict-amount">
                <Amount fen={entry.amount_fen} />
              </span>
            )}
          </div>
          {entry.reasons.length > 0 && (
            <Raw label={t('raw.decision', { count: entry.reasons.length })}>
              <WhyTree reasons={entry.reasons as readonly ReasonView[]} wording={wording} />
            </Raw>
          )}
        </li>
      ))}
    </ol>
  );
}
