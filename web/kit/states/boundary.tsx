import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { Button } from 'antd';
import { Component, type ReactNode, Suspense } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { ProblemNote } from './problem-note.tsx';
import { Waiting } from './waiting.tsx';

type Props = { readonly children: ReactNode; readonly onRetry: () => void };

class Catch extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const retry = () => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return error instanceof ApiProblem ? <ProblemNote problem={error} onRetry={retry} /> : <Fault error={error} />;
  }
}

function Fault({ error }: { error: Error }) {
  const t = useWords(kitWords);
  return (
    <div className="problem" role="alert">
      <h2>{t('fault.title')}</h2>
      <p>{t('fault.detail')}</p>
      <p className="mono quiet">{error.message}</p>
      <Button onClick={() => location.reload()}>{t('reload')}</Button>
    </div>
  );
}

/** Holds what is still being read and what could not be read to the place it belongs to; the page around it stays. */
export function PageBoundary({ children, waiting }: { children: ReactNode; waiting?: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch onRetry={reset}>
          <Suspense fallback={waiting ?? <Waiting />}>{children}</Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  );
}
