-- Medical insurance: what may be charged, visits with their bills, settlements, and what each person has used in a year.
create schema medical;
grant usage on schema medical to tessera_app;

-- 医保目录. A change of class or ceiling is a new row from its day on; the row before gets its last day.
create table medical.catalogue_items (
  code text not null,
  valid_from date not null,
  valid_through date check (valid_through >= valid_from),
  kind text not null check (kind in ('drug', 'service', 'material')),
  class text not null check (class in ('A', 'B', 'C')),
  name_zh text not null,
  name_en text not null,
  unit text not null,
  -- Millionths of a yuan.
  price_ceiling bigint check (price_ceiling > 0),
  -- Millionths.
  first_pay bigint not null check (first_pay between 0 and 1000000),
  restriction_zh text,
  restriction_en text,
  primary key (code, valid_from),
  check ((restriction_zh is null) = (restriction_en is null))
);
grant select, insert, update on medical.catalogue_items to tessera_app;

create table medical.diagnoses (
  code text primary key,
  name_zh text not null,
  name_en text not null
);
grant select, insert, update on medical.diagnoses to tessera_app;

-- The row of the visit is the lock for everything that happens to the visit, its bill and its settlements.
create table medical.visits (
  visit_id uuid primary key,
  visit_no text not null unique,
  institution_code text not null,
  person_id uuid not null,
  kind text not null check (kind in ('outpatient', 'inpatient', 'pharmacy')),
  insurance text not null check (insurance in ('310', '390')),
  department text not null,
  doctor text not null,
  diagnosis_code text not null references medical.diagnoses,
  begun_on date not null,
  ended_on date check (ended_on >= begun_on),
  state text not null check (state in ('open', 'awaiting_card', 'settled', 'cancelled')),
  line_count integer not null default 0,
  total_fen bigint not null default 0,
  idempotency_key text not null,
  registered_by text not null,
  registered_at timestamptz not null,
  trace_id uuid not null,
  unique (institution_code, idempotency_key)
);
create index visits_of_institution on medical.visits (institution_code, visit_id);
create index visits_of_person on medical.visits (person_id, visit_id);
grant select, insert on medical.visits to tessera_app;
grant update (ended_on, state, line_count, total_fen) on medical.visits to tessera_app;
create sequence medical.visit_numbers;
grant usage on sequence medical.visit_numbers to tessera_app;

create table medical.bill_lines (
  visit_id uuid not null references medical.visits,
  line_no integer not null check (line_no > 0),
  catalogue_code text not null,
  -- Ten-thousandths of the unit.
  quantity bigint not null check (quantity > 0),
  -- Millionths of a yuan.
  unit_price bigint not null check (unit_price >= 0),
  outside_restriction boolean not null,
  primary key (visit_id, line_no)
);
-- A bill in the making is replaced whole; a settlement keeps its own copy of the lines it decided on.
grant select, insert, delete on medical.bill_lines to tessera_app;

