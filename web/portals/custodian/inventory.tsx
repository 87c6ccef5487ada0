import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useCommand } from '../../kit/api/command.ts';
import { useMe } from '../../kit/api/session.tsx';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { custodianWords } from './custodian.words.ts';
import { inventoryQuery, storeQuery } from './queries.ts';
import './custodian.css';

export function InventoryPage() {
  const t = useWords(custodianWords);
  const me = useMe();
  const { data } = useSuspenseQuery(inventoryQuery);
  const { data: store } = useSuspenseQuery(storeQuery);
  const give = useCommand([['custody']]);
  const others = store.custodians.filter(({ user_id }) => user_id !== me.user_id);
  return (
    <Page title={t('inventory')} note={t('inventory.note')}>
      {give.error && <ProblemNote problem={give.error} />}
      <Sheet title={t('items')} tight>
        <LedgerTable
          caption={t('items')}
          rows={data.items}
          rowKey={(item) => item.item_id}
          empty={<Empty title={t('items.none')}>{t('items.none.note')}</Empty>}
          columns={[
            {
              key: 'label',
              head: t('label'),
              cell: (item) => <Subject subject={item.item_id} label={item.label} />,
            },
            { key: 'kind', head: t('kind'), wide: true, cell: (item) => t(`kind.${item.kind}`) },
            { key: 'custodian', head: t('custodian'), cell: (item) => item.custodian.name },
            {
              key: 'state',
              head: t('state'),
              wide: true,
              cell: (item) => <Stamp tone="plain">{t(`item.${item.state}`)}</Stamp>,
            },
            {
              key: 'give',
              head: '',
              wide: true,
              cell: (item) =>
                item.custodian.user_id === me.user_id && (
                  <Select
                    size="small"
                    value={null}
                    style={{ width: 160 }}
                    aria-label={t('hand.over')}
                    placeholder={t('hand.over')}
                    onChange={(to: string | null) =>
                      give.mutate({ path: `/api/custody/items/${item.item_id}/hand-over`, body: { to } })
                    }
                    options={others.map(({ user_id, name }) => ({ value: user_id, label: name }))}
                  />
                ),
            },
          ]}
        />
      </Sheet>
      <Sheet title={t('keys')} tight>
        <LedgerTable
          caption={t('keys')}
          rows={data.keys}
          rowKey={(key) => key.key}
          empty={null}
          columns={[
            { key: 'key', head: t('key'), cell: (key) => <Subject subject={key.key} label={key.name} /> },
            { key: 'family', head: t('family'), cell: (key) => t(`family.${key.family}`) },
            { key: 'version', head: t('version'), figures: true, cell: (key) => key.version },
            { key: 'check', head: t('check_value'), cell: (key) => <span className="mono">{key.check_value}</span> },
          ]}
        />
      </Sheet>
    </Page>
  );
}

const Subject = ({ subject, label }: { subject: string; label: string }) => (
  <Link to="/custodian/history" search={{ subject, label } as never} className="custody-detail">
    {label}
  </Link>
);
