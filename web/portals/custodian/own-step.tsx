import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type Type from 'typebox';
import type { Ceremony, Contribute as Contributing, Contribution } from '../../../src/operations/custody/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { useMe } from '../../kit/api/session.tsx';
import { Paper, usePrint } from '../../kit/print/paper.tsx';
import { Facts, Sheet } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { custodianWords } from './custodian.words.ts';
import { inventoryQuery, storeQuery } from './queries.ts';

/** What this custodian may do now, and nothing else; a component is in this page's memory until it is put away. */
export function OwnStep({ ceremony }: { ceremony: Ceremony }) {
  const t = useWords(custodianWords);
  // Held here, above the step: the step is over, and its form gone, before the answer has been read.
  const run = useCommand<Contribution>([['custody']]);
  const client = useQueryClient();
  const putAway = () => {
    run.reset();
    // The page's own store of answers forgets it as well.
    client.getMutationCache().clear();
  };
  if (run.data) return <Shown contribution={run.data} onKept={putAway} />;
  const step = ceremony.own_step;
  return (
    <Sheet title={t('your.step')}>
      {!step && <p className="quiet">{t('your.none')}</p>}
      {step && <p>{t(`step.${step}.note`)}</p>}
      {step === 'contribute' && <Contribute id={ceremony.ceremony_id} run={run} />}
      {step === 'confirm' && <Confirm id={ceremony.ceremony_id} />}
      {(step === 'combine' || step === 'install') && <Plain id={ceremony.ceremony_id} step={step} />}
    </Sheet>
  );
}

const path = (id: string, step: string) => `/api/custody/ceremonies/${id}/${step}`;

function Contribute({ id, run }: { id: string; run: ReturnType<typeof useCommand<Contribution>> }) {
  const t = useWords(custodianWords);
  const [brought, setBrought] = useState('');
  const [pin, setPin] = useState('');
  const [card, setCard] = useState<string | null>(null);
  const me = useMe();
  const { data: store } = useSuspenseQuery(storeQuery);
  const { data: stock } = useSuspenseQuery(inventoryQuery);
  const own = stock.items.filter(
    ({ kind, custodian }) => kind === 'component_card' && custodian.user_id === me.user_id,
  );
  const component = brought.replaceAll(/\s/g, '');
  const give = (body: Type.Static<typeof Contributing>) => run.mutate({ path: path(id, 'contribute'), body });
  return (
    <div className="custody-form">
      <Input.Password
        value={brought}
        onChange={(event) => setBrought(event.target.value)}
        aria-label={t('step.brought')}
        placeholder={t('step.brought')}
        autoComplete="off"
      />
      <Button type="primary" onClick={() => give(component ? { component } : {})} loading={run.isPending}>
        {t('step.contribute')}
      </Button>
      {store.card_desk && (
        <>
          <Select
            allowClear
            value={card}
            onChange={(next: string | undefined) => setCard(next ?? null)}
            aria-label={t('card.which')}
            placeholder={t('card.which')}
            options={own.map(({ item_id, label }) => ({ value: item_id, label }))}
          />
          <Input.Password
            value={pin}
            onChange={(event) => setPin(event.target.value)}
            aria-label={t('card.pin')}
            placeholder={t('card.pin')}
            autoComplete="off"
            maxLength={6}
          />
          <Button
            disabled={!/^\d{6}$/.test(pin)}
            loading={run.isPending}
            onClick={() => give(card ? { pin, card } : { pin })}
          >
            {card ? t('card.read') : t('card.write')}
          </Button>
        </>
      )}
      {run.error && <ProblemNote problem={run.error} />}
    </div>
  );
}

function Shown({ contribution, onKept }: { contribution: Contribution; onKept: () => void }) {
  const t = useWords(custodianWords);
  const kit = useWords(kitWords);
  const { printing, print } = usePrint();
  const { component, check_value, position, ceremony } = contribution;
  const letter = 'ABC'[position - 1] ?? '';
  const facts = (
    <Facts
      items={[
        { label: t('key'), value: `${t(`family.${ceremony.family}`)} ${ceremony.name} v${ceremony.version}` },
        ...(component ? [{ label: t('component', { letter }), value: inFours(component), mono: true }] : []),
        { label: t('check_value'), value: check_value, mono: true },
      ]}
    />
  );
  return (
    <Sheet title={t('component', { letter })}>
      <p>{component ? t('component.once') : t('component.brought')}</p>
      <div className="custody-component">{facts}</div>
      <div className="wrap-row">
        {component && <Button onClick={print}>{kit('print')}</Button>}
        <Button type="primary" onClick={onKept}>
          {t('component.kept')}
        </Button>
      </div>
      {printing && <Paper kind="statement">{facts}</Paper>}
    </Sheet>
  );
}

function Confirm({ id }: { id: string }) {
  const t = useWords(custodianWords);
  const [own, setOwn] = useState('');
  const [combined, setCombined] = useState('');
  const run = useCommand<Ceremony>([['custody']]);
  return (
    <div className="custody-form">
      <Input
        value={own}
        onChange={(event) => setOwn(event.target.value)}
        aria-label={t('own_check_value.label')}
        placeholder={t('own_check_value.label')}
        maxLength={12}
      />
      <Input
        value={combined}
        onChange={(event) => setCombined(event.target.value)}
        aria-label={t('combined_check_value.label')}
        placeholder={t('combined_check_value.label')}
        maxLength={12}
      />
      <Button
        type="primary"
        loading={run.isPending}
        onClick={() => run.mutate({ path: path(id, 'confirm'), body: { check_value: combined, own_check_value: own } })}
      >
        {t('step.confirm')}
      </Button>
      {run.error && <ProblemNote problem={run.error} />}
    </div>
  );
}

function Plain({ id, step }: { id: string; step: 'combine' | 'install' }) {
  const t = useWords(custodianWords);
  const run = useCommand<Ceremony>([['custody']]);
  return (
    <div className="wrap-row">
      <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ path: path(id, step) })}>
        {t(`step.${step}`)}
      </Button>
      {run.error && <ProblemNote problem={run.error} />}
    </div>
  );
}

/** 0A1B 2C3D …: read aloud and written down in groups. */
const inFours = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? text;
