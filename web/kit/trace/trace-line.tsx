import { type Station, stations, type Trace } from '../../../src/operations/trace/contract.ts';
import type { Wording } from '../why/why-tree.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { lasting, useMoments } from '../words/time.ts';
import { BooksRecord, LedgerRecord } from './books-record.tsx';
import { ChipRecord } from './chip-record.tsx';
import { DecisionRecord } from './decision-record.tsx';
import { StationSign } from './station-sign.tsx';
import { TerminalRecord } from './terminal-record.tsx';
import { arrivals, millis } from './timeline.ts';
import { traceWords } from './trace.words.ts';
import { WireRecord } from './wire-record.tsx';

/** The line itself: six stations one under the other, the time between them, and what each has kept. */
export function TraceLine({ trace, wording }: { trace: Trace; wording: Wording }) {
  const t = useWords(traceWords);
  const reached = arrivals(trace);
  return (
    <ol className="line" aria-label={t('stations')}>
      {stations.map((station, index) => (
        <Stop key={station} trace={trace} station={station} gap={gapBefore(reached, index)} wording={wording} />
      ))}
    </ol>
  );
}

/** Milliseconds from the last station before this one that was reached; null where there is no time. */
function gapBefore(reached: ReturnType<typeof arrivals>, index: number): number | null {
  const at = reached[stations[index]!];
  const earlier = stations.slice(0, index).findLast((station) => reached[station] !== undefined);
  const from = earlier && reached[earlier];
  return at && from ? millis(at) - millis(from) : null;
}

/** A longer wait is a longer line, in px, growing with the logarithm. */
const lengthOf = (gap: number | null): number => (gap && gap > 1 ? Math.min(72, 14 + 8 * Math.log10(gap)) : 14);

type StopProps = { trace: Trace; station: Station; gap: number | null; wording: Wording };

function Stop({ trace, station, gap, wording }: StopProps) {
  const t = useWords(traceWords);
  const moments = useMoments();
  const { state, at } = trace.stations[station];
  const failure = trace.failure?.station === station ? trace.failure : null;
  return (
    <li className={`stop stop-${state}`} id={`station-${station}`}>
      <div className="stop-gap" style={{ height: station === 'chip' ? 0 : lengthOf(gap) + 20 }}>
        {gap !== null && <span className="stop-elapsed">{gap < 1 ? '< 1 ms' : `+ ${lasting(gap)}`}</span>}
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
