import { Button } from 'antd';
import type { Trace } from '../../../src/operations/trace/contract.ts';
import { Amount } from '../money/amount.tsx';
import type { Wording } from '../why/why-tree.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { span, useMoments } from '../words/time.ts';
import { TraceScore } from './score.tsx';
import { traceWords } from './trace.words.ts';
import { TraceLine } from './trace-line.tsx';
import './trace.css';
import './line.css';
import './records.css';

type Outcome = 'done' | 'failed' | 'repaired' | 'waiting';

function outcomeOf({ failure, stations: all }: Trace): Outcome {
  if (failure) return failure.repair ? 'repaired' : 'failed';
  return all.books.state === 'done' ? 'done' : 'waiting';
}

/** One payment from tap to voucher on one page. */
export function TraceView({ trace, wording }: { trace: Trace; wording: Wording }) {
  const t = useWords(traceWords);
  const kit = useWords(kitWords);
  const moments = useMoments();
  const outcome = outcomeOf(trace);
  return (
    <article className="trace">
      <header className="trace-head">
        <div>
          <p className="trace-kicker">{t('kicker')}</p>
          <h1 className="trace-amount">
            {trace.amount_fen ? <Amount fen={trace.amount_fen} size="huge" unit /> : '—'}
          </h1>
          <span className={`seal seal-${outcome}`}>{t(`payment.${outcome}`)}</span>
        </div>
        <dl className="trace-facts">
          {trace.settlement_no && (
            <div>
              <dt>{t('settlement')}</dt>
              <dd className="mono">{trace.settlement_no}</dd>
            </div>
          )}
          {trace.begun_at && (
            <div>
              <dt>{t('begun')}</dt>
              <dd>{moments.at(trace.begun_at)}</dd>
            </div>
          )}
          {trace.begun_at && trace.ended_at && (
            <div>
              <dt>{t('whole')}</dt>
              <dd>{span(trace.begun_at, trace.ended_at)}</dd>
            </div>
          )}
          <div>
            <dt>{t('id')}</dt>
            <dd className="mono trace-id">{trace.trace_id}</dd>
          </div>
        </dl>
        <div className="trace-print page-actions">
          <Button onClick={() => window.print()}>{kit('print')}</Button>
        </div>
      </header>
      <TraceScore trace={trace} />
      <TraceLine trace={trace} wording={wording} />
    </article>
  );
}
