import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { PersonJson, PersonPageJson } from '../../../src/core/registry/contract.ts';
import type { Applied, Card, CardDetail } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { useHolder } from '../../kit/card/holder.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Paper, usePrint } from '../../kit/print/paper.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useLanguage } from '../../kit/words/language.ts';
import { CardMoves } from './card-moves.tsx';
import { cardWords } from './cards.words.ts';
import { chipPhoto } from './chip-photo.ts';
import './agency.css';

export function CardCounter() {
  const c = useWords(cardWords);
  const [{ query = '', person = '' }, setFilters] = useFilters<{ query: string; person: string }>();
  return (
    <Page title={c('counter')} note={c('counter.note')}>
      <Input.Search
        style={{ maxWidth: 420 }}
        defaultValue={query}
        autoFocus
        aria-label={c('counter.find')}
        placeholder={c('counter.find')}
        onSearch={(next) => setFilters({ query: next.trim(), person: '' })}
        allowClear
      />
      <PageBoundary>
        {person ? (
          <Served person_id={person} />
        ) : query ? (
          <Found query={query} choose={(id) => setFilters({ person: id })} />
        ) : (
          <Empty title={c('counter.start')}>{c('counter.start.note')}</Empty>
        )}
      </PageBoundary>
    </Page>
  );
}

function Found({ query, choose }: { query: string; choose: (person_id: string) => void }) {
  const c = useWords(cardWords);
  const [language] = useLanguage();
  const { data } = useSuspenseQuery({
    queryKey: ['persons', 'counter', query],
    queryFn: () => get<PersonPageJson>('/api/persons', { query }),
  });
  if (data.persons.length === 0) return <Empty title={c('counter.start')}>{c('counter.start.note')}</Empty>;
  return (
    <Sheet tight>
      <ul className="counter-found">
        {data.persons.map((person) => (
          <li key={person.person_id}>
            <Button type="text" block onClick={() => choose(person.person_id)}>
              <strong lang={language === 'zh' ? 'zh-CN' : undefined}>
                {language === 'zh' ? person.name : person.name_latin}
              </strong>
              <span className="mono">{person.citizen_number}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Served({ person_id }: { person_id: string }) {
  const c = useWords(cardWords);
  const [language] = useLanguage();
  const { data: person } = useSuspenseQuery({
    queryKey: ['person', person_id],
    queryFn: () => get<PersonJson>(`/api/persons/${person_id}`),
  });
  const { data: cards } = useSuspenseQuery({
    queryKey: ['person-cards', person_id],
    queryFn: () => get<{ items: Card[] }>(`/api/persons/${person_id}/cards`),
  });
  return (
    <div className="stack">
      <h2>
        {language === 'zh' ? person.name : person.name_latin}{' '}
        <span className="mono quiet">{person.citizen_number}</span>
      </h2>
      {cards.items.length === 0 && <Empty title={c('counter.none')}>{c('counter.none.note')}</Empty>}
      {cards.items.map((card) => (
        <OneCard key={card.card_id} card_id={card.card_id} />
      ))}
      <Apply person={person} />
    </div>
  );
}

function OneCard({ card_id }: { card_id: string }) {
  const c = useWords(cardWords);
  const holder = useHolder();
  const { data: card } = useSuspenseQuery({
    queryKey: ['card', card_id],
    queryFn: () => get<CardDetail>(`/api/cards/${card_id}`),
  });
  return (
    <div className="card-page">
      <div className="stack">
        <CardFace
          number={card.card_number}
          holder={holder(card)}
          state={card.state}
          expires={card.expires_on}
          generation={card.generation}
        />
        <Link to="/agency/cards/$id" params={{ id: card_id }}>
          {c('history')}
        </Link>
      </div>
      <CardMoves card={card} />
    </div>
  );
}

function Apply({ person }: { person: PersonJson }) {
  const { person_id } = person;
  const c = useWords(cardWords);
  const [photo, setPhoto] = useState<string | null>(null);
  const apply = useCommand<Applied>([['applications']]);
  const [answer] = apply.data?.items ?? [];
  return (
    <Sheet title={c('apply')}>
      <p className="quiet">{c('apply.note')}</p>
      {apply.error && <ProblemNote problem={apply.error} />}
      {answer?.refusal && <Refusal code={answer.refusal} />}
      {answer?.application_id && (
        <div className="wrap-row">
          <span role="status">{c('apply.done')}</span>
          <Receipt person={person} answer={answer} />
        </div>
      )}
      <div className="wrap-row">
        <label className="photo-pick">
          <span>{c('apply.photo')}</span>
          <input
            type="file"
            accept="image/*"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              setPhoto(file ? await chipPhoto(file) : null);
            }}
          />
        </label>
        {photo && <img className="photo-small" src={`data:image/jpeg;base64,${photo}`} alt={c('apply.photo')} />}
        <Button
          type="primary"
          disabled={!photo}
          loading={apply.isPending}
          onClick={() =>
            apply.mutate({
              path: '/api/card-applications',
              body: { channel: 'counter', rows: [{ person_id, photo }] },
            })
          }
        >
          {c('apply.send')}
        </Button>
      </div>
    </Sheet>
  );
}

/** What the applicant takes home, on a 58 mm roll. */
function Receipt({ person, answer }: { person: PersonJson; answer: Applied['items'][number] }) {
  const c = useWords(cardWords);
  const [language] = useLanguage();
  const { printing, print } = usePrint();
  return (
    <>
      <Button onClick={print}>{c('apply.receipt')}</Button>
      {printing && (
        <Paper kind="receipt">
          <h2>{c('receipt.title')}</h2>
          <p>
            {language === 'zh' ? person.name : person.name_latin}
            <br />
            <span className="mono">{person.citizen_number}</span>
          </p>
          <p>
            {c('receipt.number')} <span className="mono">{answer.application_id?.slice(-12)}</span>
          </p>
          <p>
            {answer.reason && c(`apply.${answer.reason}`)} · {c('fee')} <Amount fen={answer.fee_fen ?? '0'} unit />
          </p>
          <p>{c('receipt.keep')}</p>
        </Paper>
      )}
    </>
  );
}

/** The words of a refusal come from the centre. */
function Refusal({ code }: { code: string }) {
  const [language] = useLanguage();
  const { data } = useSuspenseQuery({
    queryKey: ['problem', code],
    queryFn: () => get<{ zh: string; en: string }>(`/api/problems/${code}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <p role="alert">{language === 'zh' ? data.zh : data.en}</p>;
}
