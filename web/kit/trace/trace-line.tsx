import { type Station, stations, type Trace } from '../../../src/operations/trace/contract.ts';
import type { Wording } from '../why/why-tree.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { span, useMoments } from '../words/time.ts';
import { BooksRecord, LedgerRecord } from './books-record.tsx';
import { ChipRecord } from './chip-record.tsx';
import { DecisionRecord } from './decision-record.tsx';
import { StationSign } from './station-sign.tsx';
import { TerminalRecord } from './terminal-record.tsx';
import { traceWords } from './trace.words.ts';
import { WireRecord } from './wire-record.tsx';

/** The line itself: six stations one under the other, the time between them, and what each has kept. */
export function TraceLine({ trace, wording }: { trace: Trace; wording: Wording }) {
  const t = useWords(traceWords);
  return (
    <ol className="line" aria-label={t('stations')}>
      {stations.map((station, index) => (
        <Stop key={station} trace={trace} station={station} gap={gapBefore(trace, index)} wording={wording} />
      ))}
    </ol>
  );
}

type Gap = { readonly text: string; readonly ms: number } | null;

/** Time from the last station before this one that has a time. */
function gapBefore(trace: Trace, index: number): Gap {
  const at = trace.stations[stations[index]!].at;
  const earlier = stations.slice(0, index).findLast((station) => trace.stations[station].at !== null);
  const from = earlier ? trace.stations[earlier].at : null;
  return at && from ? { text: span(from, at), ms: Date.parse(at) - Date.parse(from) } : null;
}

/** A longer wait is a longer line: 4 px for a millisecond, growing with the logarithm. */
const lengthOf = (gap: Gap): number => (gap && gap.ms > 1 ? Math.min(72, 12 + 8 * Math.log10(gap.ms)) : 14);

function Stop({ trace, station, gap, wording }: { trace: Trace; station: Station; gap: Gap; wording: Wording }) {
  const t = useWords(traceWords);
  const moments = useMoments();
  const { state, at } = trace.stations[station];
  const failure = trace.failure?.station === station ? trace.failure : null;
  return (
    <li className={`stop stop-${state}`} id={`station-${station}`}>
      <div className="stop-gap" style={{ height: station === 'chip' ? 0 : lengthOf(gap) + 20 }}>
        {gap && <span className="stop-elapsed">{gap.ms < 0 ? gap.text : `+ ${gap.text}`}</span>}
      </div>
      <div className="stop-sign">
        <StationSign station={station} state={state} />
      </div>
      <section className="stop-body" aria-labelledby={`name-${station}`}>
        <header className="stop-head">
          <h2 id={`name-${station}`}>{t(station)}</h2>
          <span className={`stop-state stop-state-${state}`}>{t(`state.${state}`)}</span>
          {at && <time className="stop-time mono">{moments.clock(at)}</time>}
        </header>
        <p className="stop-does">{t(`${station}.does`)}</p>
        {failure && <Failure failure={failure} />}
        <Kept trace={trace} station={station} wording={wording} />
      </section>
    </li>
  );
}

function Failure({ failure }: { failure: NonNullable<Trace['failure']> }) {
  const t = useWords(traceWords);
  const name = useName();
  return (
    <div className="failure">
      <p className="failure-what">
        <strong>{t('failure')}</strong>
        {name(failure.what)}
      </p>
      <p className={failure.repair ? 'failure-repair' : 'failure-open'}>
        <strong>{t(failure.repair ? 'repair' : 'no-repair')}</strong>
        {failure.repair && name(failure.repair)}
      </p>
    </div>
  );
}

function Kept({ trace, station, wording }: { trace: Trace; station: Station; wording: Wording }) {
  const t = useWords(traceWords);
  const { chip, terminal, wire, decision, ledger, books } = trace.stations;
  if (trace.stations[station].entries.length === 0) {
    return (
      <p className="stop-nothing">{t(station === 'books' && books.state === 'waiting' ? 'books.waiting' : 'absent')}</p>
    );
  }
  switch (station) {
    case 'chip':
      return <ChipRecord entries={chip.entries} />;
    case 'terminal':
      return <TerminalRecord entries={terminal.entries} />;
    case 'wire':
      return <WireRecord entries={wire.entries} />;
    case 'decision':
      return <DecisionRecord entries={decision.entries} wording={wording} />;
    case 'ledger':
      return <LedgerRecord entries={ledger.entries} />;
    case 'books':
      return <BooksRecord entries={books.entries} />;
  }
}
