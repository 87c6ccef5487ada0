import { type ApiClient, ApiProblem } from '../../../src/apps/client/api.ts';
import { defined } from '../../../src/kernel/assert.ts';
import { yuan } from '../../../src/kernel/money.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import type {
  BillLine,
  CatalogueItem,
  PatientKey,
  RegisterVisit,
  SettlementView,
  VisitView,
} from '../../../src/schemes/medical/contract.ts';

export const today = (): string => systemClock.today().toString();

/** A cold, seen today; `more` says what is different this time. */
export const aCold = (person: PatientKey, more: Partial<RegisterVisit> = {}): RegisterVisit => ({
  person,
  kind: 'outpatient',
  department: '内科',
  doctor: '林安',
  diagnosis_code: 'J06.900',
  begun_on: today(),
  ...more,
});

/** What a cashier does at a desk, over HTTP. */
export class Desk {
  readonly api: ApiClient;

  constructor(api: ApiClient) {
    this.api = api;
  }

  register(visit: RegisterVisit): Promise<VisitView> {
    return this.api.send('POST', '/api/visits', visit);
  }

  bill(visit: Pick<VisitView, 'visit_id'>, lines: readonly BillLine[]): Promise<VisitView> {
    return this.api.send('PUT', `/api/visits/${visit.visit_id}/lines`, { lines });
  }

  settle(visit: Pick<VisitView, 'visit_id'>, use_account = true): Promise<SettlementView> {
    return this.api.send('POST', `/api/visits/${visit.visit_id}/settle`, { use_account });
  }

  settlement({ settlement_id }: Pick<SettlementView, 'settlement_id'>): Promise<SettlementView> {
    return this.api.get(`/api/settlements/${settlement_id}`);
  }

  /** From card to bill: a settlement that the account has to pay, when the person has one. */
  async settledVisit(card_number: string, lines: readonly BillLine[]): Promise<SettlementView> {
    const visit = await this.register(aCold({ card_number }));
    await this.bill(visit, lines);
    return this.settle(visit);
  }

  /** An item of class A without a condition whose ceiling is at least so many fen: up to it, the price is in scope. */
  async plainItem(kind: CatalogueItem['kind'] = 'drug', least_fen = 500n): Promise<CatalogueItem> {
    const { items } = await this.api.get<{ items: CatalogueItem[] }>(`/api/catalogue?kind=${kind}&limit=200`);
    const fits = (item: CatalogueItem) =>
      item.class === 'A' && item.restriction === null && yuan(item.price_ceiling ?? '0') >= least_fen;
    return defined(items.find(fits), `a plain ${kind}`);
  }
}

export const lineOf = ({ code }: Pick<CatalogueItem, 'code'>, unit_price: string, quantity = '1'): BillLine => ({
  catalogue_code: code,
  quantity,
  unit_price,
});

/** How the centre refuses: code, status and the sentence for people. Fails when it does not. */
export async function refusalOf(asked: Promise<unknown>): Promise<{ code: string; status: number; detail: string }> {
  const fault = await asked.then(
    () => new Error('the centre did not refuse'),
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof ApiProblem)) throw fault;
  const { code, status, detail } = fault.problem;
  return { code, status, detail };
}
