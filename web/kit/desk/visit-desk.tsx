import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useCallback, useRef, useState } from 'react';
import type { VisitKind, VisitView } from '../../../src/schemes/medical/contract.ts';
import { get } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useMe } from '../api/session.tsx';
import { useFilters } from '../lists/search.ts';
import { Sheet } from '../shell/page.tsx';
import { ProblemNote } from '../states/problem-note.tsx';
import { Waiting } from '../states/waiting.tsx';
import { useWords } from '../words/catalogue.ts';
import { useBill } from './bill.ts';
import { BillTable, draftOf } from './bill-table.tsx';
import { CatalogueSearch } from './catalogue-search.tsx';
import { deskWords } from './desk.words.ts';
import { PreviewPanel, SettledPanel } from './pay-panel.tsx';
import { usePayment } from './payment.ts';
import { RegisterForm } from './register-form.tsx';
import { type Done, type Terminal, terminalsQuery, useTerminalStream } from './terminal.ts';
import { TerminalSide } from './terminal-side.tsx';
import { VisitHead } from './visit-head.tsx';
import './desk.css';

type Props = {
  readonly kinds: readonly VisitKind[];
  readonly department: string;
  readonly doctorLabel: 'doctor' | 'pharmacist';
  /** Narrows the catalogue, where a desk sells drugs only. */
  readonly itemKind?: string;
  readonly cancelLabel: 'cancel' | 'cancel.sale';
};

/** Everything of one case on one screen, from card to receipt. The visit stands in the address. */
export function VisitDesk({ kinds, department, doctorLabel, itemKind, cancelLabel }: Props) {
  const me = useMe();
  const institution = me.institution_code ?? '';
  const [{ visit: visit_id }, setAddress] = useFilters<{ visit: string }>();
  const { data: terminals } = useQuery(terminalsQuery(institution));
  const terminal = terminals?.[0] ?? null;
  const heard = useRef<(done: Done) => void>(() => {});
  const { steps, screen, clear } = useTerminalStream(
    institution,
    terminal?.terminal_id ?? null,
    useCallback((done: Done) => heard.current(done), []),
  );
  const visit = useQuery({
    queryKey: ['visit', visit_id],
    queryFn: () => get<VisitView>(`/api/visits/${visit_id}`),
    enabled: visit_id !== undefined,
  });
  const open = (id: string | undefined) => {
    clear();
    setAddress({ visit: id } as { visit: string });
  };

  return (
    <div className="visit-desk">
      <div className="stack">
        {!visit_id && (
          <RegisterForm
            terminal={terminal}
            kinds={kinds}
            department={department}
            doctorLabel={doctorLabel}
            onRegistered={({ visit_id: id }) => open(id)}
          />
        )}
        {visit_id && visit.isPending && <Waiting />}
        {visit.error && <ProblemNote problem={visit.error} onRetry={() => void visit.refetch()} />}
        {visit_id && visit.data && (
          <OpenVisit
            key={visit_id}
            visit={visit.data}
            terminal={terminal}
            heard={heard}
            itemKind={itemKind}
            cancelLabel={cancelLabel}
            onLeave={() => open(undefined)}
          />
        )}
      </div>
      <TerminalSide institution={institution} terminal={terminal} screen={screen} steps={steps} />
    </div>
  );
}

type OpenProps = {
  readonly visit: VisitView;
  readonly terminal: Terminal | null;
  readonly heard: { current: (done: Done) => void };
  readonly itemKind: string | undefined;
  readonly cancelLabel: Props['cancelLabel'];
  readonly onLeave: () => void;
};

function OpenVisit({ visit, terminal, heard, itemKind, cancelLabel, onLeave }: OpenProps) {
  const t = useWords(deskWords);
  const [useAccount, setUseAccount] = useState(true);
  const [endedOn, setEndedOn] = useState<string | null>(visit.ended_on);
  const bill = useBill(visit, useAccount, endedOn);
  const payment = usePayment(visit, terminal);
  const cancel = useCommand<VisitView>([['visits'], ['visit', visit.visit_id]]);
  heard.current = payment.finished;
  const writable = visit.state === 'open';
  const { settlement } = payment;
  const unfinished = visit.state === 'open' || visit.state === 'awaiting_card';
  const leave = () => {
    if (settlement?.state === 'settled') bill.forget();
    onLeave();
  };

  return (
    <>
      <VisitHead visit={visit} />
      {writable && (
        <Sheet title={t('lines')} extra={<span className="quiet">{t(`lines.${bill.standing}`)}</span>}>
          <CatalogueSearch
            {...(itemKind ? { kind: itemKind } : {})}
            disabled={!writable}
            onChoose={(item) => bill.setLines([...bill.lines, draftOf(item)])}
          />
          <BillTable lines={bill.lines} reckoned={visit.lines} onChange={bill.setLines} disabled={!writable} />
          {visit.kind === 'inpatient' && (
            <label className="wrap-row" htmlFor="ended-on">
              {t('ended-on')}
              <Input
                id="ended-on"
                type="date"
                style={{ width: 170 }}
                min={visit.begun_on}
                value={endedOn ?? ''}
                onChange={(event) => setEndedOn(event.target.value || null)}
              />
            </label>
          )}
        </Sheet>
      )}
      {bill.problem && <ProblemNote problem={bill.problem} />}
      {writable && (
        <PreviewPanel
          preview={bill.preview}
          useAccount={useAccount}
          onUseAccount={setUseAccount}
          ready={bill.ready}
          busy={payment.busy}
          onSettle={() => payment.begin(useAccount)}
        />
      )}
      {payment.problem && <ProblemNote problem={payment.problem} />}
      {!writable && settlement && (
        <SettledPanel
          settlement={settlement}
          cardInside={terminal?.card !== null && terminal !== null}
          refused={payment.refused}
          busy={payment.busy || terminal?.state === 'busy'}
          onTap={() => void payment.tap(settlement)}
          onCash={payment.takeCash}
          onNext={leave}
        />
      )}
      {cancel.error && <ProblemNote problem={cancel.error} />}
      <div className="wrap-row">
        {unfinished && <Button onClick={leave}>{t('aside')}</Button>}
        {unfinished && (
          <Button
            danger
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ path: `/api/visits/${visit.visit_id}/cancel` }, { onSuccess: onLeave })}
          >
            {t(cancelLabel)}
          </Button>
        )}
      </div>
    </>
  );
}
