-- Monthly contributions: one bill for each employer and month, made up of what every insured person and insurance adds.
create schema contributions;
grant usage on schema contributions to tessera_app;

create table contributions.bills (
  bill_id uuid primary key,
  employer_id uuid not null,
  -- First day of the month.
  month date not null check (extract(day from month) = 1),
  state text not null check (state in ('billed', 'received')),
  persons integer not null check (persons > 0),
  employer_fen bigint not null check (employer_fen >= 0),
  person_fen bigint not null check (person_fen >= 0),
  billed_at timestamptz not null,
  received_on date,
  trace_id uuid not null,
  check ((state = 'received') = (received_on is not null)),
  -- Assessing a month twice, or at two places at once, makes one bill.
  constraint one_bill_a_month unique (employer_id, month)
);
create index bills_of_month on contributions.bills (month, employer_id);
grant select, insert on contributions.bills to tessera_app;
grant update (state, received_on) on contributions.bills to tessera_app;

create table contributions.assessments (
  bill_id uuid not null references contributions.bills,
  person_id uuid not null,
  insurance text not null,
  base_fen bigint not null check (base_fen >= 0),
  employer_fen bigint not null check (employer_fen >= 0),
  person_fen bigint not null check (person_fen >= 0),
  -- What of it goes to the person's medical account.
  account_fen bigint not null check (account_fen >= 0),
  primary key (bill_id, person_id, insurance)
);
create index assessments_of_person on contributions.assessments (person_id);
grant select, insert on contributions.assessments to tessera_app;
