import { useSuspenseQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import type { PersonContribution } from '../../../src/schemes/contributions/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { useFilters } from '../../kit/lists/search.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen } from '../../kit/money/format.ts';
import { Sheet, Stamp } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { WhyTree } from '../../kit/why/why-tree.tsx';
import { contributions } from '../../kit/why/wording.ts';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';

/** The month before this one: the last that can have been billed. */
function lastMonth(): string {
  const now = new Date();
  return new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit' }).format(
    new Date(now.getFullYear(), now.getMonth() - 1, 1),
  );
}

export function Contributions({ person_id }: { person_id: string }) {
  const t = useWords(agencyWords);
  const [{ month = lastMonth() }, setFilters] = useFilters<{ month: string }>();
  return (
    <div className="stack">
      <Input
        style={{ width: 170 }}
        type="month"
        value={month}
        aria-label={t('month')}
        onChange={(event) => event.target.value && setFilters({ month: event.target.value })}
      />
      <PageBoundary key={month}>
        <Month person_id={person_id} month={month} />
      </PageBoundary>
    </div>
  );
}

function Month({ person_id, month }: { person_id: string; month: string }) {
  const t = useWords(agencyWords);
  const name = useName();
  const { data } = useSuspenseQuery({
    queryKey: ['contribution', person_id, month],
    queryFn: () => get<PersonContribution>(`/api/contributions/persons/${person_id}`, { month }),
    retry: false,
  });
  const sum = (part: 'employer_fen' | 'person_fen') => (
    <Amount fen={addFen('0', ...data.lines.map((line) => line[part]))} />
  );
  return (
    <div className="stack">
      <Sheet
        tight
        title={name(data.employer_name)}
        extra={
          <Stamp tone={data.bill === 'received' ? 'done' : 'waiting'}>
            {t(`contribution.bill.${data.bill ?? 'none'}`)}
          </Stamp>
        }
      >
        <LedgerTable
          caption={t('tab.contributions')}
          rows={data.lines}
          rowKey={(row) => row.insurance}
          empty={null}
          columns={[
            { key: 'insurance', head: t('insurance'), cell: (row) => t(`contribution.${row.insurance}`) },
            { key: 'base', head: t('contribution.base'), figures: true, cell: (row) => <Amount fen={row.base_fen} /> },
            {
              key: 'employer',
              head: t('contribution.employer'),
              figures: true,
              cell: (row) => <Amount fen={row.employer_fen} />,
            },
            {
              key: 'person',
              head: t('contribution.person'),
              figures: true,
              cell: (row) => <Amount fen={row.person_fen} />,
            },
          ]}
          totals={{ employer: sum('employer_fen'), person: sum('person_fen') }}
        />
        <p className="table-foot">
          {t('contribution.account')} <Amount fen={data.account_fen} />
        </p>
      </Sheet>
      <Sheet title={t('contribution.why')}>
        <WhyTree reasons={data.reasons} wording={contributions} />
      </Sheet>
    </div>
  );
}
