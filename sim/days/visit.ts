import type { DeskEvent } from '../../src/field/desk/contract.ts';
import type { Preview, SettlementView, VisitView } from '../../src/schemes/medical/contract.ts';
import { payAt, withCard } from './counter.ts';
import type { Errand } from './errand.ts';
import type { Counter } from './world.ts';

/** What happens while an errand is played, for whoever watches. */
export type Scene =
  | { readonly scene: 'registered'; readonly visit: VisitView }
  | { readonly scene: 'billed'; readonly visit: VisitView }
  | { readonly scene: 'previewed'; readonly preview: Preview }
  | { readonly scene: 'settled'; readonly settlement: SettlementView }
  | { readonly scene: 'terminal'; readonly event: DeskEvent }
  | { readonly scene: 'ended'; readonly ending: Ending; readonly settlement: SettlementView };

export type Ending = 'paid_by_card' | 'no_card_needed' | 'paid_cash' | 'left' | 'taken_back' | 'no_terminal';

/** A payment that a terminal said was approved: the centre must know it. */
export type Approved = { readonly trace_id: string; readonly settlement_no: string; readonly amount_fen: string };
export type Played = { readonly ending: Ending; readonly approved: Approved | null };

/** Plays an errand from card to receipt, as a cashier does. Refusals of the centre are thrown. */
export async function playVisit(
  counter: Counter,
  errand: Errand,
  tell: (scene: Scene) => void = () => {},
): Promise<Played> {
  const played = await withCard(counter, errand.card_number, () => withCardInside(counter, errand, tell));
  return played ?? { ending: 'no_terminal', approved: null };
}

async function withCardInside(counter: Counter, errand: Errand, tell: (scene: Scene) => void): Promise<Played> {
  const { api } = counter;
  const { card_number, lines, ended_on, use_account, end } = errand;
  const registered = await api.send<VisitView>('POST', '/api/visits', { ...errand.visit, person: { card_number } });
  tell({ scene: 'registered', visit: registered });
  const at = `/api/visits/${registered.visit_id}`;
  const billed = await api.send<VisitView>('PUT', `${at}/lines`, { lines, ...(ended_on ? { ended_on } : {}) });
  tell({ scene: 'billed', visit: billed });
  if (end === 'leaves') {
    await api.send('POST', `${at}/cancel`, {});
    return { ending: 'left', approved: null };
  }
  tell({ scene: 'previewed', preview: await api.send<Preview>('POST', `${at}/preview`, { use_account }) });
  const settlement = await api.send<SettlementView>('POST', `${at}/settle`, { use_account });
  tell({ scene: 'settled', settlement });
  const paid = await pay(counter, errand, settlement, tell);
  if (end === 'returns') {
    await api.send('POST', `/api/settlements/${paid.settlement.settlement_id}/cancel`, {});
    await api.send('POST', `${at}/cancel`, {});
    return { ending: 'taken_back', approved: paid.approved };
  }
  tell({ scene: 'ended', ending: paid.ending, settlement: paid.settlement });
  return { ending: paid.ending, approved: paid.approved };
}

type Paid = Played & { readonly settlement: SettlementView };

/** By card with the PINs the holder types; when none of them pays, in cash. */
async function pay(
  { api, ...counter }: Counter,
  errand: Errand,
  settlement: SettlementView,
  tell: (scene: Scene) => void,
): Promise<Paid> {
  if (settlement.state !== 'awaiting_card') return { ending: 'no_card_needed', approved: null, settlement };
  const { settlement_no, trace_id, amounts } = settlement;
  const order = { amount_fen: amounts.account_fen, settlement_no, trace_id };
  const at = `/api/settlements/${settlement.settlement_id}`;
  for (const pin of errand.pins) {
    const done = await payAt({ api, ...counter }, order, pin, (event) => tell({ scene: 'terminal', event }));
    if (done.paid) return { ending: 'paid_by_card', approved: order, settlement: await api.get<SettlementView>(at) };
  }
  const in_cash = await api.send<SettlementView>('POST', `${at}/pay-by-cash`, {});
  return { ending: 'paid_cash', approved: null, settlement: in_cash };
}
