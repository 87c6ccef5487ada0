import { type Station, stations, type Trace } from '../../../src/operations/trace/contract.ts';

/** "…:47.018575928Z" → milliseconds since 1970 with their fraction; a chip answers within a few hundred microseconds. */
export function millis(instant: string): number {
  const fraction = /\.\d{3}(\d+)/.exec(instant)?.[1];
  return Date.parse(instant) + (fraction ? Number(`0.${fraction}`) : 0);
}

/**
 * When the payment reached each station: its first record that is not earlier than the station before. The bill was
 * decided before the card came in; that record belongs to the decision, but the payment arrives there later.
 */
export function arrivals({ stations: kept }: Trace): Readonly<Partial<Record<Station, string>>> {
  const reached: Partial<Record<Station, string>> = {};
  let from = Number.NEGATIVE_INFINITY;
  for (const station of stations) {
    const { at } = kept[station];
    const own = kept[station].entries.flatMap((entry) => ('at' in entry ? [entry.at] : []));
    const instant = own.find((entry) => millis(entry) >= from) ?? at;
    if (instant === null) continue;
    reached[station] = instant;
    from = Math.max(from, millis(instant));
  }
  return reached;
}

/** What a station did: at one moment, or from one to another; in milliseconds since 1970. */
export type Beat = { readonly station: Station; readonly from: number; readonly to: number; readonly tone: Tone };
export type Tone = 'card' | 'psam' | 'work' | 'failed';

/** Everything that was recorded with a time, as beats of the six stations; the books keep days, not moments. */
export function beatsOf({ stations: { chip, terminal, wire, decision, ledger } }: Trace): readonly Beat[] {
  const moment = (station: Station, at: string, tone: Tone = 'work'): Beat => {
    const from = millis(at);
    return { station, from, to: from, tone };
  };
  return [
    ...chip.entries.map(({ at, slot }) => moment('chip', at, slot)),
    ...terminal.entries.map(({ at, outcome }) => moment('terminal', at, outcome === 'failed' ? 'failed' : 'work')),
    ...wire.entries.flatMap((message, index) => {
      if (message.direction === 'out') return [];
      const answer = wire.entries.slice(index + 1).find(({ direction }) => direction === 'out');
      const asked = moment('wire', message.at, answer ? 'work' : 'failed');
      return [answer ? { ...asked, to: millis(answer.at) } : asked];
    }),
    ...decision.entries.map(({ at, response_code }) =>
      moment('decision', at, response_code && response_code !== '00' ? 'failed' : 'work'),
    ),
    ...ledger.entries.map(({ at }) => moment('ledger', at)),
  ];
}

/** A pause longer than this is drawn as if it took only this long, and says how long it was; in milliseconds. */
const longest_pause_ms = 60;

export type Pause = { readonly at: number; readonly width: number; readonly ms: number };
export type Scale = {
  /** Place of a moment between 0 and 1. */
  readonly place: (ms: number) => number;
  readonly pauses: readonly Pause[];
};

/** A scale on which people's pauses (the PIN, a card looked for) do not press the machines' work into one line. */
export function scaleOf(beats: readonly Beat[]): Scale {
  const moments = [...new Set(beats.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const places = new Map<number, number>();
  const pauses: { at: number; width: number; ms: number }[] = [];
  let drawn = 0;
  for (const [index, moment] of moments.entries()) {
    const gap = index === 0 ? 0 : moment - moments[index - 1]!;
    const width = Math.min(gap, longest_pause_ms);
    if (gap > longest_pause_ms) pauses.push({ at: drawn, width, ms: gap });
    drawn += width;
    places.set(moment, drawn);
  }
  const whole = drawn || 1;
  return {
    place: (ms) => (places.get(ms) ?? 0) / whole,
    pauses: pauses.map(({ at, width, ms }) => ({ at: at / whole, width: width / whole, ms })),
  };
}
