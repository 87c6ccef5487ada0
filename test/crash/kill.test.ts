import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../sim/city/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import { newId } from '../../src/platform/identity.ts';
import { type Attempt, Load } from './load.ts';
import { type Proof, prove } from './proof.ts';
import { Town } from './town.ts';

const kills = Number(process.env.KILLS ?? 20);
const stops = Number(process.env.STOPS ?? 4);
/** Draws the moments and the amounts; another one is another run. */
const seed = process.env.CRASH_SEED ?? 'crash';
const terminals = 12;

let town: Town;
let load: Load;

beforeAll(async () => {
  town = await Town.found(400, terminals);
  load = new Load(town.counters, new Random(`${seed}/load`));
});

afterAll(async () => {
  // After a failure the terminals are still at it.
  await load?.stop().catch(() => {});
  await town?.close();
});

test(`the switch is killed ${kills} times under load: every payment is in the books once or not at all`, async () => {
  const random = new Random(`${seed}/kills`);
  load.start();
  for (let kill = 1; kill <= kills; kill++) {
    await load.more(random.int(2, 12));
    await pause(random.int(0, 60));
    const victims = kill % 5 === 0 ? [town.switch, town.centre] : [town.switch];
    await Promise.all(victims.map((victim) => victim.kill()));
    await pause(random.int(0, 200));
    await Promise.all(victims.map((victim) => victim.start()));
  }
  await load.more(terminals);
  await load.stop();
  tell(`${kills} kills of the switch, ${Math.floor(kills / 5)} of the centre`, await proven());
}, 300_000);

test(`the database is stopped ${stops} times under load: the same holds`, async () => {
  const random = new Random(`${seed}/stops`);
  load.start();
  for (let stop = 1; stop <= stops; stop++) {
    await load.more(random.int(2, 12));
    await pause(random.int(0, 60));
    await town.server.stop(stop % 2 === 0 ? 'SIGINT' : 'SIGQUIT');
    await pause(random.int(0, 1_500));
    await town.server.startAgain();
  }
  await load.more(terminals);
  await load.stop();
  tell(`${stops} stops of the database`, await proven());
}, 300_000);

test('the proof finds what is planted', async () => {
  const paid = load.attempts.findIndex(({ outcome }) => outcome === 'paid');
  const planted = {
    'a payment is denied': load.attempts.with(paid, { ...attempt(paid), outcome: 'terminal.no_answer' }),
    'a payment is forgotten': load.attempts.toSpliced(paid, 1),
    'a payment is invented': [...load.attempts, { ...attempt(paid), trace_id: newId() }],
    'an amount is changed': load.attempts.with(paid, { ...attempt(paid), amount_fen: '999999' }),
  };
  for (const [what, attempts] of Object.entries(planted))
    expect((await prove(town.database, town.counters, attempts)).differences, what).not.toEqual([]);
  const exchanged = town.counters.map((counter) => ({ ...counter, card_id: newId() }));
  expect((await prove(town.database, exchanged, load.attempts)).differences, 'cards are exchanged').not.toEqual([]);
});

const attempt = (at: number): Attempt => defined(load.attempts[at], 'an attempt');

/** Lets every terminal do what it owes, then holds everything against everything. */
async function proven(): Promise<Proof> {
  for (const { till } of town.counters) expect.soft(await till.settle(), till.device.terminal_id).toBe(true);
  const proof = await prove(town.database, town.counters, load.attempts);
  expect(proof.differences).toEqual([]);
  expect(proof.counts.paid_with_bill).toBeGreaterThan(0);
  // Otherwise every kill fell into a silence, and nothing was proven.
  expect((proof.counts.reversed ?? 0) + (proof.counts.reversed_before_they_came ?? 0)).toBeGreaterThan(0);
  return proof;
}

function tell(what: string, { counts }: Proof): void {
  const all = Object.entries(counts).map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`);
  console.info(`${what}: ${all.join(', ')}`);
}
