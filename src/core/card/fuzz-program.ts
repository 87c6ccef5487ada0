import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export type FuzzReport = {
  readonly sent: number;
  /** How often each status word was given; 61xx, 6Cxx and 63Cx are counted together. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
};

export type Fuzz = (of: { readonly count: number; readonly seed: number }) => FuzzReport;

setFlagsFromString('--expose-gc');
/** Taken once: every new context would leave something behind and be measured as growth. */
const collect = runInNewContext('gc') as () => void;

/** Heap in use after a full collection, in bytes. */
function heapAfterCollection(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const parts = 5;

/**
 * The body of a fuzzing program: `--count N --seed N`. Runs in five parts, each with the next seed, and tells statuses, time
 * and the heap after each part: the first ones also pay for the code the engine compiles.
 */
export function fuzzProgram(fuzz: Fuzz): void {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const statuses: Record<string, number> = {};
  const heaps: number[] = [];
  let [sent, seconds] = [0, 0];
  for (let part = 0; part < parts; part++) {
    const report = fuzz({ count: Math.ceil(count / parts), seed: seed + part });
    sent += report.sent;
    seconds += report.seconds;
    for (const [status, times] of Object.entries(report.statuses)) statuses[status] = (statuses[status] ?? 0) + times;
    heaps.push(heapAfterCollection());
  }
  console.log(`${sent} commands in ${seconds.toFixed(1)} s, seeds ${seed} to ${seed + parts - 1}`);
  for (const [status, times] of Object.entries(statuses).sort(([, a], [, b]) => b - a))
    console.log(`  ${status}  ${times}`);
  const [before = 0, last = 0] = heaps.slice(-2);
  const kib = heaps.map((heap) => (heap / 1024).toFixed(0)).join(', ');
  const slope = ((last - before) / (sent / parts)).toFixed(3);
  console.log(`heap after collection, after each fifth: ${kib} KiB; in the last one ${slope} bytes a command`);
}
