import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { proveIssuing } from './issuing-proof.fixture.ts';

const { database } = await createTestDatabase();

it('many cards, torn out at random and left by a dead station, are each made once with their own keys', async () => {
  const result = await proveIssuing(database, { prepare: 300, make: 120, seed: 7, failing: 0.1, dead: 3 });
  expect(result).toMatchObject({
    prepared: 300,
    personalised: 120,
    spoiled: 3,
    issued_twice: 0,
    keys_checked: 120 * 12,
    keys_wrong: 0,
    stock: { blank: 0, in_work: 0, finished: 120, spoiled: 3 },
    stock_agrees: true,
  });
  expect(result.torn).toBeGreaterThan(5);
});
