-- Key custody (密钥保管): ceremonies, the inventory of keys and carriers, and orders that need two persons.
-- What happened is only ever added; no key or component stands here in the clear.
create schema custody;
grant usage on schema custody to tessera_app;

create table custody.ceremonies (
  ceremony_id uuid primary key,
  purpose text not null check (purpose <> ''),
  family text not null check (family in ('des', 'sm4')),
  name text not null check (name ~ '^[A-Z0-9-]{2,12}$'),
  version smallint not null check (version between 1 and 99),
  -- User ids in the order in which they contribute: two or three different persons.
  custodians text[] not null check (array_length(custodians, 1) between 2 and 3),
  opened_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > opened_at)
);
grant select, insert on custody.ceremonies to tessera_app;

-- Components and the combined key (position 0), sealed by the key store; wiped when the ceremony is over.
create table custody.parts (
  ceremony_id uuid not null references custody.ceremonies,
  position smallint not null check (position between 0 and 3),
  sealed text not null,
  primary key (ceremony_id, position)
);
grant select, insert, delete on custody.parts to tessera_app;

-- Components on paper, mother cards, PSAMs and other holders of keys outside the store.
create table custody.items (
  item_id uuid primary key,
  kind text not null check (kind in ('component', 'component_card', 'mother_card', 'psam', 'issuing_station', 'terminal', 'bank')),
  label text not null unique,
  -- The master keys whose keys it holds: family/name/version.
  keys text[] not null,
  -- Keys under the transport key, as they were exported; none for a component.
  blocks jsonb not null,
  made_at timestamptz not null
);
grant select, insert on custody.items to tessera_app;

create table custody.orders (
  order_id uuid primary key,
  kind text not null check (kind in ('distribute', 'destroy', 'drill')),
  detail jsonb not null,
  asked_at timestamptz not null
);
grant select, insert on custody.orders to tessera_app;

-- Who did what, and what was refused. The subject is a ceremony, an item, an order or a key.
create table custody.events (
  event_id uuid primary key,
  subject text not null,
  kind text not null,
  user_id text not null,
  user_name text not null,
  at timestamptz not null,
  trace_id uuid not null,
  detail jsonb not null
);
create index events_by_subject on custody.events (subject, event_id);
grant select, insert on custody.events to tessera_app;
