import type { Sql } from '../../platform/database/index.ts';
import { digestOf, genesis, linkHash, type WrittenJournal } from './digest.ts';

export type LedgerFault = {
  readonly what: /** A link does not follow the one before it. */
    | 'chain-broken'
    /** The rows of a group are not what was written. */
    | 'group-changed'
    /** A journal that no link of the chain covers. */
    | 'journal-not-linked'
    /** A journal whose sides differ in one of its books. */
    | 'journal-unbalanced'
    /** Postings whose journal does not exist. */
    | 'journal-missing'
    /** A balance that is not the sum of its postings and open holds. */
    | 'balance-wrong'
    /** The chain no longer contains the link that was noted down outside. */
    | 'anchor-missing';
  readonly group_no: bigint | null;
  /** The link, journal or account in question. */
  readonly where: string;
};

export type Link = { readonly link_no: bigint; readonly hash: string };

export type VerificationReport = {
  /** Nothing is wrong. */
  readonly ok: boolean;
  readonly groups: number;
  readonly journals: number;
  readonly postings: number;
  /** The newest link: note it down outside the database, and give it back as `anchor` another day. */
  readonly head: Link | null;
  /** The first fault in the chain, then those of journals and balances, at most `most` of each kind. */
  readonly faults: readonly LedgerFault[];
};

const page = 200;
const most = 20;

/**
 * Recomputes the whole ledger from its rows: every link of the chain, every journal's balance, every account's balance.
 * Whoever changed, added or took away a row after the fact shows up; who also rewrote the chain shows up by the anchor.
 * Reads in pages and takes no locks, so it runs beside the day's work.
 */
export async function verify(sql: Sql, anchor: Link | null = null): Promise<VerificationReport> {
  const count = { groups: 0, journals: 0, postings: 0 };
  const faults: LedgerFault[] = [];
  let head: Link | null = null;
  let anchored = anchor === null;
  for (;;) {
    const links: LinkRow[] = await readLinks(sql, head?.link_no ?? 0n);
    const written = await readGroups(sql, links);
    for (const link of links) {
      const journals: readonly WrittenJournal[] = written.get(link.group_no) ?? [];
      const what = faultOf(link, head, journals);
      if (what && faults.length === 0) faults.push({ what, group_no: link.group_no, where: `link ${link.link_no}` });
      head = { link_no: link.link_no, hash: link.hash };
      anchored ||= head.link_no === anchor?.link_no && head.hash === anchor.hash;
      count.groups += 1;
      count.journals += journals.length;
      count.postings += journals.reduce((sum, journal) => sum + journal.lines.length, 0);
    }
    if (links.length < page) break;
  }
  if (!anchored) faults.push({ what: 'anchor-missing', group_no: null, where: `link ${anchor?.link_no}` });
  faults.push(...(await journalFaults(sql)), ...(await balanceFaults(sql)));
  return { ok: faults.length === 0, ...count, head, faults };
}

function faultOf(link: LinkRow, head: Link | null, journals: readonly WrittenJournal[]): LedgerFault['what'] | null {
  const follows =
    link.link_no === (head?.link_no ?? 0n) + 1n &&
    link.previous_hash === (head?.hash ?? genesis) &&
    link.hash === linkHash(link.previous_hash, link.digest);
  if (!follows) return 'chain-broken';
  return digestOf(journals) === link.digest ? null : 'group-changed';
}

type LinkRow = {
  link_no: bigint;
  group_no: bigint;
  previous_hash: string;
  hash: string;
  digest: string;
};

const readLinks = (sql: Sql, after: bigint): Promise<LinkRow[]> =>
  sql.query<LinkRow>(
    `select link_no, group_no, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash,
       encode(digest, 'hex') as digest
     from ledger.chain join ledger.groups using (group_no) where link_no > $1 order by link_no limit ${page}`,
    [after],
  );

type JournalRow = Omit<WrittenJournal, 'lines'> & { group_no: bigint; lines: [string, string, string][] };

async function readGroups(sql: Sql, links: readonly LinkRow[]): Promise<Map<bigint, JournalRow[]>> {
  const rows = await sql.query<JournalRow>(
    `select group_no, journal_id, idempotency_key as key, encode(fingerprint, 'hex') as fingerprint, kind,
       business_date, trace_id, memo, reverses,
       (select coalesce(json_agg(json_build_array(a.code, p.side, p.amount_fen::text) order by p.line), '[]')
        from ledger.postings p join ledger.accounts a using (account_id) where p.journal_id = j.journal_id) as lines
     from ledger.journals j where group_no = any($1::bigint[]) order by journal_id`,
    [links.map((link) => link.group_no)],
  );
  return Map.groupBy(rows, (row) => row.group_no);
}

async function journalFaults(sql: Sql): Promise<LedgerFault[]> {
  const unlinked = await sql.query<{ group_no: bigint; where: string }>(
    `select group_no, journal_id::text as where from ledger.journals j
     where not exists (select from ledger.chain c where c.group_no = j.group_no) order by journal_id limit ${most}`,
  );
  const unbalanced = await sql.query<{ where: string }>(
    `select journal_id::text as where from ledger.postings join ledger.accounts using (account_id)
     group by journal_id, book having sum(case side when 'D' then amount_fen else -amount_fen end) <> 0
     order by journal_id limit ${most}`,
  );
  const missing = await sql.query<{ where: string }>(
    `select distinct journal_id::text as where from ledger.postings p
     where not exists (select from ledger.journals j where j.journal_id = p.journal_id) order by 1 limit ${most}`,
  );
  return [
    ...unlinked.map((row) => ({ what: 'journal-not-linked' as const, ...row })),
    ...missing.map((row) => ({ what: 'journal-missing' as const, group_no: null, ...row })),
    ...unbalanced.map((row) => ({ what: 'journal-unbalanced' as const, group_no: null, ...row })),
  ];
}

async function balanceFaults(sql: Sql): Promise<LedgerFault[]> {
  const wrong = await sql.query<{ where: string }>(
    `with posted as (
       select account_id, sum(amount_fen) filter (where side = 'D') as debit_fen,
         sum(amount_fen) filter (where side = 'C') as credit_fen
       from ledger.postings group by account_id),
     held as (
       select account_id, sum(amount_fen) as held_fen from ledger.holds h
       where not exists (select from ledger.hold_ends e where e.hold_id = h.hold_id) group by account_id)
     select code as where from ledger.accounts
     left join ledger.balances b using (account_id) left join posted using (account_id) left join held using (account_id)
     where (b.debit_fen, b.credit_fen, b.held_fen) is distinct from
       (coalesce(posted.debit_fen, 0), coalesce(posted.credit_fen, 0), coalesce(held.held_fen, 0))
     order by code limit ${most}`,
  );
  return wrong.map((row) => ({ what: 'balance-wrong' as const, group_no: null, ...row }));
}
