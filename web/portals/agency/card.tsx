import '../../kit/account/account.css';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type Type from 'typebox';
import { type BlackListReason, blackListReasonNames, blackListReasons } from '../../../src/core/screening/contract.ts';
import type { CardDetail } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { algorithmNames, useHolder } from '../../kit/card/holder.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { agencyWords } from './agency.words.ts';
import { CardStamp } from './cards.tsx';
import './agency.css';

type Detail = Type.Static<typeof CardDetail>;

export function Card() {
  const t = useWords(agencyWords);
  const name = useName();
  const moments = useMoments();
  const holder = useHolder();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: card } = useSuspenseQuery({ queryKey: ['card', id], queryFn: () => get<Detail>(`/api/cards/${id}`) });
  const { generation } = card;
  const algorithm = algorithmNames[card.algorithm];
  return (
    <Page title={t('card', { number: card.card_number })}>
      <div className="card-page">
        <div className="stack">
          <CardFace
            number={card.card_number}
            holder={holder(card)}
            state={card.state}
            expires={card.expires_on}
            generation={generation}
          />
          <Moves card={card} />
        </div>
        <div className="stack">
          <Sheet>
            <Facts
              columns={2}
              items={[
                {
                  label: t('card.holder'),
                  value: (
                    <Link to="/agency/persons/$id" params={{ id: card.person_id }}>
                      {holder(card)}
                    </Link>
                  ),
                },
                { label: t('card.state'), value: <CardStamp state={card.state} /> },
                { label: t('card.wire'), value: card.account_number_masked, mono: true },
                { label: t('card.identifier'), value: card.card_id_code, mono: true },
                { label: t('card.chip'), value: t('card.generation', { generation, algorithm }) },
                { label: t('card.counters'), value: `${card.load_sequence} / ${card.purchase_sequence}`, mono: true },
                { label: t('card.issued'), value: card.issued_on },
                {
                  label: t('card.listed'),
                  value: card.black_list
                    ? t('card.listed.since', {
                        reason: name(blackListReasonNames[card.black_list.reason]),
                        at: moments.at(card.black_list.since),
                      })
                    : t('card.not-listed'),
                },
              ]}
            />
          </Sheet>
          <Sheet title={t('card.history')}>
            <ul className="movements">
              {card.history.map((event) => (
                <li key={event.at}>
                  <span>
                    <CardStamp state={event.to} />
                    <small>
                      {moments.at(event.at)} · {event.by}
                    </small>
                  </span>
                  <span className="quiet">
                    {event.reason &&
                      (event.reason in blackListReasonNames
                        ? name(blackListReasonNames[event.reason as BlackListReason])
                        : event.reason)}
                  </span>
                </li>
              ))}
            </ul>
          </Sheet>
        </div>
      </div>
    </Page>
  );
}

function Moves({ card }: { card: Detail }) {
  const t = useWords(agencyWords);
  const name = useName();
  const [reason, setReason] = useState<BlackListReason>('suspected_misuse');
  const move = useCommand([['card', card.card_id], ['cards']]);
  return (
    <Sheet>
      {move.error && <ProblemNote problem={move.error} />}
      {(card.state === 'active' || card.state === 'issued') && (
        <div className="wrap-row">
          <Select
            style={{ minWidth: 180 }}
            value={reason}
            aria-label={t('card.block.reason')}
            onChange={setReason}
            options={blackListReasons.map((value) => ({ value, label: name(blackListReasonNames[value]) }))}
          />
          <Button
            danger
            loading={move.isPending}
            onClick={() => move.mutate({ path: `/api/cards/${card.card_id}/block`, body: { reason } })}
          >
            {t('card.block')}
          </Button>
        </div>
      )}
      {(card.state === 'blocked' || card.state === 'lost') && (
        <Popconfirm
          title={t('card.unblock.sure')}
          okText={t('yes')}
          cancelText={t('no')}
          onConfirm={() => move.mutate({ path: `/api/cards/${card.card_id}/unblock` })}
        >
          <Button type="primary" loading={move.isPending}>
            {t('card.unblock')}
          </Button>
        </Popconfirm>
      )}
    </Sheet>
  );
}
