import { assert } from '../../kernel/assert.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { AccountCode, JournalDraft, JournalId, PostResult, Side } from './contract.ts';
import { post } from './post.ts';
import { ledgerRefusal } from './refusal.ts';

export type ReversalRequest = {
  /** Idempotency key of the reversal, not of the journal it takes back. */
  readonly key: string;
  readonly journal_id: JournalId;
  /** The day the reversal is booked on; the reversed journal keeps its own. */
  readonly business_date: Day;
  readonly trace_id: Id<string>;
  readonly memo?: string;
};

/**
 * The mirror of each journal (冲正): the same lines on the other side, ready to be posted in a group with others. Null
 * where there is no such journal. A journal is never changed; what was wrong and its correction both stay.
 */
export async function reversalDrafts(sql: Sql, requests: readonly ReversalRequest[]): Promise<(JournalDraft | null)[]> {
  const rows = await sql.query<{
    journal_id: JournalId;
    kind: string;
    account: AccountCode;
    side: Side;
    amount_fen: Fen;
  }>(
    `select journal_id, kind, account, side, amount_fen from ledger.v_postings
     where journal_id = any($1::uuid[]) order by journal_id, line`,
    [requests.map((request) => request.journal_id)],
  );
  const originals = Map.groupBy(rows, (row) => row.journal_id);
  return requests.map(({ journal_id, ...request }) => {
    const lines = originals.get(journal_id);
    if (!lines?.[0]) return null;
    return {
      ...request,
      kind: `${lines[0].kind}.reversed`,
      reverses: journal_id,
      postings: lines.map(({ account, side, amount_fen }) => ({
        account,
        side: side === 'debit' ? 'credit' : 'debit',
        amount_fen,
      })),
    };
  });
}

/** Posts the mirror of a journal, once. Refused when money it would take back has been spent since. */
export async function reverse(sql: Sql, request: ReversalRequest): Promise<PostResult> {
  const [draft] = await reversalDrafts(sql, [request]);
  if (!draft) {
    return {
      outcome: 'refused',
      refusal: ledgerRefusal('ledger.unknown_journal', { journal_id: request.journal_id }),
    };
  }
  const [result] = await post(sql, [draft]);
  assert(result, 'one answer for one draft');
  return result;
}
