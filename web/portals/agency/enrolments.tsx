import { useSuspenseQuery } from '@tanstack/react-query';
import {
  type EnrolmentJson,
  type Insurance,
  insurances,
  type LifeEventJson,
} from '../../../src/core/registry/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { agencyWords } from './agency.words.ts';
import './agency.css';

type Stop = LifeEventJson & { readonly also: readonly Insurance[] };

/** Insurances that began or ended together on one day with one employer are one stop. */
function stops(events: readonly LifeEventJson[]): Stop[] {
  const found: Stop[] = [];
  for (const event of events) {
    const same = found.findIndex(
      ({ day, what, employer }) => day === event.day && what === event.what && employer === event.employer,
    );
    const insurance = event.insurance ? [event.insurance] : [];
    if (same < 0) found.push({ ...event, also: insurance });
    else found[same] = { ...found[same]!, also: [...found[same]!.also, ...insurance] };
  }
  return found;
}

/** A life in the registry, from left to right. */
export function Lifeline({ person_id }: { person_id: string }) {
  const t = useWords(agencyWords);
  const name = useName();
  const { data } = useSuspenseQuery({
    queryKey: ['lifeline', person_id],
    queryFn: () => get<{ items: LifeEventJson[] }>(`/api/persons/${person_id}/lifeline`),
  });
  return (
    <ol className="life">
      {stops(data.items).map((stop) => (
        <li key={`${stop.day}${stop.what}${stop.employer}`} className={`life-${stop.what}`}>
          <time>{stop.day}</time>
          <div>
            {t(`event.${stop.what}`)}{' '}
            {stop.name ?? (stop.employer && name({ zh: stop.employer, en: stop.employer_en ?? stop.employer }))}
          </div>
          {stop.also.length > 0 && <small>{stop.also.map((key) => name(insurances[key])).join(' · ')}</small>}
        </li>
      ))}
    </ol>
  );
}

/** Every version we ever held: what was true from when, and since when we knew. */
export function Enrolments({ person_id }: { person_id: string }) {
  const t = useWords(agencyWords);
  const name = useName();
  const moments = useMoments();
  const { data } = useSuspenseQuery({
    queryKey: ['enrolments', person_id],
    queryFn: () => get<{ items: EnrolmentJson[] }>(`/api/persons/${person_id}/enrolments`),
  });
  return (
    <Sheet tight>
      <LedgerTable
        caption={t('tab.insurance')}
        rows={data.items}
        rowKey={(row) => `${row.enrolment_id}-${row.version}`}
        empty={<Empty title={t('enrolments.none')} />}
        columns={[
          { key: 'insurance', head: t('insurance'), cell: (row) => name(insurances[row.insurance]) },
          { key: 'status', head: t('status'), cell: (row) => t(`status.${row.status}`) },
          { key: 'from', short: true, head: t('from'), cell: (row) => row.from },
          { key: 'through', short: true, head: t('through'), cell: (row) => row.through ?? t('now') },
          {
            key: 'known',
            head: t('known'),
            wide: true,
            cell: (row) => (
              <>
                {moments.at(row.known_from)}
                {row.known_through && <span className="quiet"> · {t('known.replaced')}</span>}
              </>
            ),
          },
          {
            key: 'wage',
            head: t('wage'),
            figures: true,
            wide: true,
            cell: (row) => row.wage_fen && <Amount fen={row.wage_fen} />,
          },
        ]}
      />
    </Sheet>
  );
}
