import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { type Today as TodayOf, visitKinds } from '../../../src/schemes/medical/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { MoneyBar } from '../../kit/money/money-bar.tsx';
import { settlementWords } from '../../kit/settlement/settlement.words.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import type { Palette } from '../../kit/theme/palette.ts';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { agencyWords } from './agency.words.ts';
import { countOf, fundsFen, type Hour, hoursOf, sumFen } from './today-sums.ts';
import './agency.css';

/** The figures stand at once; the drawing library comes after them. */
const Chart = lazy(() => import('../../kit/charts/chart.tsx'));

export function Today() {
  const t = useWords(agencyWords);
  const { data } = useSuspenseQuery({
    queryKey: ['today'],
    queryFn: () => get<TodayOf>('/api/medical/today'),
    refetchInterval: 5_000,
  });
  const { hours } = data;
  const figures = [
    { label: t('today.settlements'), value: countOf(hours).toLocaleString('en') },
    { label: t('today.total'), value: <Amount fen={sumFen(hours, 'total_fen')} unit /> },
    { label: t('today.funds'), value: <Amount fen={fundsFen(hours)} unit /> },
    { label: t('today.waiting'), value: data.waiting_for_card },
  ];
  return (
    <Page title={t('today')} note={t('today.note', { day: data.business_date })}>
      <dl className="figures-row">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {hours.length === 0 ? (
        <Empty title={t('today.none')}>{t('today.none.note')}</Empty>
      ) : (
        <>
          <ByHour hours={hours} />
          <div className="columns">
            <Payers hours={hours} />
            <Kinds hours={hours} />
          </div>
        </>
      )}
    </Page>
  );
}

function ByHour({ hours }: { hours: readonly Hour[] }) {
  const t = useWords(agencyWords);
  const kit = useWords(kitWords);
  const words = useWords(settlementWords);
  const rows = useMemo(
    () =>
      hoursOf(hours).map((hour) => ({
        hour,
        counts: visitKinds.map((kind) => countOf(hours.filter((row) => row.hour === hour && row.kind === kind))),
      })),
    [hours],
  );
  const option = useCallback(
    (palette: Palette) => {
      const colours = [palette.jade, palette.fund.pension, palette.fund.injury];
      return {
        grid: { left: 44, right: 8, top: 34, bottom: 26 },
        legend: { top: 0, right: 0, itemGap: 18, itemWidth: 12, itemHeight: 12, textStyle: { color: palette.ink } },
        tooltip: {
          trigger: 'axis',
          backgroundColor: palette.surface,
          borderColor: palette.line,
          textStyle: { color: palette.ink },
        },
        xAxis: {
          type: 'category',
          data: rows.map(({ hour }) => `${hour}:00`),
          axisLine: { lineStyle: { color: palette.edge } },
          axisLabel: { color: palette.quiet },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          name: t('count'),
          nameTextStyle: { color: palette.quiet },
          axisLabel: { color: palette.quiet },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: visitKinds.map((kind, at) => ({
          type: 'bar',
          stack: 'all',
          name: words(`kind.${kind}`),
          // An hour without any is left out, or its white edge would cut the axis.
          data: rows.map(({ counts }) => counts[at] || null),
          itemStyle: { color: colours[at], borderColor: palette.surface, borderWidth: 1 },
          barMaxWidth: 46,
        })),
      };
    },
    [rows, t, words],
  );
  return (
    <Sheet title={t('today.hours')}>
      <Suspense fallback={<div style={{ height: 240 }} />}>
        <Chart question={t('today.hours')} option={option} />
      </Suspense>
      <details className="chart-table">
        <summary>{kit('table')}</summary>
        <LedgerTable
          caption={t('today.hours')}
          rows={rows}
          rowKey={({ hour }) => String(hour)}
          empty={null}
          columns={[
            { key: 'hour', head: t('hour'), cell: ({ hour }) => `${hour}:00` },
            ...visitKinds.map((kind, at) => ({
              key: kind,
              head: words(`kind.${kind}`),
              figures: true,
              cell: ({ counts }: (typeof rows)[number]) => counts[at],
            })),
          ]}
        />
      </details>
    </Sheet>
  );
}

function Payers({ hours }: { hours: readonly Hour[] }) {
  const t = useWords(agencyWords);
  const words = useWords(settlementWords);
  const of = (insurance: Hour['insurance']) => hours.filter((row) => row.insurance === insurance);
  return (
    <Sheet title={t('today.payers')}>
      <MoneyBar
        title={t('today.payers')}
        rows={[
          {
            label: words('total_fen'),
            parts: [
              {
                key: '310',
                label: t('pool.310'),
                fen: sumFen(of('310'), 'pool_fen'),
                colour: 'var(--fund-medical-employees)',
              },
              {
                key: '390',
                label: t('pool.390'),
                fen: sumFen(of('390'), 'pool_fen'),
                colour: 'var(--fund-medical-residents)',
              },
              {
                key: 'serious',
                label: words('serious_fen'),
                fen: sumFen(hours, 'serious_fen'),
                colour: 'var(--fund-maternity)',
              },
              {
                key: 'civil',
                label: words('civil_servant_fen'),
                fen: sumFen(hours, 'civil_servant_fen'),
                colour: 'var(--fund-pension)',
              },
              { key: 'aid', label: words('aid_fen'), fen: sumFen(hours, 'aid_fen'), colour: 'var(--fund-subsidy)' },
              {
                key: 'account',
                label: words('account_fen'),
                fen: sumFen(hours, 'account_fen'),
                colour: 'var(--fund-purse)',
              },
              {
                key: 'cash',
                label: words('cash_fen'),
                fen: sumFen(hours, 'cash_fen'),
                colour: 'var(--ochre)',
                hatched: true,
              },
            ],
          },
        ]}
      />
    </Sheet>
  );
}

function Kinds({ hours }: { hours: readonly Hour[] }) {
  const t = useWords(agencyWords);
  const words = useWords(settlementWords);
  const rows = visitKinds.map((kind) => ({ kind, rows: hours.filter((row) => row.kind === kind) }));
  return (
    <Sheet title={t('today.kinds')} tight>
      <LedgerTable
        caption={t('today.kinds')}
        rows={rows}
        rowKey={({ kind }) => kind}
        empty={null}
        columns={[
          { key: 'kind', head: words('kind'), cell: ({ kind }) => words(`kind.${kind}`) },
          { key: 'count', head: t('count'), figures: true, cell: (row) => countOf(row.rows) },
          { key: 'funds', head: t('today.funds'), figures: true, cell: (row) => <Amount fen={fundsFen(row.rows)} /> },
          {
            key: 'total',
            head: t('today.total'),
            figures: true,
            cell: (row) => <Amount fen={sumFen(row.rows, 'total_fen')} />,
          },
        ]}
        totals={{
          count: countOf(hours),
          funds: <Amount fen={fundsFen(hours)} />,
          total: <Amount fen={sumFen(hours, 'total_fen')} />,
        }}
      />
    </Sheet>
  );
}
