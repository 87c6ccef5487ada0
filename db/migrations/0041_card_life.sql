-- How a card comes to be (application, order, work at a station or bureau, delivery), what its making uses up, and what
-- becomes of the money of a card that ended.

create table issuance.applications (
  application_id uuid primary key,
  person_id uuid not null,
  channel text not null check (channel in ('counter', 'employer', 'batch')),
  reason text not null check (reason in ('first', 'replacement', 'renewal')),
  -- The card the new one takes the place of.
  replaces uuid references issuance.cards,
  city_code text not null check (city_code ~ '^[0-9]{6}$'),
  -- 统一社会信用代码 of the employer that applied and receives the card.
  employer_code text,
  photo bytea not null check (length(photo) between 1 and 4096),
  -- What was charged, by the parameter of the day; zero when nothing was.
  fee_fen bigint not null check (fee_fen >= 0),
  state text not null check (state in ('submitted', 'approved', 'rejected', 'ordered', 'handed_over')),
  submitted_by text not null,
  submitted_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  -- Why it was rejected.
  words text,
  trace_id uuid not null,
  check ((reason = 'first') = (replaces is null)),
  check ((channel = 'employer') = (employer_code is not null)),
  -- Four eyes: who submitted does not decide.
  check (decided_by is null or decided_by <> submitted_by)
);
-- One person, one card on its way.
create unique index one_application_under_way on issuance.applications (person_id)
  where state in ('submitted', 'approved', 'ordered');
create index applications_by_state on issuance.applications (state, application_id);
create index applications_of_person on issuance.applications (person_id);
grant select, insert on issuance.applications to tessera_app;
grant update (state, decided_by, decided_at, words) on issuance.applications to tessera_app;

create table issuance.orders (
  order_id uuid primary key,
  number bigint generated always as identity unique,
  place text not null check (place in ('station', 'bureau')),
  city_code text not null,
  cards integer not null check (cards > 0),
  by_user text not null,
  trace_id uuid not null,
  at timestamptz not null,
  -- When the file went to the bureau, and the file's own digest: a return file names it.
  sent_at timestamptz,
  file_digest bytea
);
grant select, insert on issuance.orders to tessera_app;
grant update (sent_at, file_digest) on issuance.orders to tessera_app;

-- The last running number of each city: from it come the factor and the id code of a chip.
create table issuance.running_numbers (
  city_code text primary key,
  last integer not null check (last between 0 and 99999999)
);
grant select, insert, update on issuance.running_numbers to tessera_app;

-- One card in an order. `begun`: a blank was used up for it, so that a chip with its keys may exist.
create table issuance.work (
  card_id uuid primary key references issuance.cards,
  order_id uuid not null references issuance.orders,
  application_id uuid not null references issuance.applications,
  position integer not null,
  state text not null check (state in ('prepared', 'begun', 'checked', 'spoiled', 'delivered', 'received')),
  -- Who holds it until when; the number rises with every claim, so that a late station finishes nothing.
  station text,
  claim integer not null default 0,
  claimed_until timestamptz,
  -- What went wrong last: a code.
  error text,
  received_by text,
  unique (order_id, position)
) with (fillfactor = 60);
-- A spoiled card's application goes into another order; only one of its cards lives.
create unique index one_card_for_an_application on issuance.work (application_id) where state <> 'spoiled';
create index work_waiting on issuance.work (order_id, position) where state in ('prepared', 'begun');
grant select, insert on issuance.work to tessera_app;
grant update (state, station, claim, claimed_until, error, received_by) on issuance.work to tessera_app;

-- What is counted: blanks in the safe, chips begun, finished cards in the safe, destroyed ones; PSAMs and readers.
create table issuance.stock (
  kind text primary key check (kind in ('blank', 'in_work', 'finished', 'spoiled', 'psam', 'reader')),
  count integer not null default 0 check (count >= 0)
);
insert into issuance.stock (kind) values ('blank'), ('in_work'), ('finished'), ('spoiled'), ('psam'), ('reader');
grant select on issuance.stock to tessera_app;
grant update (count) on issuance.stock to tessera_app;

create table issuance.stock_moves (
  move_id uuid primary key,
  kind text not null references issuance.stock,
  change integer not null check (change <> 0),
  -- received, begun, checked, spoiled, delivered, counted
  why text not null,
  order_id uuid references issuance.orders,
  by_user text not null,
  trace_id uuid not null,
  at timestamptz not null
);
create index stock_moves_of_kind on issuance.stock_moves (kind, move_id);
grant select, insert on issuance.stock_moves to tessera_app;

-- The money of a card that ended, once for a card: to its successor, or back to the personal account.
create table issuance.carried (
  from_card uuid primary key references issuance.cards,
  to_card uuid references issuance.cards,
  amount_fen bigint not null check (amount_fen >= 0),
  -- What the chip said it held when it was read at the counter; null when it could not be read.
  chip_fen bigint check (chip_fen >= 0),
  -- Until this day offline payments of the old card may still come in.
  expected_through date not null,
  -- What has come in since, whoever bears it.
  came_fen bigint not null default 0 check (came_fen >= 0),
  -- When the successor's chip took the amount up; its TAC was verified.
  on_chip_at timestamptz,
  journal_id uuid,
  trace_id uuid not null,
  at timestamptz not null
);
create index carried_to on issuance.carried (to_card) where to_card is not null;
grant select, insert on issuance.carried to tessera_app;
grant update (came_fen, on_chip_at) on issuance.carried to tessera_app;

-- Offline payments of cards that were stopped, and who bears each.
create table issuance.late_taps (
  tap_id uuid primary key,
  card_id uuid not null references issuance.cards,
  terminal_id text not null,
  terminal_serial bigint not null,
  institution_code text not null,
  amount_fen bigint not null check (amount_fen > 0),
  tapped_at timestamptz not null,
  -- Version of the black list the terminal held.
  list_version bigint not null check (list_version >= 0),
  bearer text not null check (bearer in ('holder', 'agency', 'institution')),
  journal_id uuid,
  trace_id uuid not null,
  at timestamptz not null,
  unique (terminal_id, terminal_serial),
  check ((bearer = 'institution') = (journal_id is null))
);
create index late_taps_of_card on issuance.late_taps (card_id);
grant select, insert on issuance.late_taps to tessera_app;

create view issuance.v_work as
  select card_id, order_id, application_id, position, state, station, error from issuance.work;
grant select on issuance.v_work to tessera_app;
