import type { Answer } from '../../core/switch/contract.ts';
import { defined } from '../../kernel/assert.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { answerOf } from './answers.ts';
import { book, type Work } from './booking.ts';
import type { PaymentRequest } from './facts.ts';
import { loadFacts } from './load.ts';
import { type Moment, planOf } from './plan.ts';
import type { PaymentKeys } from './proofs.ts';
import { rounds } from './rounds.ts';
import type { Settlements } from './settlements.ts';
import { write } from './writing.ts';

export type AuthorisePorts = {
  readonly keys: PaymentKeys;
  readonly clock: Clock;
  readonly settlements: Settlements;
};

/**
 * The centre's side of card money: decides a group of requests of terminals and carries them out in the caller's
 * transaction; made to be the `run` of `groupCommit`. Answers stand in the order of the requests. Idempotent by terminal,
 * batch, trace number, date and kind: the same request gets the same answer, whenever it comes again.
 */
export function authorise(ports: AuthorisePorts) {
  return async (sql: Sql, requests: readonly PaymentRequest[]): Promise<readonly Answer[]> => {
    const answers = new Array<Answer>(requests.length);
    for (const members of rounds(requests)) {
      const answered = await decideRound(
        sql,
        ports,
        members.map((i) => defined(requests[i], 'request')),
      );
      members.forEach((i, k) => {
        answers[i] = defined(answered[k], 'answer');
      });
    }
    return answers;
  };
}

async function decideRound(sql: Sql, ports: AuthorisePorts, requests: readonly PaymentRequest[]): Promise<Answer[]> {
  const { facts, business_date } = await loadFacts(sql, ports.keys, requests, ports.clock.today());
  const at = Temporal.Instant.fromEpochMilliseconds(ports.clock.now().epochMilliseconds);
  const moment: Moment = { at, business_date };
  const planned = facts.map((each): Work => ({ facts: each, plan: planOf(each, ports.keys, moment) }));
  const done = await book(sql, ports.settlements, planned, moment);
  const references = await write(sql, done, moment);
  return done.map((work) => answerOf(ports.keys, work, references, at));
}
