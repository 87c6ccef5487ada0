import { useSuspenseQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { custodianWords } from './custodian.words.ts';
import { EventsTable } from './events-table.tsx';
import { historyQuery } from './queries.ts';
import './custodian.css';

export function HistoryPage() {
  const t = useWords(custodianWords);
  const kit = useWords(kitWords);
  const [{ subject = '', label = subject }] = useFilters<{ subject: string; label: string }>();
  const { data } = useSuspenseQuery(historyQuery(subject));
  return (
    <Page title={label} note={t('history')} actions={<Button onClick={() => window.print()}>{kit('print')}</Button>}>
      <Sheet tight>
        <EventsTable events={data.items} caption={t('history')} />
      </Sheet>
    </Page>
  );
}
