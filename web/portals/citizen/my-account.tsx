import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { PersonAccount } from '../../../src/operations/payment/contract.ts';
import { AccountLines } from '../../kit/account/account-lines.tsx';
import { get } from '../../kit/api/client.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen, yuanText } from '../../kit/money/format.ts';
import { MoneyBar } from '../../kit/money/money-bar.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { useMoments } from '../../kit/words/time.ts';
import { citizenWords } from './citizen.words.ts';

export function MyAccount() {
  const t = useWords(citizenWords);
  const kit = useWords(kitWords);
  const moments = useMoments();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery({
    queryKey: ['my-account'],
    queryFn: ({ pageParam }) => get<PersonAccount>('/api/my/account', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.statement.next,
  });
  const account = data.pages[0]!;
  const { count, amount_fen } = account.on_the_way;
  return (
    <Page title={t('account')} note={t('account.as-of', { at: moments.at(account.as_of) })}>
      <Sheet>
        <p className="quiet">{t('account.together')}</p>
        <p>
          <Amount fen={addFen(account.personal_fen, account.card_fen)} size="huge" unit />
        </p>
        <MoneyBar
          title={t('account')}
          rows={[
            {
              label: kit('total'),
              parts: [
                { key: 'personal', label: t('account.personal'), fen: account.personal_fen, colour: 'var(--jade)' },
                {
                  key: 'card',
                  label: t('account.on-card'),
                  fen: account.card_fen,
                  colour: 'var(--fund-purse)',
                  hatched: true,
                },
              ],
            },
          ]}
        />
        {count > 0 && <p className="quiet hint">{t('account.on-the-way', { count, amount: yuanText(amount_fen) })}</p>}
      </Sheet>
      <Sheet title={t('account.statement')}>
        <AccountLines lines={data.pages.flatMap((page) => page.statement.items)} />
        {hasNextPage && (
          <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {kit('more')}
          </Button>
        )}
      </Sheet>
    </Page>
  );
}
