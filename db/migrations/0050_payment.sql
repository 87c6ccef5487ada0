-- Card money at the centre: every transaction of a terminal, decided once and answered the same way ever after.
create schema payment;
grant usage on schema payment to tessera_app;

create table payment.payments (
  payment_id uuid primary key check (uuid_extract_version(payment_id) = 7),
  -- The terminal's own name for the transaction; the state below belongs to exactly one of them.
  terminal_id text not null,
  batch_no text not null check (batch_no ~ '^[0-9]{6}$'),
  trace_no text not null check (trace_no ~ '^[0-9]{6}$'),
  local_date text not null check (local_date ~ '^[0-9]{4}$'),
  kind text not null check (kind in ('purchase', 'load')),
  -- SHA-256 of the request. Null: a tombstone, written by a reversal that came first; its original, if it ever
  -- comes, finds the place taken.
  fingerprint bytea check (length(fingerprint) = 32),
  state text not null check (state in ('approved', 'declined', 'reversed', 'chip_confirmed')),
  response_code text not null check (response_code ~ '^[0-9A-Z]{2}$'),
  refusal_code text,
  account_number text not null,
  card_id uuid,
  person_id uuid,
  institution_code text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  settlement_no text,
  reference_no text not null check (reference_no ~ '^[0-9]{12}$'),
  authorisation text check (authorisation ~ '^[0-9]{6}$'),
  journal_id uuid,
  -- Of the card's account after this payment, as the answer told it.
  balance_fen bigint,
  -- What the chip said in the request; the TAC is checked against it.
  chip_sequence integer,
  chip_balance_fen bigint,
  -- The random number the chip signed in the request (9F37). Kept of what was accepted only.
  original bytea,
  trace_id uuid not null,
  at timestamptz not null,
  business_date date not null,
  constraint payments_of_terminal unique (terminal_id, batch_no, trace_no, local_date, kind),
  check ((state = 'declined') = (refusal_code is not null and fingerprint is not null)),
  check ((journal_id is null) = (state = 'declined' or fingerprint is null))
) with (fillfactor = 90);
-- Few, for each costs every payment: a card's payments are found by its holder, a journal's payment by the trace.
-- A proof of the chip is good for one payment of a kind. The state is no part of it, so that its changes stay cheap (HOT).
create unique index payments_by_proof on payment.payments (card_id, kind, original) where original is not null;
create index payments_of_institution on payment.payments (institution_code, payment_id);
create index payments_of_person on payment.payments (person_id, payment_id);
create index payments_by_trace on payment.payments (trace_id);
create index payments_of_settlement on payment.payments (settlement_no) where settlement_no is not null;
create index payments_by_day on payment.payments using brin (business_date);
grant select, insert on payment.payments to tessera_app;
grant update (state) on payment.payments to tessera_app;

create sequence payment.reference_numbers;
grant usage on sequence payment.reference_numbers to tessera_app;

-- A payment is taken back at most once: the key is the payment.
create table payment.reversals (
  payment_id uuid primary key references payment.payments,
  -- Field 39 of the reversal: why the terminal asked.
  reason text not null,
  -- Null when there was nothing booked.
  journal_id uuid,
  trace_id uuid not null,
  at timestamptz not null,
  business_date date not null
);
create index reversals_by_trace on payment.reversals (trace_id);
create index reversals_by_journal on payment.reversals (journal_id) where journal_id is not null;
grant select, insert on payment.reversals to tessera_app;

-- The chip's own signature under a payment (TAC), verified.
create table payment.chip_proofs (
  payment_id uuid primary key references payment.payments,
  card_id uuid not null,
  tac bytea not null check (length(tac) = 4),
  terminal_serial bytea check (length(terminal_serial) = 4),
  transacted_at bytea not null check (length(transacted_at) = 7),
  trace_id uuid not null,
  at timestamptz not null,
  -- One debit of the chip confirms one payment.
  unique nulls not distinct (card_id, tac, terminal_serial, transacted_at)
);
grant select, insert on payment.chip_proofs to tessera_app;

-- What chip, terminal and centre do not agree on. Never corrected here: a person looks at it.
create table payment.differences (
  difference_id uuid primary key,
  kind text not null check (kind in ('tac_wrong', 'tac_after_reversal', 'tac_without_payment', 'reversal_after_chip',
    'reversal_amount', 'reversal_refused', 'tac_reused', 'chip_balance')),
  terminal_id text not null,
  batch_no text not null,
  trace_no text not null,
  local_date text not null,
  payment_id uuid references payment.payments,
  -- What was presented, hex or digits; a terminal that repeats itself adds nothing.
  evidence text not null,
  trace_id uuid not null,
  at timestamptz not null,
  unique (kind, terminal_id, batch_no, trace_no, local_date, evidence)
);
create index differences_by_payment on payment.differences (payment_id);
grant select, insert on payment.differences to tessera_app;

create view payment.v_payments as
  select payment_id, terminal_id, batch_no, trace_no, local_date, kind, state, response_code, refusal_code, card_id,
    person_id, institution_code, amount_fen, settlement_no, reference_no, authorisation, journal_id, trace_id, at,
    business_date, fingerprint is null as tombstone
  from payment.payments;
create view payment.v_reversals as
  select payment_id, reason, journal_id, trace_id, at, business_date from payment.reversals;
create view payment.v_chip_proofs as select payment_id, tac, transacted_at, trace_id, at from payment.chip_proofs;
create view payment.v_differences as
  select difference_id, kind, payment_id, terminal_id, batch_no, trace_no, local_date, evidence, trace_id, at
  from payment.differences;
grant select on payment.v_payments, payment.v_reversals, payment.v_chip_proofs, payment.v_differences to tessera_app;
