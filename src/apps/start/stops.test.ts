import { expect, test } from 'vitest';
import { openStops } from './stops.ts';

test('asked twice, each is undone once, the last first, and both wait for the end', async () => {
  const undone: string[] = [];
  const stops = openStops(() => {});
  const slow = (name: string) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    undone.push(name);
  };
  stops.add(slow('server'));
  stops.add(slow('processes'));
  await Promise.race([stops.stop(), stops.stop()]);
  expect(undone).toEqual(['processes', 'server']);
});

test('nothing begins while the platform stops', async () => {
  const stops = openStops(() => {});
  const stopped = stops.stop();
  expect(stops.stopping).toBe(true);
  expect(() => stops.add(async () => {})).toThrow('stopping');
  await stopped;
});
