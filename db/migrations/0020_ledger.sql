-- The ledger: double entry, one book per fund (社会保险基金会计制度, 财会〔2017〕28号: separate books per fund and scheme).
-- What happened is only ever added: journals, postings, holds and their ends, groups, chain, closings, accounts.
-- Balances are a projection of the postings and the only table whose rows change.
create schema ledger;
grant usage on schema ledger to tessera_app;

create table ledger.accounts (
  account_id bigint generated always as identity primary key,
  book text not null check (book ~ '^[a-z]+(-[a-z]+)*$'),
  gl_code text not null check (gl_code ~ '^[1-5][0-9]{3}([.][0-9]{2})*$'),
  -- Whose account it is within the general-ledger code: a person, a card, an institution; null for the fund itself.
  owner text check (owner ~ '^[0-9A-Za-z._-]+$'),
  code text not null generated always as (book || ':' || gl_code || coalesce(':' || owner, '')) stored unique,
  normal_side "char" not null check (normal_side in ('D', 'C')),
  may_overdraw boolean not null,
  opened_on date not null
);
create index accounts_by_gl on ledger.accounts (book, gl_code);

-- The normal side and the right to overdraw are copied here so that the database itself refuses an overdraft.
-- Half-filled pages keep an update on its page and off the index (heap-only tuples).
create table ledger.balances (
  account_id bigint primary key references ledger.accounts,
  debit_fen bigint not null default 0 check (debit_fen >= 0),
  credit_fen bigint not null default 0 check (credit_fen >= 0),
  held_fen bigint not null default 0 check (held_fen >= 0),
  normal_side "char" not null,
  may_overdraw boolean not null,
  constraint balances_no_overdraft check (
    may_overdraw or held_fen <= case normal_side when 'C' then credit_fen - debit_fen else debit_fen - credit_fen end)
) with (fillfactor = 50);

create table ledger.journals (
  journal_id uuid primary key check (uuid_extract_version(journal_id) = 7),
  idempotency_key text not null constraint journals_key unique,
  -- SHA-256 of what the caller asked for, to tell a repeat from another request under the same key.
  fingerprint bytea not null check (length(fingerprint) = 32),
  kind text not null check (kind <> ''),
  business_date date not null,
  trace_id uuid not null,
  memo text not null,
  reverses uuid references ledger.journals,
  group_no bigint not null,
  recorded_at timestamptz generated always as (uuid_extract_timestamp(journal_id)) virtual
);
create unique index journals_reversed_once on ledger.journals (reverses) where reverses is not null;
create index journals_by_group on ledger.journals (group_no);
create index journals_by_trace on ledger.journals (trace_id);
create index journals_by_day on ledger.journals using brin (business_date);

-- No foreign keys here: `check_postings` and `link_group` check a whole group at once instead of row by row.
create table ledger.postings (
  journal_id uuid not null,
  account_id bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  line integer not null check (line > 0),
  side "char" not null check (side in ('D', 'C')),
  primary key (journal_id, line)
);
create index postings_by_account on ledger.postings (account_id, journal_id);

create table ledger.holds (
  hold_id uuid primary key check (uuid_extract_version(hold_id) = 7),
  idempotency_key text not null unique,
  account_id bigint not null references ledger.accounts,
  amount_fen bigint not null check (amount_fen > 0),
  business_date date not null,
  trace_id uuid not null,
  memo text not null
);
create index holds_by_account on ledger.holds (account_id);

create table ledger.hold_ends (
  hold_id uuid primary key references ledger.holds,
  how text not null check (how in ('captured', 'released')),
  -- The journal that took the money; none when the hold was let go.
  journal_id uuid references ledger.journals,
  check ((how = 'captured') = (journal_id is not null))
);

-- Books are closed day by day; a closed day takes no more journals.
create table ledger.closings (
  book text not null,
  through date not null,
  closed_at timestamptz not null default now(),
  primary key (book, through)
);

-- A group is what one call of the poster wrote; its digest covers every column of its journals and postings.
create sequence ledger.group_numbers;
create table ledger.groups (
  group_no bigint primary key,
  digest bytea not null check (length(digest) = 32),
  journals integer not null check (journals > 0),
  postings integer not null check (postings > 1)
);

create table ledger.chain (
  link_no bigint primary key check (link_no > 0),
  group_no bigint not null unique references ledger.groups,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32)
);

-- Runs at commit, so the chain's lock is held only while the commit is written. The lock is taken before the head is
-- read (each statement of the function sees what was committed before it), which orders the groups by commit.
-- The group must have every journal and posting that its digest covers. The sub-select makes each journal's count an
-- index search of its own, whatever was known of the tables when the plan was made.
create function ledger.link_group() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  head ledger.chain;
  written record;
