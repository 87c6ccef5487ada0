import { hash } from 'node:crypto';
import type { JournalDraft } from './contract.ts';

/** A journal as it lies in the tables, in the order of its columns. */
export type WrittenJournal = {
  readonly journal_id: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly kind: string;
  readonly business_date: string;
  readonly trace_id: string;
  readonly memo: string;
  readonly reverses: string | null;
  /** Account code, side (D or C) and fen, line by line. */
  readonly lines: readonly (readonly [account: string, side: string, amount_fen: string])[];
};

/** SHA-256 (hex) of what a caller asked for. A repeat may carry another trace, so the trace is not part of it. */
export function fingerprintOf(draft: JournalDraft): string {
  const { kind, business_date, memo = '', reverses = null, captures = null } = draft;
  const lines = draft.postings.map(({ account, side, amount_fen }) => [account, side, String(amount_fen)]);
  return sha256(JSON.stringify([kind, business_date.toString(), memo, reverses, captures, lines]));
}

/** SHA-256 (hex) of everything a group wrote, journals in the order of their ids. */
export function digestOf(journals: readonly WrittenJournal[]): string {
  const text = journals.map((j) =>
    JSON.stringify([
      j.journal_id,
      j.key,
      j.fingerprint,
      j.kind,
      j.business_date,
      j.trace_id,
      j.memo,
      j.reverses,
      j.lines,
    ]),
  );
  return sha256(text.join('\n'));
}

/** The hash of a link: SHA-256 over the previous hash and the group's digest (all hex). */
export const linkHash = (previous: string, digest: string): string =>
  hash('sha256', Uint8Array.fromHex(previous + digest), 'hex');

/** What the first link follows. */
export const genesis = '00'.repeat(32);

const sha256 = (text: string): string => hash('sha256', text, 'hex');
