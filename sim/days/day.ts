import { setTimeout as pause } from 'node:timers/promises';
import type { IsoDay } from '../city/index.ts';
import { Random } from '../city/index.ts';
import { refusalCode } from './api.ts';
import { audit } from './audit.ts';
import { clearSlot } from './counter.ts';
import { drawErrand, drawKind, type Errand } from './errand.ts';
import { type LifeReport, playLife, playPayday } from './life.ts';
import { type Approved, playVisit } from './visit.ts';
import type { Counter, World } from './world.ts';

export type DayPlan = {
  /** The centre's business day. */
  readonly day: IsoDay;
  /** Errands a second; fewer when the counters cannot keep up. */
  readonly speed: number;
  /** The same seed draws the same errands. */
  readonly seed: string;
  readonly events: number;
  /** Ends the day early: nobody comes any more, those at the counters are served. */
  readonly stop?: AbortSignal;
};

export type DayReport = LifeReport & {
  readonly played: number;
  /** How errands ended, by ending, by the code of the refusal, or `fault`. */
  readonly endings: Readonly<Record<string, number>>;
  readonly approved: number;
  readonly approved_fen: bigint;
  /** What stopped errands that nobody refused: a lost connection, a program that broke. */
  readonly faults: readonly string[];
  /** What the books and payments do not confirm; empty on every good day. */
  readonly differences: readonly string[];
};

/** After a fault the next in the queue waits until the cashier has tried everything again. */
const calm_ms = 2_000;

type Arrival = { readonly at_ms: number; readonly errand: Errand };

/** Plays a day over the wires and asks for the books afterwards. */
export async function playDay(world: World, plan: DayPlan): Promise<DayReport> {
  const endings: Record<string, number> = {};
  const approved: Approved[] = [];
  const faults: string[] = [];
  const count = (ending: string) => {
    endings[ending] = (endings[ending] ?? 0) + 1;
  };

  const serve = async (counter: Counter, { at_ms, errand }: Arrival) => {
    await pause(Math.max(0, at_ms - performance.now()), undefined, { signal: plan.stop }).catch(() => {});
    if (plan.stop?.aborted) return;
    try {
      const played = await playVisit(counter, errand);
      count(played.ending);
      if (played.approved) approved.push(played.approved);
    } catch (fault) {
      const code = refusalCode(fault);
      count(code ?? 'fault');
      if (code) return;
      faults.push(String(fault));
      await pause(calm_ms, undefined, { signal: plan.stop }).catch(() => {});
    }
  };
  const employers_paid = await playPayday(world.finance, plan.day);
  const life = await playLife(world.agency, new Random(`${plan.seed}/life`), plan.day);
  await Promise.all(world.counters.map(clearSlot));
  const queues = arrivals(world, plan);
  await Promise.all(
    world.counters.map(async (counter) => {
      for (let next = queues[counter.kind].shift(); next; next = queues[counter.kind].shift())
        await serve(counter, next);
    }),
  );
  return {
    ...life,
    employers_paid,
    played: Object.values(endings).reduce((a, b) => a + b, 0),
    endings,
    approved: approved.length,
    approved_fen: approved.reduce((sum, { amount_fen }) => sum + BigInt(amount_fen), 0n),
    faults,
    differences: await audit(world.finance, plan.day, approved),
  };
}

/** The day's errands in the order of their coming, one queue for each kind of counter. */
function arrivals(world: World, { day, speed, seed, events }: DayPlan): Record<Counter['kind'], Arrival[]> {
  const random = new Random(seed);
  const begun_ms = performance.now();
  const queues: Record<Counter['kind'], Arrival[]> = { hospital: [], pharmacy: [] };
  for (let i = 0; i < events; i++) {
    const kind = drawKind(random);
    const errand = drawErrand(random, world, { kind, day });
    queues[kind === 'pharmacy' ? 'pharmacy' : 'hospital'].push({ at_ms: begun_ms + (i * 1000) / speed, errand });
  }
  return queues;
}
