import '../../kit/account/account.css';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type Type from 'typebox';
import { type BlackListReason, blackListReasonNames } from '../../../src/core/screening/contract.ts';
import type { CardDetail } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { algorithmNames, useHolder } from '../../kit/card/holder.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { yuanText } from '../../kit/money/format.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { agencyWords } from './agency.words.ts';
import { CardMoves } from './card-moves.tsx';
import { CardStamp } from './cards.tsx';
import { cardWords } from './cards.words.ts';
import './agency.css';

type Detail = Type.Static<typeof CardDetail>;

export function Card() {
  const t = useWords(agencyWords);
  const c = useWords(cardWords);
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
          <CardMoves card={card} />
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
                ...(card.balance_fen
                  ? [{ label: c('card.balance'), value: <Amount fen={card.balance_fen} unit /> }]
                  : []),
                ...(card.suspended_through ? [{ label: c('card.until'), value: card.suspended_through }] : []),
                ...(card.carried ? [{ label: c('card.carried'), value: <Carried money={card.carried} /> }] : []),
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
                      {c(`move.${event.move}`)} · {moments.at(event.at)} · {event.by}
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

/** Where the money of a card that ended went, and what may still come in. */
function Carried({ money }: { money: NonNullable<Detail['carried']> }) {
  const c = useWords(cardWords);
  const amount = yuanText(money.amount_fen);
  return (
    <>
      {money.to_card ? c('carried.to', { amount, card: money.to_card }) : c('carried.person', { amount })}
      <br />
      <small className="quiet">
        {c('carried.wait', { day: money.expected_through, came: yuanText(money.came_fen) })}
      </small>
    </>
  );
}
