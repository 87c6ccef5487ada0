-- Who is who, who works where, and who was insured for what, from when, known since when.
create extension if not exists btree_gist with schema public;
create schema registry;
grant usage on schema registry to tessera_app;

-- What never changes about a person. Sex and birth are those of the citizen number (GB 11643).
create table registry.persons (
  person_id uuid primary key,
  citizen_number text not null unique check (citizen_number ~ '^[1-9][0-9]{16}[0-9X]$'),
  sex smallint not null check (sex in (1, 2)),
  birth date not null,
  created_at timestamptz not null,
  check (birth = to_date(substr(citizen_number, 7, 8), 'YYYYMMDD'))
);

create table registry.households (
  household_id uuid primary key,
  -- The head is a member, and members name their household: one of the two must be allowed to come later.
  head_person_id uuid not null references registry.persons deferrable initially deferred,
  address_zh text not null,
  address_en text not null,
  -- Civil-affairs class that opens medical aid: 低保, 特困, 低保边缘.
  aid_class text check (aid_class in ('subsistence', 'destitute', 'near_subsistence')),
  created_at timestamptz not null
);

-- Bitemporal from here on: [from_day, through_day] is when it was true, [known_from, known_through) when we held it so.
create table registry.person_particulars (
  person_id uuid not null references registry.persons,
  name text collate "C" not null check (name <> ''),
  name_latin text not null,
  household_id uuid references registry.households,
  relation text check (relation ~ '^[0-9]{2}$'), -- to the head of the household, GB/T 4761
  phone text,
  address_zh text not null,
  address_en text not null,
  from_day date not null,
  through_day date,
  known_from timestamptz not null,
  known_through timestamptz,
  check (through_day >= from_day),
  check (known_through >= known_from),
  constraint particulars_overlap exclude using gist
    (person_id with =, daterange(from_day, through_day, '[]') with &&) where (known_through is null)
);
create index on registry.person_particulars (person_id);
create index on registry.person_particulars (household_id) where known_through is null;
create index person_name on registry.person_particulars (name, person_id)
  where known_through is null and through_day is null;

create table registry.deaths (
  person_id uuid not null references registry.persons,
  died_on date not null,
  known_from timestamptz not null,
  known_through timestamptz,
  check (known_through >= known_from)
);
create unique index death_known_now on registry.deaths (person_id) where known_through is null;
create index on registry.deaths (person_id, known_from);

create table registry.employers (
  employer_id uuid primary key,
  credit_code text not null unique check (credit_code ~ '^[0-9A-HJ-NP-RTUW-Y]{18}$'),
  name_zh text not null,
  name_en text not null,
  industry text not null check (industry ~ '^[A-T][0-9]{2}$'), -- GB/T 4754: section and division
  injury_class smallint not null check (injury_class between 1 and 8),
  size text not null check (size in ('micro', 'small', 'medium', 'large')),
  created_at timestamptz not null
);

create table registry.institutions (
  institution_id uuid primary key,
  code text not null unique check (code ~ '^[HP][0-9]{11}$'),
  kind text not null check (kind in ('hospital', 'pharmacy')),
  level smallint check (level between 1 and 3),
  name_zh text not null,
  name_en text not null,
  address_zh text not null,
  address_en text not null,
  designated_from date not null,
  designated_through date,
  created_at timestamptz not null,
  check ((kind = 'hospital') = (code like 'H%')),
  check ((kind = 'hospital') = (level is not null)),
  check (designated_through >= designated_from)
);

create table registry.enrolments (
  enrolment_id uuid not null,
  version int not null check (version >= 1),
  person_id uuid not null references registry.persons,
  insurance text not null check (insurance in ('110', '210', '310', '390', '410')), -- AAE140
  status text not null check (status in ('in_service', 'retired', 'resident')),
  employer_id uuid references registry.employers,
  wage_fen bigint check (wage_fen >= 0),
  from_day date not null,
  through_day date,
  known_from timestamptz not null,
  known_through timestamptz,
  primary key (enrolment_id, version),
  check ((insurance = '390') = (status = 'resident')),
  check (status = 'in_service' or (employer_id is null and wage_fen is null)),
  check (status <> 'retired' or insurance in ('110', '310')),
  check (through_day >= from_day),
  check (known_through >= known_from),
  -- Nobody is insured twice for one risk on one day; workers' (310) and residents' (390) medical are one risk.
  constraint enrolment_overlap exclude using gist (
    person_id with =,
    (case insurance when '390' then 310 else insurance::int end) with =, -- as a number: half the time to load as text
    daterange(from_day, through_day, '[]') with &&
  ) where (known_through is null)
);
create index on registry.enrolments (person_id, from_day);
create index on registry.enrolments (employer_id) where known_through is null;

-- What we once held stays as it was: a row may be closed, once, and nothing else.
create function registry.keep_history() returns trigger language plpgsql as $$
begin
  raise exception 'a fact that is no longer held cannot be changed';
end $$;
create trigger keep_history before update on registry.person_particulars
  for each row when (old.known_through is not null) execute function registry.keep_history();
create trigger keep_history before update on registry.deaths
  for each row when (old.known_through is not null) execute function registry.keep_history();
create trigger keep_history before update on registry.enrolments
  for each row when (old.known_through is not null) execute function registry.keep_history();

-- Published views: what we hold now.
create view registry.v_persons as
  select p.person_id, p.citizen_number, p.sex, p.birth, d.died_on, f.name, f.name_latin, f.household_id, f.relation,
         f.phone, f.address_zh, f.address_en, h.aid_class, p.created_at
  from registry.persons p
  join registry.person_particulars f on f.person_id = p.person_id and f.known_through is null and f.through_day is null
  left join registry.households h on h.household_id = f.household_id
  left join registry.deaths d on d.person_id = p.person_id and d.known_through is null;

create view registry.v_enrolments as
  select enrolment_id, version, person_id, insurance, status, employer_id, wage_fen, from_day, through_day, known_from
  from registry.enrolments where known_through is null;

create view registry.v_households as
  select household_id, head_person_id, address_zh, address_en, aid_class from registry.households;

create view registry.v_employers as
  select employer_id, credit_code, name_zh, name_en, industry, injury_class, size from registry.employers;

create view registry.v_institutions as
  select institution_id, code, kind, level, name_zh, name_en, address_zh, address_en, designated_from,
         designated_through
  from registry.institutions;

grant select, insert on all tables in schema registry to tessera_app;
revoke insert on registry.v_persons, registry.v_enrolments, registry.v_households, registry.v_employers,
  registry.v_institutions from tessera_app;
grant update (known_through) on registry.person_particulars, registry.deaths, registry.enrolments to tessera_app;
grant update (designated_through) on registry.institutions to tessera_app;
