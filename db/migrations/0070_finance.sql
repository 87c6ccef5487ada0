-- The books of account (会计账簿): a closed business day's postings as vouchers, one chart of accounts for each fund.
create schema finance;
grant usage on schema finance to tessera_app;

create table finance.days (
  business_date date primary key,
  closed_at timestamptz not null,
  closed_by text not null,
  journals integer not null,
  vouchers integer not null,
  turnover_fen bigint not null
);
grant select, insert on finance.days to tessera_app;

-- 记账凭证: what happened on a day in one book, gathered by kind. Numbered without gaps in its book and year.
create table finance.vouchers (
  voucher_id uuid primary key,
  book text not null,
  year smallint not null,
  number integer not null check (number > 0),
  business_date date not null references finance.days,
  kind text not null,
  journals integer not null check (journals > 0),
  amount_fen bigint not null check (amount_fen > 0),
  unique (book, year, number),
  unique (book, business_date, kind)
);
create index vouchers_by_day on finance.vouchers (business_date, book);
grant select, insert on finance.vouchers to tessera_app;

create table finance.voucher_lines (
  line_id uuid primary key,
  voucher_id uuid not null references finance.vouchers,
  line smallint not null check (line > 0),
  gl_code text not null,
  side text not null check (side in ('debit', 'credit')),
  amount_fen bigint not null check (amount_fen > 0),
  journals integer not null check (journals > 0),
  unique (voucher_id, line),
  unique (voucher_id, gl_code, side)
);
grant select, insert on finance.voucher_lines to tessera_app;

-- Which journals a voucher gathers; with code and side of a line that is the way from the books to each payment.
create table finance.voucher_journals (
  voucher_id uuid not null references finance.vouchers,
  journal_id uuid not null,
  primary key (voucher_id, journal_id)
);
create index voucher_journals_by_journal on finance.voucher_journals (journal_id);
grant select, insert on finance.voucher_journals to tessera_app;

create view finance.v_voucher_lines as
  select l.line_id, v.voucher_id, v.book, v.year, v.number, v.business_date, v.kind, l.line, l.gl_code, l.side,
    l.amount_fen, l.journals
  from finance.vouchers v join finance.voucher_lines l using (voucher_id);
create view finance.v_voucher_journals as select voucher_id, journal_id from finance.voucher_journals;
grant select on finance.v_voucher_lines, finance.v_voucher_journals to tessera_app;
create view finance.v_days as select business_date, closed_at, journals, vouchers from finance.days;
grant select on finance.v_days to tessera_app;
