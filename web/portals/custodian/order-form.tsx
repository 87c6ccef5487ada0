import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import {
  applications,
  type NewOrder,
  type ReceiverKind,
  receiverKinds,
  transactions,
} from '../../../src/operations/custody/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { Sheet } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { custodianWords } from './custodian.words.ts';
import { inventoryQuery } from './queries.ts';

const kinds = ['distribute', 'destroy', 'drill'] as const;

export function OrderForm() {
  const t = useWords(custodianWords);
  const { data } = useSuspenseQuery(inventoryQuery);
  const [kind, setKind] = useState<(typeof kinds)[number]>('distribute');
  const [key, setKey] = useState(data.keys[0]?.key ?? '');
  const [receiver, setReceiver] = useState<ReceiverKind>('psam');
  const [label, setLabel] = useState('');
  const [family, setFamily] = useState<'sm4' | 'des'>('sm4');
  const [forApplications, setApplications] = useState<NonNullable<Distribute['applications']>>(['medical']);
  const [forTransactions, setTransactions] = useState<NonNullable<Distribute['transactions']>>(['purchase']);
  const [level, setLevel] = useState<'province' | 'city'>('city');
  const [city_code, setCity] = useState('990100');
  const transports = [
    ...new Set(data.keys.filter((one) => one.family === family && one.name.startsWith('TK-')).map(({ name }) => name)),
  ];
  const [transport, setTransport] = useState<string | null>(null);
  const [version, setVersion] = useState(1);
  const ask = useCommand([['custody']]);

  const order = (): NewOrder => {
    if (kind === 'distribute')
      return {
        kind,
        receiver,
        label: label.trim(),
        family,
        version,
        applications: forApplications,
        transactions: forTransactions,
        level,
        city_code,
        transport: transport ?? '',
      };
    const chosen = data.keys.find((one) => one.key === key);
    return { kind, family: chosen?.family ?? 'sm4', name: chosen?.name ?? '', version: chosen?.version ?? 1 };
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ path: '/api/custody/orders', body: order() }, { onSuccess: () => setLabel('') });
  };
  return (
    <Sheet>
      <form className="custody-form" onSubmit={submit}>
        <Segmented
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`order.${value}`) }))}
        />
        {kind !== 'distribute' && (
          <Select
            value={key}
            onChange={setKey}
            showSearch
            aria-label={t('key')}
            options={data.keys.map((one) => ({ value: one.key, label: one.key }))}
          />
        )}
        {kind === 'distribute' && (
          <>
            <Select
              value={receiver}
              onChange={setReceiver}
              aria-label={t('receiver')}
              options={receiverKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
            <Input
              value={label}
              onChange={(event) => setLabel(event.target.value)}
              aria-label={t('label')}
              placeholder={t('label')}
              maxLength={60}
            />
            <Select
              value={family}
              onChange={(next) => {
                setFamily(next);
                setTransport(null);
              }}
              aria-label={t('family')}
              options={(['sm4', 'des'] as const).map((value) => ({ value, label: t(`family.${value}`) }))}
            />
            <Input
              type="number"
              min={1}
              max={99}
              value={version}
              onChange={(event) => setVersion(Number(event.target.value))}
              aria-label={t('version')}
              prefix={t('version')}
            />
            <Select
              mode="multiple"
              value={forApplications}
              onChange={setApplications}
              aria-label={t('applications')}
              placeholder={t('applications')}
              options={applications.map((value) => ({ value, label: t(`application.${value}`) }))}
            />
            <Select
              mode="multiple"
              value={forTransactions}
              onChange={setTransactions}
              aria-label={t('transactions')}
              placeholder={t('transactions')}
              options={transactions.map((value) => ({ value, label: t(`transaction.${value}`) }))}
            />
            <Select
              value={level}
              onChange={setLevel}
              aria-label={t('send.level')}
              options={(['province', 'city'] as const).map((value) => ({ value, label: t(`send.${value}`) }))}
            />
            <Input
              value={city_code}
              onChange={(event) => setCity(event.target.value)}
              aria-label={t('city.code')}
              prefix={t('city.code')}
              maxLength={6}
            />
            <Select
              value={transport}
              onChange={setTransport}
              aria-label={t('key.transport')}
              placeholder={t('key.transport')}
              options={transports.map((value) => ({ value, label: value }))}
            />
          </>
        )}
        <Button
          type="primary"
          htmlType="submit"
          loading={ask.isPending}
          disabled={kind === 'distribute' && (!label.trim() || !transport)}
        >
          {t('ask')}
        </Button>
      </form>
      {ask.error && <ProblemNote problem={ask.error} />}
    </Sheet>
  );
}

type Distribute = Extract<NewOrder, { kind: 'distribute' }>;
