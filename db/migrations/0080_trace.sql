-- What the terminals tell of each payment: the commands between chip, PSAM and terminal, and the terminal's own steps.
create schema trace;
grant usage on schema trace to tessera_app;

create table trace.chip_log (
  -- Made by the terminal's desk, so that what it sends again is not stored again.
  upload_id uuid not null,
  trace_id uuid not null,
  terminal_id text not null,
  uploaded_at timestamptz not null default now(),
  apdus jsonb not null,
  steps jsonb not null,
  primary key (trace_id, upload_id)
);
-- Insert only: what a terminal has said is evidence.
grant select, insert on trace.chip_log to tessera_app;

-- A trace is put together from what each context keeps under its id.
create index differences_by_trace on payment.differences (trace_id);
