import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { keep, type TakenKey, take } from './idempotency.ts';

const { database } = await createTestDatabase();

const request = (key: string) => take(database, { user_id: 'clerk', key, fingerprint: 'content' });

async function takes(key: string): Promise<TakenKey> {
  const claim = await request(key);
  if ('before' in claim) throw new Error('answered before');
  return claim.taken;
}

/** A request that took the key so long ago that another may take it over, and the other. */
async function overtaken(key: string): Promise<[slow: TakenKey, quick: TakenKey]> {
  const slow = await takes(key);
  await expect(request(key)).rejects.toMatchObject({ refusal: { code: 'http.in_flight' } });
  const [aged] = await database.query<{ begun_at: string }>(
    `update http.answers set begun_at = begun_at - interval '1 minute' where key = $1 returning begun_at::text`,
    [key],
  );
  return [{ ...slow, ...aged }, await takes(key)];
}

test('an answer once kept stays, whatever a slow process still says', async () => {
  const [slow, quick] = await overtaken('answered');
  await keep(database, quick, 200, '{"run":2}');
  await keep(database, slow, 200, '{"run":1}');
  await keep(database, slow, 500, '');
  await keep(database, quick, 409, '{"run":3}');
  expect(await request('answered')).toEqual({ before: { status: 200, body: { run: 2 } } });
});

test('a slow process neither answers for the one that took its key over, nor gives the key back', async () => {
  const [slow, quick] = await overtaken('under way');
  await keep(database, slow, 200, '{"run":1}');
  await keep(database, slow, 500, '');
  await expect(request('under way')).rejects.toMatchObject({ refusal: { code: 'http.in_flight' } });
  await keep(database, quick, 500, '');
  await takes('under way');
});
