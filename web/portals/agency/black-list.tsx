import { Link } from '@tanstack/react-router';
import { blackListReasonNames } from '../../../src/core/screening/contract.ts';
import type { ListedCard } from '../../../src/operations/issuance/contract.ts';
import { useHolder } from '../../kit/card/holder.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { cardWords } from './cards.words.ts';

export function BlackList() {
  const c = useWords(cardWords);
  const name = useName();
  const holder = useHolder();
  const moments = useMoments();
  const { items, more, busy } = usePages<ListedCard>(['black-list'], '/api/black-list', {}, 10_000);
  return (
    <Page title={c('listed')} note={c('listed.note')}>
      <Sheet tight>
        <LedgerTable
          caption={c('listed')}
          rows={items}
          rowKey={(row) => row.version}
          more={more}
          busy={busy}
          empty={<Empty title={c('listed.none')} />}
          columns={[
            {
              key: 'number',
              short: true,
              head: c('number'),
              cell: (row) => (
                <Link to="/agency/cards/$id" params={{ id: row.card_id }} className="mono">
                  {row.card_number}
                </Link>
              ),
            },
            { key: 'holder', head: c('holder'), cell: holder },
            { key: 'reason', head: c('listed.reason'), cell: (row) => name(blackListReasonNames[row.reason]) },
            { key: 'since', head: c('listed.since'), wide: true, cell: (row) => moments.at(row.since) },
            { key: 'version', head: c('listed.version'), figures: true, wide: true, cell: (row) => row.version },
          ]}
        />
      </Sheet>
    </Page>
  );
}
