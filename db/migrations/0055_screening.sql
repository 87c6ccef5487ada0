-- Cards that must not pay. A terminal keeps a copy and downloads what changed since the version it holds.
create schema screening;
grant usage on schema screening to tessera_app;

create table screening.black_list_changes (
  -- Given under a lock, so that versions become visible in their order and no terminal passes one over.
  version bigint primary key check (version > 0),
  account_number text not null check (account_number ~ '^[0-9]{12,19}$'),
  -- Null: taken off the list.
  reason text check (reason in ('lost', 'stolen', 'cloned', 'cancelled', 'holder_died', 'suspected_misuse')),
  since timestamptz not null,
  by_user text not null,
  trace_id uuid not null
);
create index black_list_changes_of_card on screening.black_list_changes (account_number, version);
grant select, insert on screening.black_list_changes to tessera_app;

-- The list as it stands: the last change of each card, as long as that puts it on.
create table screening.black_list (
  account_number text primary key,
  reason text not null,
  since timestamptz not null,
  version bigint not null references screening.black_list_changes
);
grant select, insert, delete on screening.black_list to tessera_app;

create view screening.v_black_list as select account_number, reason, since, version from screening.black_list;
grant select on screening.v_black_list to tessera_app;