begin
  select count(*) as journals, coalesce(sum(
    (select count(*) from ledger.postings p where p.journal_id = j.journal_id)), 0) as postings
  into written from ledger.journals j where group_no = new.group_no;
  if (written.journals, written.postings) is distinct from (new.journals::bigint, new.postings::numeric) then
    raise exception 'ledger: group % is not whole', new.group_no using errcode = 'serialization_failure';
  end if;
  perform pg_advisory_xact_lock(hashtext('ledger.chain'));
  select * into head from ledger.chain order by link_no desc limit 1;
  head.hash := coalesce(head.hash, decode(repeat('00', 32), 'hex'));
  insert into ledger.chain (link_no, group_no, previous_hash, hash)
  values (coalesce(head.link_no, 0) + 1, new.group_no, head.hash, sha256(head.hash || new.digest));
  return null;
end $$;

create constraint trigger link_group after insert on ledger.groups
  deferrable initially deferred for each row execute function ledger.link_group();

-- What the poster decided, proved once more for the whole group in one pass: every posting has its account, every journal
-- balances in each book it touches and comes whole (its line 1 is among the rows, so no line can be added later), and the
-- journal is there. The poster writes it in the same statement; it is missing when another transaction used its key, or
-- reversed the same journal, in the same moment: then this transaction must start again and find the other's.
create function ledger.check_postings() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  wrong record;
begin
  with books as materialized (
    select account_id, (select book from ledger.accounts a where a.account_id = touched.account_id) as book
    from (select distinct account_id from added) touched),
  by_book as (
    select journal_id, book, min(line) as first_line,
      sum(case side when 'D' then amount_fen else -amount_fen end) as difference
    from added join books using (account_id) group by journal_id, book)
  select * into wrong from (
    select journal_id, bool_or(book is null) as unknown_account, bool_or(difference <> 0) as unbalanced,
      min(first_line) > 1 as continued,
      (select j.journal_id from ledger.journals j where j.journal_id = by_book.journal_id) is null as homeless
    from by_book group by journal_id) journal
  where unknown_account or unbalanced or continued or homeless
  order by unknown_account or unbalanced or continued desc limit 1;
  if found then
    raise exception 'ledger: journal % %', wrong.journal_id, case
      when wrong.unknown_account then 'names an unknown account'
      when wrong.unbalanced then 'is out of balance'
      when wrong.continued then 'cannot take more lines'
      else 'is not here, or was posted elsewhere in the same moment' end
      using errcode = case when wrong.unknown_account or wrong.unbalanced or wrong.continued
        then 'check_violation' else 'serialization_failure' end;
  end if;
  return null;
end $$;

create trigger check_postings after insert on ledger.postings
  referencing new table as added for each statement execute function ledger.check_postings();

-- A day that was closed since the poster read it: the transaction starts again and is refused in good order.
create function ledger.check_days() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('ledger.closings'));
  if (select min(business_date) from added) <= (select max(through) from ledger.closings) then
    if exists (
      select from added
      join ledger.postings using (journal_id)
      join ledger.accounts using (account_id)
      join ledger.closings using (book)
      where closings.through >= added.business_date)
    then
      raise exception 'ledger: a day was closed in the same moment' using errcode = 'serialization_failure';
    end if;
  end if;
  return null;
end $$;

create trigger check_days after insert on ledger.journals
  referencing new table as added for each statement execute function ledger.check_days();

-- What other contexts may read.
create view ledger.v_postings as
  select p.journal_id, p.line, a.book, a.gl_code, a.owner, a.code as account,
    case p.side when 'D' then 'debit' else 'credit' end as side, p.amount_fen,
    j.kind, j.business_date, j.recorded_at, j.trace_id, j.memo, j.reverses
  from ledger.postings p join ledger.journals j using (journal_id) join ledger.accounts a using (account_id);

create view ledger.v_balances as
  select a.code as account, a.book, a.gl_code, a.owner, b.debit_fen, b.credit_fen, b.held_fen,
    case b.normal_side when 'D' then b.debit_fen - b.credit_fen else b.credit_fen - b.debit_fen end as balance_fen
  from ledger.balances b join ledger.accounts a using (account_id);

grant select on all tables in schema ledger to tessera_app;
grant insert on ledger.accounts, ledger.balances, ledger.journals, ledger.postings, ledger.holds, ledger.hold_ends,
  ledger.closings, ledger.groups to tessera_app;
grant update (debit_fen, credit_fen, held_fen) on ledger.balances to tessera_app;
grant usage on sequence ledger.group_numbers to tessera_app;
-- Fresh statistics after accounts are opened in bulk (see openAccounts).
grant maintain on ledger.accounts, ledger.balances to tessera_app;
