-- Terminals, their sealed keys, and every message as it passed on the wire (secrets zeroed before it comes here).
create schema switch;
grant usage on schema switch to tessera_app;

create table switch.terminals (
  terminal_id      text primary key check (terminal_id ~ '^[!-~]{8}$'),
  institution_code text not null check (length(institution_code) between 1 and 15),
  state            text not null default 'active' check (state in ('active', 'suspended', 'retired')),
  -- Encrypted under the key store's own key; useless without it.
  master_key       jsonb not null,
  working_keys     jsonb,
  signed_in_at     timestamptz,
  software         text,
  registered_at    timestamptz not null default now()
);
create index terminals_by_institution on switch.terminals (institution_code);
grant select, insert, update on switch.terminals to tessera_app;

-- A request and its answer.
create table switch.wire_log (
  id            bigint generated always as identity primary key,
  trace_id      uuid not null,
  at            timestamptz not null,
  peer          text not null,
  terminal_id   text,
  kind          text,
  mti           text,
  request       bytea not null,
  fault         text,
  answer_mti    text,
  response_code text,
  elapsed_ms    integer,
  answer        bytea,
  check ((fault is null) = (length(request) > 0)),
  check ((answer is null) = (response_code is null))
);
create index wire_log_by_trace on switch.wire_log (trace_id);
create index wire_log_by_time on switch.wire_log using brin (at);
-- Insert only: what passed on the wire is evidence.
grant select, insert on switch.wire_log to tessera_app;

create view switch.v_terminals as
  select terminal_id, institution_code, state, software, registered_at, signed_in_at,
         working_keys is not null as signed_in
  from switch.terminals;
-- Message by message.
create view switch.v_wire as
  select id, trace_id, 'in' as direction, at, null::integer as elapsed_ms, peer, terminal_id, mti, kind,
         null as response_code, request as body, fault
  from switch.wire_log
  union all
  select id, trace_id, 'out', at + elapsed_ms * interval '1 millisecond', elapsed_ms, peer, terminal_id, answer_mti, kind,
         response_code, answer, null
  from switch.wire_log where answer is not null;
grant select on switch.v_terminals, switch.v_wire to tessera_app;
