import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { useCommand } from '../../kit/api/command.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { useMoments } from '../../kit/words/time.ts';
import { CeremonyStamp } from './ceremony-stamp.tsx';
import { custodianWords } from './custodian.words.ts';
import { EventsTable } from './events-table.tsx';
import { OwnStep } from './own-step.tsx';
import { minutesQuery } from './queries.ts';
import './custodian.css';

export function Ceremony() {
  const t = useWords(custodianWords);
  const kit = useWords(kitWords);
  const moments = useMoments();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data } = useSuspenseQuery(minutesQuery(id));
  const cancel = useCommand([['custody']]);
  const { ceremony, events, hash } = data;
  const running = ceremony.state !== 'installed' && ceremony.state !== 'cancelled';
  return (
    <Page
      title={`${t(`family.${ceremony.family}`)} ${ceremony.name} v${ceremony.version}`}
      actions={
        <>
          {running && (
            <Popconfirm
              title={t('cancel')}
              onConfirm={() => cancel.mutate({ path: `/api/custody/ceremonies/${id}/cancel` })}
            >
              <Button danger>{t('cancel')}</Button>
            </Popconfirm>
          )}
          <Button onClick={() => window.print()}>{kit('print')}</Button>
        </>
      }
    >
      {cancel.error && <ProblemNote problem={cancel.error} />}
      {running && (
        <div className="custody-own">
          <OwnStep ceremony={ceremony} />
        </div>
      )}
      <Sheet>
        <Facts
          columns={3}
          items={[
            { label: t('purpose'), value: ceremony.purpose },
            { label: t('level'), value: t(`level.${ceremony.level}`) },
            { label: t('state'), value: <CeremonyStamp state={ceremony.state} /> },
            { label: t('opened'), value: moments.at(ceremony.opened_at) },
            { label: t('expires'), value: moments.at(ceremony.expires_at) },
            { label: t('check_value'), value: ceremony.check_value ?? '–', mono: true },
            { label: t('people'), value: ceremony.custodians.map(({ name }) => name).join(' · ') },
          ]}
        />
      </Sheet>
      <Sheet title={t('minutes')} tight>
        <EventsTable events={events} caption={t('minutes')} />
      </Sheet>
      <Sheet>
        <p>
          {t('minutes.hash')}: <span className="mono custody-detail">{hash}</span>
        </p>
        <ul className="custody-signatures" aria-label={t('signatures')}>
          {ceremony.custodians.map(({ user_id, name }) => (
            <li key={user_id}>{name}</li>
          ))}
        </ul>
      </Sheet>
    </Page>
  );
}
