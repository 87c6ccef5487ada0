import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { JournalDraft, PostResult } from './contract.ts';
import { fingerprintOf } from './digest.ts';
import { loadKnown } from './load.ts';
import { decideGroup } from './posting.rules.ts';
import { writeJournals } from './write.ts';

/**
 * Posts a group of journals inside the caller's transaction, in order; the answers stand in the same order. A refused
 * draft touches nobody else. Nothing is posted until the transaction commits. Throws what the database throws;
 * serialisation failures (another transaction used the same key in the same moment) are meant to be tried again, as
 * `Database.transaction` does.
 */
export async function post(sql: Sql, drafts: readonly JournalDraft[]): Promise<PostResult[]> {
  if (drafts.length === 0) return [];
  const candidates = drafts.map((draft) => ({
    draft,
    journal_id: newId<'journal'>(),
    fingerprint: fingerprintOf(draft),
  }));
  const known = await loadKnown(sql, drafts);
  const results = decideGroup(candidates, known);
  const accepted = candidates.filter((_, i) => results[i]?.outcome === 'posted');
  if (accepted.length > 0) await writeJournals(sql, accepted, known);
  return results;
}
