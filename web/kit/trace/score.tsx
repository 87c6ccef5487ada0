import { type Station, stations, type Trace } from '../../../src/operations/trace/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { lasting } from '../words/time.ts';
import { StationSign } from './station-sign.tsx';
import { beatsOf, scaleOf } from './timeline.ts';
import { traceWords } from './trace.words.ts';
import './score.css';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** The payment as a score: a stave for each station, a mark for each thing it did, read from left to right. */
export function TraceScore({ trace }: { trace: Trace }) {
  const t = useWords(traceWords);
  const beats = beatsOf(trace);
  const { place, pauses } = scaleOf(beats);
  return (
    <figure className="score">
      <nav className="score-names" aria-label={t('stations')}>
        {stations.map((station) => (
          <a key={station} href={`#station-${station}`} className="score-name">
            <StationSign station={station} state={trace.stations[station].state} size={28} />
            <span>{t(station)}</span>
          </a>
        ))}
      </nav>
      <div className="score-staves" aria-hidden="true">
        {pauses.map(({ at, width, ms }) => (
          <span key={at} className="score-pause" style={{ left: percent(at), width: percent(width) }}>
            <small>{lasting(ms)}</small>
          </span>
        ))}
        {stations.map((station) => (
          <div key={station} className={`score-stave score-${station}`}>
            {beats
              .filter((beat) => beat.station === station)
              .map(({ from, to, tone }, index) => (
                <i
                  // biome-ignore lint/suspicious/noArrayIndexKey: what happened never changes its order
                  key={index}
                  className={`beat beat-${tone}`}
                  style={{ left: percent(place(from)), ...(to > from && { width: percent(place(to) - place(from)) }) }}
                />
              ))}
            {station === 'books' && <BooksMark station={station} trace={trace} />}
          </div>
        ))}
      </div>
      <figcaption className="score-foot">{t('score.note')}</figcaption>
    </figure>
  );
}

/** The books keep days: their mark stands at the end of the stave, whenever the day was closed. */
function BooksMark({ station, trace }: { station: Station; trace: Trace }) {
  const t = useWords(traceWords);
  const { state, entries } = trace.stations[station];
  const day = trace.stations.books.entries[0]?.business_date;
  return (
    <small className={`books-mark books-mark-${state}`}>
      {entries.length > 0 && day ? t('score.books', { day }) : t(`state.${state}`)}
    </small>
  );
}
