import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { newId } from '../../platform/identity.ts';
import { applyBlackList, type HeldBlackList, openBlackList, writeBlackList } from './black-list-file.rules.ts';
import { blackListFor, listCard, unlistCard } from './index.ts';

const { database } = await createTestDatabase();
const by = { user_id: 'clerk', at: Temporal.Instant.from('2026-03-02T09:00:00+08:00'), trace_id: newId() };
const mac = (content: Uint8Array) => new Uint8Array(hash('sha256', content, 'buffer')).slice(0, 8);
const none: HeldBlackList = { version: 0n, cards: new Map() };
const number = (i: number) => `99010000000000${String(i).padStart(5, '0')}`;
const list = (i: number) =>
  database.transaction((sql) => listCard(sql, { account_number: number(i), reason: i % 2 ? 'lost' : 'cancelled' }, by));
const unlist = (i: number) => database.transaction((sql) => unlistCard(sql, number(i), by));

/** Fetches what a terminal holding `held` would, and applies it. */
async function fetch(held: HeldBlackList) {
  const file = await blackListFor(database, held.version);
  const opened = openBlackList(writeBlackList(file, mac), mac);
  if (!opened.ok) throw new Error(opened.fault);
  const after = applyBlackList(held, opened.value);
  if (after === 'gap') throw new Error('gap');
  return { kind: file.kind, entries: file.entries.length, after };
}

it('full and delta lead a terminal to the list as it stands', async () => {
  for (const i of [1, 2, 3]) await list(i);
  await unlist(2);
  const full = await fetch(none);
  expect([full.kind, full.entries, full.after.version]).toEqual(['F', 2, 4n]);
  await list(2);
  await unlist(1);
  await unlist(2);
  await list(4);
  const delta = await fetch(full.after);
  expect([delta.kind, delta.entries, delta.after.version]).toEqual(['D', 3, 8n]);
  expect(delta.after.cards).toEqual((await fetch(none)).after.cards);
  expect([...delta.after.cards]).toEqual([
    [number(3), 'lost'],
    [number(4), 'cancelled'],
  ]);
  expect((await fetch(delta.after)).entries).toBe(0);
  // A version that never was: start over.
  expect((await fetch({ version: 99n, cards: new Map() })).kind).toBe('F');
});

it('believes no file that was changed, cut or signed by another', async () => {
  const file = writeBlackList(await blackListFor(database, 0n), mac);
  for (let at = 0; at < file.length; at++) {
    const changed = file.slice();
    changed[at] = (changed[at] as number) ^ 1;
    expect(openBlackList(changed, mac).ok).toBe(false);
  }
  expect(openBlackList(file.slice(0, 20), mac)).toEqual({ ok: false, fault: 'length' });
  expect(openBlackList(file, () => new Uint8Array(8))).toEqual({ ok: false, fault: 'mac' });
  expect(applyBlackList({ version: 3n, cards: new Map() }, { kind: 'D', from: 4n, through: 5n, entries: [] })).toBe(
    'gap',
  );
});
