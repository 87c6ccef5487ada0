-- What the terminals tell of each payment: the commands between chip, PSAM and terminal, and the terminal's own steps.
create schema trace;
grant usage on schema trace to tessera_app;

create table trace.chip_log (
  trace_id uuid not null,
  terminal_id text not null,
  -- Uploads of one trace are numbered by the terminal; what it sends again is not stored again.
  part smallint not null check (part between 0 and 999),
  uploaded_at timestamptz not null default now(),
  apdus jsonb not null,
  steps jsonb not null,
  primary key (trace_id, terminal_id, part)
);
-- Insert only: what a terminal has said is evidence.
grant select, insert on trace.chip_log to tessera_app;
