import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../sim/city/index.ts';
import { ApiProblem } from '../../src/apps/client/api.ts';
import { newId } from '../../src/platform/identity.ts';
import type { SettlementView } from '../../src/schemes/medical/contract.ts';
import { lineOf } from '../journeys/support/desk.ts';
import type { Counter } from './town.ts';

/** One payment as its terminal reported it. */
export type Attempt = {
  readonly trace_id: string;
  /** Null when no bill waited for it. */
  readonly settlement_no: string | null;
  readonly amount_fen: string;
  /** `paid`, or the terminal's refusal and, where there is one, the centre's response code. */
  readonly outcome: string;
};

const with_bill = 0.4;
/** Field 62 of a purchase without a bill. */
const no_bill = ' ';

/** Terminals that pay one after the other until they are told to stop. */
export class Load {
  readonly attempts: Attempt[] = [];
  readonly #counters: readonly Counter[];
  readonly #random: Random;
  #working: Promise<void>[] = [];
  #ended = false;
  #paid = 0;
  /** What the first terminal to fail has thrown: the test must not wait for the others. */
  #fault: unknown = null;

  constructor(counters: readonly Counter[], random: Random) {
    this.#counters = counters;
    this.#random = random;
  }

  start(): void {
    this.#ended = false;
    this.#working = this.#counters.map((counter, i) =>
      this.#work(counter, this.#random.fork(String(i))).catch((fault: unknown) => {
        this.#fault ??= fault;
      }),
    );
  }

  /** Resolves when the last payment has ended; what a terminal threw is thrown here. */
  async stop(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#working);
    if (this.#fault) throw this.#fault;
  }

  /** Resolves when so many more payments were paid: a kill that meets no traffic proves nothing. */
  async more(count: number): Promise<void> {
    const wanted = this.#paid + count;
    while (this.#paid < wanted) {
      if (this.#fault) throw this.#fault;
      await pause(5);
    }
  }

  async #work(counter: Counter, random: Random): Promise<void> {
    let waiting: SettlementView | null = null;
    while (!this.#ended) {
      if (!waiting && random.chance(with_bill)) waiting = await newBill(counter, random);
      if ((await this.#pay(counter, waiting, random)) === 'paid') waiting = null;
      else await pause(random.int(50, 300));
    }
  }

  async #pay({ till }: Counter, bill: SettlementView | null, random: Random): Promise<string> {
    const trace_id = newId();
    const amount_fen = bill?.amounts.account_fen ?? String(random.int(1, 300));
    const result = await till.pay({ trace_id, amount_fen, settlement_no: bill?.settlement_no ?? no_bill });
    const outcome = result.paid ? 'paid' : [result.code, result.response_code].filter(Boolean).join(' ');
    if (result.paid) this.#paid++;
    this.attempts.push({ trace_id, amount_fen, settlement_no: bill?.settlement_no ?? null, outcome });
    return outcome;
  }
}

/** A bill that the card has to pay; null when the centre was killed meanwhile, or no card is needed. */
async function newBill({ desk, card_number }: Counter, random: Random): Promise<SettlementView | null> {
  try {
    const line = lineOf(await desk.plainItem(), (random.int(1, 500) / 100).toFixed(2));
    const settlement = await desk.settledVisit(card_number, [line]);
    return settlement.state === 'awaiting_card' ? settlement : null;
  } catch (fault) {
    // 5xx: the database is away. The cashier begins again with a new visit.
    if (fault instanceof ApiProblem && fault.problem.status < 500) throw fault;
    return null;
  }
}
