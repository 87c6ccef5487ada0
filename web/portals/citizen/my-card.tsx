import { useSuspenseQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Card, CardDetail } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { algorithmNames, useHolder } from '../../kit/card/holder.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { citizenWords } from './citizen.words.ts';
import './citizen.css';

export function MyCard() {
  const t = useWords(citizenWords);
  const { data } = useSuspenseQuery({ queryKey: ['my-cards'], queryFn: () => get<{ items: Card[] }>('/api/my/cards') });
  return (
    <Page title={t('card')}>
      {data.items.length === 0 && <Empty title={t('card.none')}>{t('card.none.note')}</Empty>}
      {data.items.map((card) => (
        <OneCard key={card.card_id} card={card} />
      ))}
    </Page>
  );
}

function OneCard({ card }: { card: Card }) {
  const t = useWords(citizenWords);
  const holder = useHolder();
  const { generation } = card;
  const algorithm = algorithmNames[card.algorithm];
  return (
    <>
      <CardFace
        number={card.card_number}
        holder={holder(card)}
        state={card.state}
        expires={card.expires_on}
        generation={generation}
      />
      <Sheet>
        <Facts
          columns={2}
          items={[
            { label: t('card.issued'), value: card.issued_on },
            { label: t('card.expires'), value: card.expires_on },
            { label: t('card.chip'), value: t('card.chip.generation', { generation, algorithm }) },
          ]}
        />
      </Sheet>
      {(card.state === 'active' || card.state === 'issued' || card.state === 'suspended') && (
        <Loss key={card.state} card_id={card.card_id} suspended={card.state === 'suspended'} />
      )}
      {card.state === 'ordered' && <p role="status">{t('card.being-made')}</p>}
      {card.state === 'lost' && (
        <Sheet title={t('loss.next')}>
          <p role="status">{t('loss.done')}</p>
          <ol>
            <li>{t('next.stopped')}</li>
            <li>{t('next.money')}</li>
            <li>{t('next.replace')}</li>
          </ol>
        </Sheet>
      )}
    </>
  );
}

/** Two steps on the page itself: one says what it does, one does it. */
function Loss({ card_id, suspended }: { card_id: string; suspended: boolean }) {
  const t = useWords(citizenWords);
  const [asked, setAsked] = useState(false);
  const report = useCommand<CardDetail>([['my-cards']]);
  return (
    <Sheet title={t(asked ? 'loss.sure' : suspended ? 'loss.provisional' : 'loss')}>
      <p className="quiet">{t(suspended ? 'loss.provisional.note' : 'loss.note')}</p>
      {report.error && <ProblemNote problem={report.error} />}
      {asked ? (
        <div className="citizen-choice">
          <Button size="large" onClick={() => setAsked(false)}>
            {t('loss.no')}
          </Button>
          {!suspended && (
            <Button
              size="large"
              loading={report.isPending}
              onClick={() => report.mutate({ path: '/api/my/card/report-loss', body: { card_id, provisional: true } })}
            >
              {t('loss.looking')}
            </Button>
          )}
          <Button
            size="large"
            danger
            type="primary"
            loading={report.isPending}
            onClick={() => report.mutate({ path: '/api/my/card/report-loss', body: { card_id } })}
          >
            {t('loss.yes')}
          </Button>
        </div>
      ) : (
        <Button size="large" danger block onClick={() => setAsked(true)}>
          {t('loss.ask')}
        </Button>
      )}
    </Sheet>
  );
}
