import Type from 'typebox';
import { type Book, isBook } from '../../core/ledger/contract.ts';
import type { Fact } from '../../kernel/decision.ts';
import { day, isBefore } from '../../kernel/time.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { DayText, IdText, PageQuery } from '../../platform/http/contract.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { bookList, dayList, findVouchers, statementsOf, voucherDetail } from './books.ts';
import { closeDay } from './close-day.ts';
import {
  Books,
  CloseResult,
  FinanceDays,
  JournalDetail,
  JournalPage,
  LedgerAccountStatement,
  StatementQuery,
  Statements,
  VoucherDetail,
  VoucherPage,
  VoucherQuery,
} from './contract.ts';
import { accountStatement, journalDetail, journalsOfLine } from './journals.ts';

const IdParams = Type.Object({ id: IdText });
const refused = (code: string, detail: Readonly<Record<string, Fact>> = {}): Refused =>
  new Refused({ code, law: null, detail });

/** The value, or the refusal that says what is missing. */
function found<T>(value: T | null, code: string, detail: Readonly<Record<string, Fact>> = {}): T {
  if (value === null) throw refused(code, detail);
  return value;
}

const pageOf = (query: { readonly after?: string; readonly limit?: number }) => ({
  after: query.after ?? null,
  limit: query.limit ?? 50,
});

export function financeRoutes(app: App, deps: { readonly database: Database; readonly clock: Clock }): void {
  const { database, clock } = deps;
  const config = { allow: ['finance', 'inspector', 'agency'] as const };

  app.get('/api/finance/books', { config, schema: { response: { 200: Books } } }, async () => ({
    items: await bookList(database),
  }));

  app.get('/api/finance/days', { config, schema: { response: { 200: FinanceDays } } }, async () => ({
    items: await dayList(database, 60),
  }));

  app.post(
    '/api/finance/days/:date/close',
    {
      config: { allow: ['finance'], idempotent: true },
      schema: { params: Type.Object({ date: DayText }), response: { 200: CloseResult } },
    },
    ({ params, caller, trace_id }) => {
      const date = day(params.date);
      if (isBefore(clock.today(), date)) throw refused('finance.day_not_begun', { date: params.date });
      const who = { user_id: caller?.user_id ?? '', role: caller?.role ?? '' };
      return closeDay(database, { date, by: who.user_id }, (sql, result) =>
        audit(sql, { ...who, action: 'close day', subject: params.date, trace_id, detail: result }),
      );
    },
  );

  app.get(
    '/api/finance/vouchers',
    { config, schema: { querystring: VoucherQuery, response: { 200: VoucherPage } } },
    ({ query }) => findVouchers(database, { ...pageOf(query), book: query.book ?? null, date: query.date ?? null }),
  );

  app.get(
    '/api/finance/vouchers/:id',
    { config, schema: { params: IdParams, response: { 200: VoucherDetail } } },
    async ({ params }) => found(await voucherDetail(database, params.id), 'finance.voucher_unknown'),
  );

  app.get(
    '/api/finance/voucher-lines/:id/journals',
    { config, schema: { params: IdParams, querystring: PageQuery, response: { 200: JournalPage } } },
    async ({ params, query }) =>
      found(await journalsOfLine(database, params.id, pageOf(query)), 'finance.line_unknown'),
  );

  app.get(
    '/api/finance/journals/:id',
    { config, schema: { params: IdParams, response: { 200: JournalDetail } } },
    async ({ params }) => found(await journalDetail(database, params.id), 'finance.journal_unknown'),
  );

  app.get(
    '/api/finance/statements/:book',
    {
      config,
      schema: {
        params: Type.Object({ book: Type.String() }),
        querystring: StatementQuery,
        response: { 200: Statements },
      },
    },
    ({ params, query }) => {
      const book: Book = found(isBook(params.book) ? params.book : null, 'finance.book_unknown', { book: params.book });
      return statementsOf(database, book, query.through ? day(query.through) : clock.today());
    },
  );

  app.get(
    '/api/finance/accounts/:code/statement',
    {
      config: { ...config, reads: 'read ledger account' },
      schema: {
        params: Type.Object({ code: Type.String({ maxLength: 120 }) }),
        querystring: PageQuery,
        response: { 200: LedgerAccountStatement },
      },
    },
    async ({ params, query }) =>
      found(await accountStatement(database, params.code, pageOf(query), clock.now()), 'finance.account_unknown', {
        account: params.code,
      }),
  );
}
