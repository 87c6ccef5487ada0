import { afterAll, beforeAll, test } from 'vitest';
import { Random } from '../../sim/city/index.ts';
import { Load } from './load.ts';
import { Town } from './town.ts';
let town: Town;
beforeAll(async () => { town = await Town.found(400, 12); });
afterAll(() => town?.close());
test('fails under load', async () => {
  new Load(town.counters, new Random('x')).start();
  await new Promise((r) => setTimeout(r, 500));
  await town.switch.kill();
  throw new Error('planted');
});
