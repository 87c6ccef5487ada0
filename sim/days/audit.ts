import type { Statements } from '../../src/operations/finance/contract.ts';
import type { Payment } from '../../src/operations/payment/contract.ts';
import { type Api, everyItem } from './api.ts';
import type { Approved } from './visit.ts';

const sum = (lines: readonly { readonly amount_fen: string }[]): bigint =>
  lines.reduce((total, { amount_fen }) => total + BigInt(amount_fen), 0n);

/** What does not add up in a book's statements, added up here again line by line; empty when all does. */
export function statementDifferences({ book, trial_balance, balance_sheet, chain }: Statements): string[] {
  const debit = trial_balance.lines.reduce((total, line) => total + BigInt(line.debit_fen), 0n);
  const credit = trial_balance.lines.reduce((total, line) => total + BigInt(line.credit_fen), 0n);
  const assets = sum(balance_sheet.assets);
  const claims = sum(balance_sheet.liabilities) + sum(balance_sheet.net_assets);
  const flow = BigInt(chain.opening_fen) + BigInt(chain.income_fen) - BigInt(chain.expense_fen);
  return [
    ...(debit === credit ? [] : [`${book}: debits ${debit}, credits ${credit}`]),
    ...(String(debit) === trial_balance.debit_fen
      ? []
      : [`${book}: debits ${debit}, ${trial_balance.debit_fen} shown`]),
    ...(assets === claims ? [] : [`${book}: assets ${assets}, liabilities and net assets ${claims}`]),
    ...(flow === BigInt(chain.closing_fen)
      ? []
      : [`${book}: opening, income and expense give ${flow}, not the closing`]),
  ];
}

/** Payments that were approved at a terminal and are not, or not once, or not so, in the centre's list. */
export function paymentDifferences(approved: readonly Approved[], payments: readonly Payment[]): string[] {
  const bySettlement = Map.groupBy(
    payments.filter(({ kind, state }) => kind === 'purchase' && (state === 'approved' || state === 'chip_confirmed')),
    ({ settlement_no }) => settlement_no,
  );
  return approved.flatMap(({ settlement_no, amount_fen, trace_id }) => {
    const found = bySettlement.get(settlement_no) ?? [];
    if (found.length !== 1)
      return [`settlement ${settlement_no}: paid once at the terminal, ${found.length} at the centre`];
    const [payment] = found;
    if (payment?.amount_fen !== amount_fen)
      return [`settlement ${settlement_no}: ${amount_fen} at the terminal, ${payment?.amount_fen} at the centre`];
    return payment.trace_id === trace_id ? [] : [`settlement ${settlement_no}: its payment has another trace`];
  });
}

/** Asks the centre for its books and payments and names every difference. */
export async function audit(finance: Api, day: string, approved: readonly Approved[]): Promise<string[]> {
  const { items: books } = await finance.get<{ items: { book: string }[] }>('/api/finance/books');
  const statements = await Promise.all(
    books.map(({ book }) => finance.get<Statements>(`/api/finance/statements/${book}`)),
  );
  const payments = await everyItem<Payment>(finance, `/api/payments?limit=200&from=${day}`);
  return [...statements.flatMap(statementDifferences), ...paymentDifferences(approved, payments)];
}
