import { assert } from '../../kernel/assert.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { AccountCode, HoldId, JournalDraft, LedgerRefusal, PostResult } from './contract.ts';
import { lockAccounts } from './load.ts';
import { post } from './post.ts';
import { ledgerRefusal } from './refusal.ts';

export type HoldRequest = {
  /** Idempotency key. */
  readonly key: string;
  /** An account that may not run below zero. */
  readonly account: AccountCode;
  readonly amount_fen: Fen;
  readonly business_date: Day;
  readonly trace_id: Id<string>;
  readonly memo?: string;
};

export type HoldResult =
  | { readonly outcome: 'held' | 'repeated'; readonly hold_id: HoldId }
  | { readonly outcome: 'refused'; readonly refusal: LedgerRefusal };

export type ReleaseResult =
  | { readonly outcome: 'released' }
  | { readonly outcome: 'refused'; readonly refusal: LedgerRefusal };

const refused = (...refusal: Parameters<typeof ledgerRefusal>) =>
  ({ outcome: 'refused', refusal: ledgerRefusal(...refusal) }) as const;

/** Sets money of an account aside (冻结) until it is captured or released. No journal: nothing has been paid yet. */
export async function hold(sql: Sql, request: HoldRequest): Promise<HoldResult> {
  const { key, account, amount_fen } = request;
  const known = (await lockAccounts(sql, new Set([account]))).accounts.get(account);
  const [before] = await sql.query<{ hold_id: HoldId; account: AccountCode; amount_fen: Fen }>(
    `select hold_id, code as account, amount_fen from ledger.holds join ledger.accounts using (account_id)
     where idempotency_key = $1`,
    [key],
  );
  if (before?.account === account && before.amount_fen === amount_fen) {
    return { outcome: 'repeated', hold_id: before.hold_id };
  }
  if (before) return refused('ledger.idempotency_conflict', { key });
  if (amount_fen <= 0n) return refused('ledger.amount_not_positive', { account });
  if (!known) return refused('ledger.unknown_account', { account });
  assert(known.guard, `a hold stands on an account that may not run below zero: ${account}`);
  const { available_fen } = known.guard;
  if (available_fen < amount_fen) {
    return refused('ledger.insufficient_funds', { account, available_fen, missing_fen: amount_fen - available_fen });
  }
  const hold_id = newId<'hold'>();
  await sql.query(
    `with held as (
       insert into ledger.holds (hold_id, idempotency_key, account_id, amount_fen, business_date, trace_id, memo)
       values ($1, $2, $3, $4, $5, $6, $7))
     update ledger.balances set held_fen = held_fen + $4 where account_id = $3`,
    [
      hold_id,
      key,
      known.account_id,
      amount_fen,
      request.business_date.toString(),
      request.trace_id,
      request.memo ?? '',
    ],
  );
  return { outcome: 'held', hold_id };
}

/** Posts the journal that uses a hold up. It may take less than was held; the rest is free again. */
export async function capture(sql: Sql, hold_id: HoldId, draft: JournalDraft): Promise<PostResult> {
  const [result] = await post(sql, [{ ...draft, captures: hold_id }]);
  assert(result, 'one answer for one draft');
  return result;
}

/** Lets a hold go. Releasing it again is answered as before; a captured hold is refused. */
export async function release(sql: Sql, hold_id: HoldId): Promise<ReleaseResult> {
  const [held] = await sql.query<{ account: AccountCode; account_id: bigint; amount_fen: Fen }>(
    `select code as account, account_id, amount_fen from ledger.holds join ledger.accounts using (account_id)
     where hold_id = $1`,
    [hold_id],
  );
  if (!held) return refused('ledger.unknown_hold', { hold_id });
  await lockAccounts(sql, new Set([held.account]));
  const [end] = await sql.query<{ how: string }>('select how from ledger.hold_ends where hold_id = $1', [hold_id]);
  if (end) return end.how === 'released' ? { outcome: 'released' } : refused('ledger.hold_ended', { hold_id });
  await sql.query(
    `with ended as (insert into ledger.hold_ends (hold_id, how) values ($1, 'released'))
     update ledger.balances set held_fen = held_fen - $3 where account_id = $2`,
    [hold_id, held.account_id, held.amount_fen],
  );
  return { outcome: 'released' };
}
