import { defined } from '../../kernel/assert.ts';
import { add, type Fen, negate, subtract, zero } from '../../kernel/money.ts';
import { type Day, isBefore } from '../../kernel/time.ts';
import type {
  AccountCode,
  HoldId,
  JournalDraft,
  JournalId,
  LedgerRefusal,
  Posting,
  PostResult,
  Side,
} from './contract.ts';
import { ledgerRefusal as no } from './refusal.ts';

/** A draft with the id it gets if it is posted, and the fingerprint of its content. */
export type Candidate = {
  readonly draft: JournalDraft;
  readonly journal_id: JournalId;
  readonly fingerprint: string;
};

export type KnownAccount = {
  readonly account_id: bigint;
  readonly book: string;
  /** Present when the account may not run below zero: it is locked, and this much may be spent. */
  readonly guard: { readonly normal_side: Side; readonly available_fen: Fen } | null;
};

/** What the database knew, under lock, when the group was decided. */
export type Known = {
  readonly accounts: ReadonlyMap<AccountCode, KnownAccount>;
  /** Journals posted under one of the keys of the group. */
  readonly journals: ReadonlyMap<string, { readonly journal_id: JournalId; readonly fingerprint: string }>;
  readonly reversed: ReadonlySet<JournalId>;
  readonly holds: ReadonlyMap<
    HoldId,
    { readonly account: AccountCode; readonly amount_fen: Fen; readonly ended: boolean }
  >;
  /** Last closed day of a book; absent when none was closed. */
  readonly closed_through: ReadonlyMap<string, Day>;
};

/** Decides the drafts in order, each against what was known and what the earlier ones changed. */
export function decideGroup(candidates: readonly Candidate[], known: Known): PostResult[] {
  const group = new Group(known);
  return candidates.map((candidate) => group.decide(candidate));
}

/** What the earlier drafts of the group changed. */
class Group {
  readonly #known: Known;
  readonly #journals: Map<string, { readonly journal_id: JournalId; readonly fingerprint: string }>;
  readonly #reversed: Set<JournalId>;
  readonly #ended = new Set<HoldId>();
  readonly #available = new Map<AccountCode, Fen>();

  constructor(known: Known) {
    this.#known = known;
    this.#journals = new Map(known.journals);
    this.#reversed = new Set(known.reversed);
  }

  decide({ draft, journal_id, fingerprint }: Candidate): PostResult {
    const before = this.#journals.get(draft.key);
    if (before && before.fingerprint === fingerprint) return { outcome: 'repeated', journal_id: before.journal_id };
    const refusal = before
      ? no('ledger.idempotency_conflict', { key: draft.key })
      : (this.#formFault(draft) ?? this.#holdFault(draft) ?? this.#spend(draft));
    if (refusal) return { outcome: 'refused', refusal };
    this.#journals.set(draft.key, { journal_id, fingerprint });
    if (draft.reverses) this.#reversed.add(draft.reverses);
    if (draft.captures) this.#ended.add(draft.captures);
    return { outcome: 'posted', journal_id };
  }

  #formFault(draft: JournalDraft): LedgerRefusal | null {
    if (draft.reverses && this.#reversed.has(draft.reverses)) {
      return no('ledger.already_reversed', { journal_id: draft.reverses });
    }
    const difference = new Map<string, Fen>();
    for (const posting of draft.postings) {
      if (posting.amount_fen <= 0n) return no('ledger.amount_not_positive', { account: posting.account });
    }
    for (const { account, side, amount_fen } of draft.postings) {
      const book = this.#known.accounts.get(account)?.book;
      if (book === undefined) return no('ledger.unknown_account', { account });
      difference.set(book, add(difference.get(book) ?? zero, side === 'debit' ? amount_fen : negate(amount_fen)));
    }
    if (difference.size === 0) return no('ledger.unbalanced', { postings: 0 });
    for (const [book, fen] of difference) {
      if (fen !== 0n) return no('ledger.unbalanced', { book, difference_fen: fen });
    }
    for (const book of difference.keys()) {
      const closed = this.#known.closed_through.get(book);
      if (closed && !isBefore(closed, draft.business_date)) {
        return no('ledger.closed_day', { book, closed_through: closed.toString() });
      }
    }
    return null;
  }

  #holdFault({ captures }: JournalDraft): LedgerRefusal | null {
    if (!captures) return null;
    const hold = this.#known.holds.get(captures);
    if (!hold) return no('ledger.unknown_hold', { hold_id: captures });
    return hold.ended || this.#ended.has(captures) ? no('ledger.hold_ended', { hold_id: captures }) : null;
  }

  /** Takes the draft's money from what is available, all of it or, with a refusal, nothing. */
  #spend(draft: JournalDraft): LedgerRefusal | null {
    const after = new Map<AccountCode, Fen>();
    const change = (account: AccountCode, amount_fen: Fen) =>
      after.set(account, add(after.get(account) ?? this.#availableIn(account), amount_fen));
    const hold = draft.captures && this.#known.holds.get(draft.captures);
    if (hold) change(hold.account, hold.amount_fen);
    for (const posting of draft.postings) {
      const guard = defined(this.#known.accounts.get(posting.account), posting.account).guard;
      if (guard) change(posting.account, signed(posting, guard.normal_side));
    }
    for (const [account, fen] of after) {
      if (fen < 0n) {
        const available_fen = this.#availableIn(account);
        return no('ledger.insufficient_funds', { account, available_fen, missing_fen: subtract(zero, fen) });
      }
    }
    for (const [account, fen] of after) this.#available.set(account, fen);
    return null;
  }

  #availableIn(account: AccountCode): Fen {
    return this.#available.get(account) ?? this.#known.accounts.get(account)?.guard?.available_fen ?? zero;
  }
}

const signed = ({ side, amount_fen }: Posting, normal: Side): Fen =>
  side === normal ? amount_fen : negate(amount_fen);