create table medical.settlements (
  settlement_id uuid primary key,
  -- Short and with a check digit: it travels in field 62 of the card payment.
  settlement_no text not null unique,
  visit_id uuid not null references medical.visits,
  person_id uuid not null,
  institution_code text not null,
  kind text not null,
  insurance text not null,
  state text not null check (state in ('awaiting_card', 'settled', 'cancelled', 'superseded')),
  use_account boolean not null,
  -- The bill as it was split, the reasons of every figure, and what the person had used before.
  decision jsonb not null,
  total_fen bigint not null,
  full_own_fen bigint not null,
  over_limit_fen bigint not null,
  first_pay_fen bigint not null,
  in_scope_fen bigint not null,
  deductible_fen bigint not null,
  pool_fen bigint not null,
  serious_fen bigint not null,
  civil_servant_fen bigint not null,
  aid_fen bigint not null,
  fund_fen bigint not null,
  personal_fen bigint not null,
  account_fen bigint not null,
  cash_fen bigint not null,
  -- The year whose limits it uses.
  benefit_year smallint not null,
  business_date date not null,
  decided_by text not null,
  decided_at timestamptz not null,
  settled_at timestamptz,
  -- How often the card paid it (again, after a reversal): part of the key of its journals.
  completions integer not null default 0,
  trace_id uuid not null,
  -- The trace of the card payment that completed it; null when no card was asked.
  payment_trace_id uuid,
  -- Identities of the national interface (2207); first-pay, over-limit and own shares are all the patient's.
  check (total_fen > 0 and total_fen = full_own_fen + over_limit_fen + first_pay_fen + in_scope_fen),
  check (fund_fen = pool_fen + serious_fen + civil_servant_fen + aid_fen),
  check (total_fen = fund_fen + personal_fen),
  check (personal_fen = account_fen + cash_fen),
  check (least(full_own_fen, over_limit_fen, first_pay_fen, in_scope_fen, deductible_fen, pool_fen, serious_fen,
    civil_servant_fen, aid_fen, account_fen, cash_fen) >= 0),
  check ((state = 'settled') <= (settled_at is not null))
);
-- Whatever the program does, a visit has at most one settlement that stands.
create unique index one_standing_settlement on medical.settlements (visit_id) where state in ('awaiting_card', 'settled');
create index settlements_of_institution on medical.settlements (institution_code, settlement_id);
create index settlements_of_person on medical.settlements (person_id, benefit_year);
create index settlements_of_day on medical.settlements (business_date, settlement_id);
create index settlements_by_trace on medical.settlements (trace_id);
create index settlements_by_payment_trace on medical.settlements (payment_trace_id) where payment_trace_id is not null;
grant select, insert on medical.settlements to tessera_app;
grant update (state, settled_at, completions, payment_trace_id) on medical.settlements to tessera_app;
create sequence medical.settlement_numbers;
grant usage on sequence medical.settlement_numbers to tessera_app;

-- What a person has used of the year's limits: the sum of what the standing settlements of the year use. It is kept so
-- that one read decides, and `rebuildAccumulators` makes it again from the settlements.
create table medical.accumulators (
  person_id uuid not null,
  benefit_year smallint not null,
  insurance text not null check (insurance in ('310', '390')),
  outpatient_deductible_paid_fen bigint not null default 0 check (outpatient_deductible_paid_fen >= 0),
  outpatient_pool_paid_fen bigint not null default 0 check (outpatient_pool_paid_fen >= 0),
  admissions bigint not null default 0 check (admissions >= 0),
  inpatient_in_scope_fen bigint not null default 0 check (inpatient_in_scope_fen >= 0),
  inpatient_pool_paid_fen bigint not null default 0 check (inpatient_pool_paid_fen >= 0),
  serious_basis_fen bigint not null default 0 check (serious_basis_fen >= 0),
  serious_paid_fen bigint not null default 0 check (serious_paid_fen >= 0),
  aid_basis_fen bigint not null default 0 check (aid_basis_fen >= 0),
  aid_paid_fen bigint not null default 0 check (aid_paid_fen >= 0),
  tilt_basis_fen bigint not null default 0 check (tilt_basis_fen >= 0),
  tilt_paid_fen bigint not null default 0 check (tilt_paid_fen >= 0),
  primary key (person_id, benefit_year, insurance)
);
grant select, insert, update, delete on medical.accumulators to tessera_app;

-- Published: what reports and statistics may read.
create view medical.v_settlements as
  select settlement_id, settlement_no, visit_id, person_id, institution_code, kind, insurance, state, total_fen,
    full_own_fen, over_limit_fen, first_pay_fen, in_scope_fen, deductible_fen, pool_fen, serious_fen,
    civil_servant_fen, aid_fen, fund_fen, personal_fen, account_fen, cash_fen, benefit_year, business_date,
    decided_at, settled_at, trace_id, payment_trace_id
  from medical.settlements;
grant select on medical.v_settlements to tessera_app;
