import { Button } from 'antd';
import { ApiProblem } from '../api/problem.ts';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import './states.css';

/** A "no" in words: what happened, where, what to do next. Beside what was entered, which stays as it is. */
export function ProblemNote({ problem, onRetry }: { problem: Error; onRetry?: () => void }) {
  const t = useWords(kitWords);
  const known = problem instanceof ApiProblem ? problem : null;
  const offline = known?.status === 0;
  // A device's agent has a code and a sentence, and no title beside them.
  const title = known?.problem && known.problem.title !== known.code ? known.problem.title : t('refused');
  return (
    <div className="problem" role="alert">
      <h2>{offline ? t('offline.title') : known ? title : t('fault.title')}</h2>
      <p>{offline ? t('offline.detail') : (known?.problem?.detail ?? problem.message)}</p>
      {known?.problem?.errors && (
        <ul>
          {known.problem.errors.map((error) => (
            <li key={error.field}>
              <span className="mono">{error.field}</span> {error.message}
            </li>
          ))}
        </ul>
      )}
      <div className="wrap-row">
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {known && (
          <span className="quiet problem-code">
            {t('problem.code')} <span className="mono">{known.code}</span>
            {known.problem && (
              <>
                {' · '}
                {t('problem.trace')} <span className="mono">{known.problem.trace_id}</span>
              </>
            )}
          </span>
        )}
      </div>
    </div>
  );
}
