import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Ceremony } from '../../../src/operations/custody/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { CeremonyStamp } from './ceremony-stamp.tsx';
import { custodianWords } from './custodian.words.ts';
import { ceremoniesQuery, storeQuery } from './queries.ts';
import './custodian.css';

export function Ceremonies() {
  const t = useWords(custodianWords);
  const moments = useMoments();
  const { data } = useSuspenseQuery(ceremoniesQuery);
  return (
    <Page title={t('ceremonies')} note={t('ceremonies.note')}>
      <StoreNotes />
      <OpenForm />
      <Sheet tight>
        <LedgerTable<Ceremony>
          caption={t('ceremonies')}
          rows={data.items}
          rowKey={(row) => row.ceremony_id}
          empty={<Empty title={t('ceremonies.none')}>{t('ceremonies.none.note')}</Empty>}
          columns={[
            {
              key: 'key',
              head: t('key'),
              cell: (row) => (
                <Link to="/custodian/ceremonies/$id" params={{ id: row.ceremony_id }}>
                  {t(`family.${row.family}`)} {row.name} v{row.version}
                </Link>
              ),
            },
            { key: 'purpose', head: t('purpose'), wide: true, cell: (row) => row.purpose },
            { key: 'opened', head: t('opened'), wide: true, cell: (row) => moments.at(row.opened_at) },
            { key: 'state', head: t('state'), cell: (row) => <CeremonyStamp state={row.state} /> },
            {
              key: 'own',
              head: t('your.step'),
              cell: (row) => row.own_step && <Stamp tone="waiting">{t(`step.${row.own_step}`)}</Stamp>,
            },
          ]}
        />
      </Sheet>
    </Page>
  );
}

function StoreNotes() {
  const t = useWords(custodianWords);
  const name = useName();
  const { data: store } = useSuspenseQuery(storeQuery);
  return (
    <Sheet title={`${t('store')}: ${t(`store.${store.kind}`)}`} extra={<span className="mono">{store.model}</span>}>
      <ul className="custody-notes">
        {store.notes.map((note) => (
          <li key={note.en}>{name(note)}</li>
        ))}
      </ul>
    </Sheet>
  );
}

function OpenForm() {
  const t = useWords(custodianWords);
  const { data: store } = useSuspenseQuery(storeQuery);
  const [purpose, setPurpose] = useState('');
  const [family, setFamily] = useState<'sm4' | 'des'>('sm4');
  const [key, setKey] = useState(store.key_names[0] ?? '');
  const [transport, setTransport] = useState('');
  const [custodians, setCustodians] = useState<string[]>([]);
  const open = useCommand<Ceremony>([['custody']]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = key === 'TK' ? `TK-${transport.trim().toUpperCase()}` : key;
    const body = { purpose: purpose.trim(), family, name, custodians };
    open.mutate({ path: '/api/custody/ceremonies', body }, { onSuccess: () => setPurpose('') });
  };
  return (
    <Sheet title={t('open')}>
      <form className="custody-form" onSubmit={submit}>
        <Input
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
          aria-label={t('purpose')}
          placeholder={`${t('purpose')}: ${t('purpose.example')}`}
        />
        <Select
          value={family}
          onChange={setFamily}
          aria-label={t('family')}
          options={(['sm4', 'des'] as const).map((value) => ({ value, label: t(`family.${value}`) }))}
        />
        <Select
          value={key}
          onChange={setKey}
          aria-label={t('key')}
          options={[
            ...store.key_names.map((value) => ({ value, label: value })),
            { value: 'TK', label: t('key.transport') },
          ]}
        />
        {key === 'TK' && (
          <Input
            value={transport}
            onChange={(event) => setTransport(event.target.value)}
            aria-label={t('transport.name')}
            prefix="TK-"
            maxLength={8}
          />
        )}
        <Select
          mode="multiple"
          maxCount={3}
          value={custodians}
          onChange={setCustodians}
          aria-label={t('people.in_order')}
          placeholder={t('people.in_order')}
          options={store.custodians.map(({ user_id, name }) => ({ value: user_id, label: name }))}
        />
        <Button type="primary" htmlType="submit" loading={open.isPending} disabled={!purpose.trim()}>
          {t('open')}
        </Button>
      </form>
      {open.error && <ProblemNote problem={open.error} />}
    </Sheet>
  );
}
