import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { newId } from '../../platform/identity.ts';
import { changesAfter, listCard, screen, unlistCard } from './index.ts';

const { database } = await createTestDatabase();
const by = { user_id: 'clerk', at: Temporal.Instant.from('2026-03-02T09:00:00+08:00'), trace_id: newId() };
const lost = '9901000000000000017';
const cloned = '9901000000000000025';

describe('black list', () => {
  it('lists, screens many at once, takes off, and hands out what changed', async () => {
    await database.transaction((sql) => listCard(sql, { account_number: lost, reason: 'lost' }, by));
    await database.transaction((sql) => listCard(sql, { account_number: cloned, reason: 'cloned' }, by));
    const found = await screen(database, [lost, '9901000000000000033', cloned]);
    expect([...found.values()].map(({ account_number, reason }) => [account_number, reason])).toEqual([
      [lost, 'lost'],
      [cloned, 'cloned'],
    ]);

    await database.transaction((sql) => unlistCard(sql, lost, by));
    expect((await screen(database, [lost])).size).toBe(0);
    const all = await changesAfter(database, 0n, 10);
    expect(all.map(({ version, account_number, reason }) => [version, account_number, reason])).toEqual([
      [1, lost, 'lost'],
      [2, cloned, 'cloned'],
      [3, lost, null],
    ]);
    expect((await changesAfter(database, 2n, 10)).map(({ version }) => version)).toEqual([3]);
  });

  it('refuses what is so already', async () => {
    const twice = await database.transaction((sql) => listCard(sql, { account_number: cloned, reason: 'stolen' }, by));
    expect(twice).toMatchObject({ granted: false, refusal: { code: 'screening.already_listed' } });
    const never = await database.transaction((sql) => unlistCard(sql, '9901000000000000041', by));
    expect(never).toMatchObject({ granted: false, refusal: { code: 'screening.not_listed' } });
  });

  it('gives every change its own version when many are made at once', async () => {
    const cards = Array.from({ length: 12 }, (_, i) => `99010000000001${String(i).padStart(5, '0')}`);
    await Promise.all(
      cards.map((account_number) =>
        database.transaction((sql) => listCard(sql, { account_number, reason: 'suspected_misuse' }, by)),
      ),
    );
    const versions = (await changesAfter(database, 3n, 100)).map(({ version }) => version);
    expect(versions).toEqual(cards.map((_, i) => 4 + i));
  });
});
