import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Card } from '../../../src/operations/issuance/contract.ts';
import type { PersonAccount } from '../../../src/operations/payment/contract.ts';
import { AccountLines } from '../../kit/account/account-lines.tsx';
import { get } from '../../kit/api/client.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { useHolder } from '../../kit/card/holder.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Facts, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { agencyWords } from './agency.words.ts';

export function PersonCards({ person_id }: { person_id: string }) {
  const t = useWords(agencyWords);
  const holder = useHolder();
  const { data } = useSuspenseQuery({
    queryKey: ['cards-of', person_id],
    queryFn: () => get<{ items: Card[] }>(`/api/persons/${person_id}/cards`),
  });
  if (data.items.length === 0) return <Empty title={t('cards.none')} />;
  return (
    <div className="columns">
      {data.items.map((card) => (
        <Link key={card.card_id} to="/agency/cards/$id" params={{ id: card.card_id }}>
          <CardFace
            number={card.card_number}
            holder={holder(card)}
            state={card.state}
            expires={card.expires_on}
            generation={card.generation}
          />
        </Link>
      ))}
    </div>
  );
}

export function PersonAccountPart({ person_id }: { person_id: string }) {
  const t = useWords(agencyWords);
  const { data } = useSuspenseQuery({
    queryKey: ['account-of', person_id],
    queryFn: () => get<PersonAccount>(`/api/persons/${person_id}/account`),
    retry: false,
  });
  return (
    <Sheet>
      <Facts
        columns={3}
        items={[
          { label: t('account.personal'), value: <Amount fen={data.personal_fen} size="large" /> },
          { label: t('account.card'), value: <Amount fen={data.card_fen} size="large" /> },
        ]}
      />
      <AccountLines lines={data.statement.items} />
    </Sheet>
  );
}
