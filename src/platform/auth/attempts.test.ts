import { expect, test } from 'vitest';
import { SignInAttempts } from './attempts.ts';

test('ten failures of a name within five minutes are the last; another name has its own', () => {
  const attempts = new SignInAttempts();
  for (let i = 0; i < 10; i++) expect(attempts.take('Agency', 0)).not.toBeNull();
  expect(attempts.take('agency', 299_999)).toBeNull();
  expect(attempts.take('finance', 1)).not.toBeNull();
  expect(attempts.take('agency', 300_000)).not.toBeNull();
});

test('a right password costs no attempt', () => {
  const attempts = new SignInAttempts();
  for (let i = 0; i < 30; i++) attempts.take('agency', 0)?.();
  expect(attempts.take('agency', 0)).not.toBeNull();
});
