import { type CustodyEvent, custodyRefusals } from '../../../src/operations/custody/contract.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { custodianWords } from './custodian.words.ts';

type Words = { readonly zh: string; readonly en: string };

/** What happened, line by line; a refused attempt says why. */
export function EventsTable({ events, caption }: { events: readonly CustodyEvent[]; caption: string }) {
  const t = useWords(custodianWords);
  const name = useName();
  const moments = useMoments();
  const detailOf = ({ detail, kind }: CustodyEvent): string => {
    const refusal = kind === 'refused' ? (custodyRefusals as Record<string, Words>)[String(detail.code)] : undefined;
    if (refusal) return name(refusal).replaceAll(/\{\w+\}/g, '…');
    return Object.values(detail).map(told).filter(Boolean).join(' · ');
  };
  return (
    <LedgerTable
      caption={caption}
      rows={events}
      rowKey={(event) => event.event_id}
      empty={<Empty title={t('history.none')} />}
      columns={[
        { key: 'when', head: t('when'), cell: (event) => moments.at(event.at) },
        { key: 'who', head: t('who'), cell: (event) => event.by.name },
        {
          key: 'what',
          head: t('what'),
          cell: (event) => (
            <Stamp tone={event.kind === 'refused' ? 'refused' : 'plain'}>
              {t(`event.${event.kind}` as 'event.made')}
            </Stamp>
          ),
        },
        {
          key: 'detail',
          head: t('detail'),
          cell: (event) => <span className="custody-detail">{detailOf(event)}</span>,
        },
      ]}
    />
  );
}

/** Texts and lists of texts; blocks and ids are long and stand in the order's own row. */
function told(value: unknown): string {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(', ');
  return typeof value === 'string' && !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? value : '';
}
