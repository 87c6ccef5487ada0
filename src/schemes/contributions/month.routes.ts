import Type from 'typebox';
import { fen } from '../../kernel/money.ts';
import { month } from '../../kernel/time.ts';
import { audit } from '../../platform/audit/index.ts';
import { type App, granted } from '../../platform/http/index.ts';
import { billsOfMonth } from './bill.store.ts';
import { assessMonth, receive } from './commands.ts';
import { Assessed, BillPage, MonthParams, ReceiptAnswers, Receipts } from './contract.ts';
import type { ContributionDeps } from './routes.ts';

const PageAfter = Type.Object({ after: Type.Optional(Type.String({ format: 'uuid' })) });
const page_size = 200;

/** A month of contributions: assess it, look at the bills, book the money that arrives. */
export function monthRoutes(app: App, { database, ground }: ContributionDeps): void {
  const staff = ['agency', 'finance'] as const;

  app.post(
    '/api/contributions/months/:month/assess',
    {
      config: { allow: staff, idempotent: true },
      schema: { tags: ['contributions'], params: MonthParams, response: { 200: Assessed } },
    },
    ({ params, caller, trace_id }) =>
      database.transaction(async (sql) => {
        const assessed = granted(await assessMonth(sql, ground, { month: month(params.month), trace_id }));
        const who = { user_id: caller?.user_id ?? '', role: caller?.role ?? '' };
        await audit(sql, { ...who, action: 'assess contributions', subject: params.month, trace_id });
        return { ...assessed, employer_fen: String(assessed.employer_fen), person_fen: String(assessed.person_fen) };
      }),
  );

  app.get(
    '/api/contributions/months/:month/bills',
    {
      config: { allow: [...staff, 'inspector'] },
      schema: { tags: ['contributions'], params: MonthParams, querystring: PageAfter, response: { 200: BillPage } },
    },
    async ({ params, query }) => {
      const found = await billsOfMonth(database, month(params.month), query.after ?? null, page_size + 1);
      const items = found.slice(0, page_size).map((bill) => ({ ...bill, amount_fen: String(bill.amount_fen) }));
      return { items, next: found.length > page_size ? (items.at(-1)?.employer_id ?? null) : null };
    },
  );

  app.post(
    '/api/contributions/months/:month/receipts',
    {
      config: { allow: ['finance'], idempotent: true },
      schema: { tags: ['contributions'], params: MonthParams, body: Receipts, response: { 200: ReceiptAnswers } },
    },
    ({ params, body, caller, trace_id }) =>
      database.transaction(async (sql) => {
        const of = { month: month(params.month), received_on: ground.clock.today(), trace_id };
        const receipts = body.receipts.map(({ employer_id, amount_fen }) => ({
          employer_id,
          amount_fen: fen(BigInt(amount_fen)),
        }));
        const answers = await receive(sql, of, receipts);
        const who = { user_id: caller?.user_id ?? '', role: caller?.role ?? '' };
        await audit(sql, { ...who, action: 'book contributions', subject: params.month, trace_id });
        return {
          items: answers.map((answer, i) => ({
            employer_id: receipts[i]?.employer_id ?? '',
            outcome: answer.granted ? answer.value.outcome : ('refused' as const),
            refusal_code: answer.granted ? null : answer.refusal.code,
          })),
        };
      }),
  );
}
