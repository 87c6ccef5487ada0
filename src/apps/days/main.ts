import { setTimeout as pause } from 'node:timers/promises';
import { type DayReport, openWorld, playDay } from '../../../sim/days/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { readSettings } from '../../platform/config.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';
import { ApiClient } from '../client/api.ts';
import { demoPassword } from '../seed/users.ts';

/** Errands between two looks at the books. */
const errands_a_day = 200;
/** After a day that could not be played, as when the centre is away. */
const rest_ms = 5_000;
/** What those at the counters get when the city is told to stop. */
const farewell_ms = 2_000;

const settings = readSettings();
const log = openLog('days');
const speed = speedOf(process.env.TESSERA_PLAY ?? '1');
const centre = `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${settings.port}`;
const end = new AbortController();

async function signIn(username: string): Promise<ApiClient> {
  const client = new ApiClient(centre);
  await client.signIn(username, demoPassword);
  return client;
}

async function play(): Promise<void> {
  for (let number = 1; !end.signal.aborted; number++) {
    const day = systemClock.today().toString();
    try {
      // Everybody signs in anew in the morning.
      const world = await openWorld(signIn);
      const seed = `${day}/${number}`;
      tell(number, day, await playDay(world, { day, speed, seed, events: errands_a_day, stop: end.signal }));
    } catch (fault) {
      log.warn({ err: fault, number, day }, 'the day could not be played');
      await pause(rest_ms, undefined, { signal: end.signal }).catch(() => {});
    }
  }
}

function tell(number: number, day: string, report: DayReport): void {
  const { differences, faults, ...counts } = report;
  const line = { number, day, ...counts, approved_fen: counts.approved_fen.toString() };
  if (faults.length > 0) log.warn({ number, faults: faults.slice(0, 5) }, `${faults.length} errands broke off`);
  if (differences.length > 0) log.error({ ...line, differences }, 'day played: the books do not confirm it');
  else log.info(line, 'day played: every payment is in the books once, and every book balances');
}

function speedOf(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`TESSERA_PLAY is the number of errands a second, above zero, not "${text}"`);
  return value;
}

const played = play();
log.info({ centre, speed }, 'playing days');
serve(async () => {
  end.abort();
  // Those at the counters may finish; a player who is cut off loses nothing, the terminals settle by themselves.
  await Promise.race([played, pause(farewell_ms)]);
});
