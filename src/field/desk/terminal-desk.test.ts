import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestTown } from '../terminal/town.fixture.ts';
import { CardDrawer } from './card-drawer.ts';
import { TerminalDesk } from './terminal-desk.ts';

let town: TestTown;
let folder: string;
beforeAll(async () => {
  town = await TestTown.build();
  folder = mkdtempSync(join(tmpdir(), 'tessera-desk-'));
});
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true });
});

const faults: unknown[] = [];
const desks: TerminalDesk[] = [];
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  faults.length = 0;
});

function deskWith(journal_path: string, drawer: CardDrawer): TerminalDesk {
  const desk = new TerminalDesk({
    ...town.terminalOptions,
    psam: town.psam,
    journal_path,
    drawer,
    report: async () => {},
    onFault: (fault) => faults.push(fault),
  });
  desks.push(desk);
  return desk;
}

const drawerOf = (issue = async () => town.chip.image()) =>
  new CardDrawer(mkdtempSync(join(folder, 'cards-')), [], issue);

test('a desk whose journal cannot be opened says so and lives on', async () => {
  const path = join(folder, 'a-folder-is-no-journal');
  mkdirSync(path);
  const desk = deskWith(path, drawerOf());
  await expect.poll(() => faults.length).toBe(1);
  expect(desk.view('en').state).toBe('ready');
  const seen: string[] = [];
  desk.watch((event) => seen.push(event.type));
  expect(desk.begin({ amount_fen: '100', settlement_no: 'S1', trace_id: '01980000-0000-7000-8000-000000000001' })).toBe(
    true,
  );
  await expect.poll(() => seen).toContain('done');
});

test('of two cards put in at once one is in the slot and the other in the drawer', async () => {
  const drawer = drawerOf();
  const desk = deskWith(join(folder, 'two-cards'), drawer);
  const taken = await Promise.all(['A00000013', 'B00000025'].map((card) => desk.insert(card)));
  expect(taken.toSorted()).toEqual([false, true]);
  const inside = desk.view('en').card?.card_number;
  const other = inside === 'A00000013' ? 'B00000025' : 'A00000013';
  expect(await drawer.take(other)).not.toBeNull();
  expect(await drawer.take(inside ?? '')).toBeNull();
});
