import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/operations/trace/contract.ts';
import { arrivals, type Beat, millis, scaleOf } from './timeline.ts';

const at = (ms: string) => `2026-03-02T01:00:00.${ms}Z`;
const station = (...times: string[]) => ({
  state: 'done',
  at: times[0] ? at(times[0]) : null,
  entries: times.map((ms) => ({ at: at(ms) })),
});
const beat = (from: number, to = from): Beat => ({ station: 'wire', from, to, tone: 'work' });

describe('a trace in time', () => {
  it('keeps the fraction of a millisecond', () => {
    expect(millis(at('018575928')) - millis(at('018'))).toBeCloseTo(0.575928, 3);
  });

  it('reaches the decision after the wire, though the bill was decided before the card came in', () => {
    const trace = {
      stations: {
        chip: station('100'),
        terminal: station('099', '101'),
        wire: station('110', '150'),
        decision: station('020', '130', '170'),
        ledger: station('131'),
        books: station(),
      },
    } as unknown as Trace;
    expect(arrivals(trace)).toEqual({
      chip: at('100'),
      terminal: at('101'),
      wire: at('110'),
      decision: at('130'),
      ledger: at('131'),
    });
  });

  it('draws a long pause short, and says how long it was', () => {
    const scale = scaleOf([beat(0, 30), beat(730, 760)]);
    expect(scale.pauses).toEqual([{ at: 0.25, width: 0.5, ms: 700 }]);
    expect([0, 30, 730, 760].map(scale.place)).toEqual([0, 0.25, 0.75, 1]);
  });
});
