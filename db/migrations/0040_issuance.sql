-- Cards: whom they belong to, what state they are in, and the counters the centre believes their chips to have.
create schema issuance;
grant usage on schema issuance to tessera_app;

create table issuance.cards (
  card_id uuid primary key,
  -- 社会保障卡卡号, 9 characters with a check character.
  card_number text collate "C" not null unique check (card_number ~ '^[0-9A-Z]{8}[0-9X]$'),
  -- The digits by which the card is known on the wire (field 2), on black lists and in the bank's systems.
  account_number text not null unique check (account_number ~ '^[0-9]{12,19}$'),
  -- 卡识别码 of EF05.
  card_id_code bytea not null check (length(card_id_code) = 16),
  -- The last 8 historical bytes of the ATR: the card's diversification factor (LD9 §7.3.3).
  atr_factor bytea not null check (length(atr_factor) = 8),
  -- From which the factors of province and city derive.
  city_code text not null check (city_code ~ '^[0-9]{6}$'),
  generation smallint not null check (generation in (2, 3)),
  algorithm text not null check (algorithm in ('des', 'sm4')),
  person_id uuid not null,
  state text not null
    check (state in ('ordered', 'issued', 'active', 'blocked', 'suspended', 'lost', 'cancelled')),
  -- Through which day a provisional loss report stops the card; only then.
  suspended_through date,
  issued_on date not null,
  expires_on date not null,
  -- When its chip was personalised: once, for a second chip of the same card would be a clone.
  chip_issued_at timestamptz,
  check (expires_on >= issued_on),
  check ((state = 'suspended') = (suspended_through is not null))
);
create index cards_suspended on issuance.cards (suspended_through) where suspended_through is not null;
create index cards_of_person on issuance.cards (person_id);
create unique index cards_by_factor on issuance.cards (city_code, atr_factor);
grant select, insert on issuance.cards to tessera_app;
grant update (state, suspended_through, chip_issued_at) on issuance.cards to tessera_app;

-- Apart from the card because it changes with every payment; its row is also the lock under which a card's payments
-- are decided. Half-filled pages keep the update on its page and off the index (heap-only tuples).
create table issuance.chip_counters (
  card_id uuid primary key references issuance.cards,
  load_sequence integer not null default 0 check (load_sequence between 0 and 65535),
  purchase_sequence integer not null default 0 check (purchase_sequence between 0 and 65535)
) with (fillfactor = 50);
grant select, insert on issuance.chip_counters to tessera_app;
grant update (load_sequence, purchase_sequence) on issuance.chip_counters to tessera_app;

-- Every move of a card from state to state.
create table issuance.card_events (
  event_id uuid primary key,
  card_id uuid not null references issuance.cards,
  -- complete, activate, block …: the moves of `card-states.rules.ts`.
  move text not null,
  from_state text,
  to_state text not null,
  reason text,
  by_user text not null,
  trace_id uuid not null,
  at timestamptz not null
);
create index card_events_of_card on issuance.card_events (card_id, event_id);
grant select, insert on issuance.card_events to tessera_app;

create view issuance.v_cards as
  select card_id, card_number, account_number, card_id_code, atr_factor, city_code, generation, algorithm, person_id,
    state, issued_on, expires_on
  from issuance.cards;
grant select on issuance.v_cards to tessera_app;
