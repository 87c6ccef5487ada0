import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, type InputRef, Select } from 'antd';
import { useRef, useState } from 'react';
import type { OperationList, OperationView, Worked } from '../../../src/operations/laboratory/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { useShortcut } from '../../kit/keys/shortcut.tsx';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { Account } from './account.tsx';
import { Copy } from './copy.tsx';
import { laboratoryWords } from './laboratory.words.ts';
import { OperationForm } from './operation-form.tsx';

type Search = { readonly operation: string } & Readonly<Record<string, string>>;

export function Operations() {
  const t = useWords(laboratoryWords);
  const { data } = useSuspenseQuery({
    queryKey: ['laboratory', 'operations'],
    queryFn: () => get<OperationList>('/api/laboratory/operations'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [{ operation: id }] = useFilters<Search>();
  const chosen = data.items.find((item) => item.id === id) ?? data.items[0];
  return (
    <Page title={t('operations')} note={t('operations.note')}>
      <p className="lab-notice">{t('notice')}</p>
      <div className="lab-bench">
        <Choice items={data.items} chosen={chosen} />
        {chosen && <Bench key={chosen.id} operation={chosen} />}
      </div>
    </Page>
  );
}

/** Which operation: a list beside the form, a single field above it on a narrow screen. */
function Choice({ items, chosen }: { items: readonly OperationView[]; chosen: OperationView | undefined }) {
  const t = useWords(laboratoryWords);
  const name = useName();
  const [, setFilters] = useFilters<Search>();
  const [wanted, setWanted] = useState('');
  const field = useRef<InputRef>(null);
  useShortcut('F3', () => field.current?.focus());
  const fits = ({ id, name: { zh, en } }: OperationView) =>
    `${id} ${zh} ${en}`.toLowerCase().includes(wanted.trim().toLowerCase());
  const found = items.filter(fits);
  return (
    <nav className="lab-choice" aria-label={t('choose')}>
      <Select
        className="lab-choice-narrow"
        showSearch={{ optionFilterProp: 'label' }}
        value={chosen?.id ?? null}
        onChange={(operation) => setFilters({ operation })}
        options={items.map((item) => ({ value: item.id, label: `${item.id} · ${name(item.name)}` }))}
        aria-label={t('choose')}
      />
      <div className="lab-choice-wide">
        <Input
          ref={field}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          placeholder={t('find')}
          aria-label={t('find')}
          suffix={<kbd className="key">F3</kbd>}
          allowClear
        />
        {found.length === 0 && <Empty title={t('find.none')}>{t('find.none.note')}</Empty>}
        <ul>
          {found.map((item) => (
            <li key={item.id}>
              <Link
                to="/laboratory/operations"
                search={{ operation: item.id } as never}
                className="lab-operation"
                aria-current={item.id === chosen?.id ? 'page' : undefined}
              >
                <code>{item.id}</code>
                <span>{name(item.name)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

/** What was typed stays for the next operation, under the name of its parameter; keys in this page only. */
const typed = new Map<string, string>();

/** The form of one operation and the account of what it computed. */
function Bench({ operation }: { operation: OperationView }) {
  const t = useWords(laboratoryWords);
  const [{ operation: _, expected: linked, ...search }, setFilters] = useFilters<Search>();
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => firstValues(operation, search));
  const [expected, setExpected] = useState(linked ?? '');
  const [changed, setChanged] = useState(false);
  const compute = useCommand<Worked>();

  const change = (key: string, value: string) => {
    typed.set(key, value);
    setValues({ ...values, [key]: value });
    setChanged(true);
  };
  const submit = () => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    const open = operation.parameters
      .filter(({ secret }) => !secret)
      .map(({ key }) => [key, short(values[key])] as const);
    setFilters({ operation: operation.id, ...Object.fromEntries(open), expected: short(expected) });
    setChanged(false);
    compute.mutate({
      path: `/api/laboratory/operations/${operation.id}`,
      body: { values: given, ...(expected.trim() ? { expected } : {}) },
    });
  };
  const { data, error } = compute;
  return (
    <>
      <Sheet title={<OperationTitle operation={operation} />}>
        <OperationForm
          operation={operation}
          values={values}
          expected={expected}
          problem={error}
          busy={compute.isPending}
          onChange={change}
          onExpected={(value) => {
            setExpected(value);
            setChanged(true);
          }}
          onSubmit={submit}
        />
      </Sheet>
      <Sheet title={t('account')} extra={data && <Copy text={location.href} label={t('copy.link')} />}>
        <div aria-live="polite">
          {changed && data && <p className="lab-changed">{t('changed')}</p>}
          {error && <ProblemNote problem={error} />}
          {data && !error && <Account worked={data} />}
          {!data && !error && <Empty title={t('account.empty')}>{t('account.empty.note')}</Empty>}
        </div>
      </Sheet>
    </>
  );
}

function OperationTitle({ operation }: { operation: OperationView }) {
  const name = useName();
  return (
    <>
      {name(operation.name)} <code className="quiet lab-id">{operation.id}</code>
    </>
  );
}

/** An address stays short enough to be sent. */
const short = (value: string | undefined): string => (value && value.length <= 600 ? value : '');

function firstValues(
  { parameters }: OperationView,
  search: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    parameters.map(({ key, choices, default: preset = '', secret }) => {
      const kept = (secret ? undefined : search[key]) ?? typed.get(key);
      const fits = kept !== undefined && (!choices || choices.some(({ value }) => value === kept));
      return [key, fits ? kept : preset];
    }),
  );
}
