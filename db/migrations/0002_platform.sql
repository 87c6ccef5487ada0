create schema outbox;
create table outbox.events (
  position bigint generated always as identity primary key,
  event_id uuid not null unique,
  name text not null,
  subject text not null,
  trace_id uuid not null,
  body jsonb not null,
  at timestamptz not null default now(),
  -- The writing transaction: a reader takes only events older than every transaction still open, so that none
  -- that commits late is passed over.
  written_by xid8 not null default pg_current_xact_id()
);
create index events_by_trace on outbox.events (trace_id);
grant usage on schema outbox to tessera_app;
grant select, insert on outbox.events to tessera_app;

create schema audit;
create table audit.entries (
  entry bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id text not null,
  role text not null,
  action text not null,
  subject text not null,
  trace_id uuid not null,
  detail jsonb not null
);
create index entries_by_subject on audit.entries (subject, entry);
grant usage on schema audit to tessera_app;
grant select, insert on audit.entries to tessera_app;

-- Answers already given, by idempotency key: the same key and content gets the same answer again.
create schema http;
create table http.answers (
  key text not null,
  user_id text not null,
  fingerprint text not null,
  status smallint,
  body jsonb,
  begun_at timestamptz not null default now(),
  primary key (user_id, key)
);
grant usage on schema http to tessera_app;
grant select, insert, update, delete on http.answers to tessera_app;
