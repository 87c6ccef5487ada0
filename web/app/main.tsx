import '../kit/base.css';
import '../kit/print/print.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from '../kit/api/problem.ts';
import { ThemeProvider } from '../kit/theme/theme.tsx';
import { makeRouter } from './router.tsx';

/** A session that ended sends to the sign-in page and back; drafts wait in the tab. */
function onFault(error: Error): void {
  if (!(error instanceof ApiProblem) || error.status !== 401 || location.pathname === '/sign-in') return;
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`/sign-in?ended=1&back=${back}`);
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError: onFault }),
  mutationCache: new MutationCache({ onError: onFault }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only what may have been the network is asked again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && !error.unknownOutcome),
    },
  },
});
const router = makeRouter(client);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
