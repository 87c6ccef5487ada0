import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTacInput, purchaseTacInput } from '../../core/card/index.ts';
import { cityFactors, SoftwareKeyStore } from '../../core/keys/index.ts';
import {
  type AccountCode,
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { openAccounts, post } from '../../core/ledger/index.ts';
import { importInstitutions, importPersons } from '../../core/registry/index.ts';
import { readUint, uint } from '../../kernel/bytes.ts';
import { citizenCheck, luhnCheck, organisationCheck } from '../../kernel/identifiers.ts';
import { type Fen, fen, zero } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { importCards, type NewCard } from '../issuance/index.ts';
import { cardTerminalNumber, loadMac1Input } from './chip-terms.ts';
import type { PaymentRequest } from './facts.ts';

/** A small city for tests of payments: persons with a card each, two institutions, accounts with money. */
export const hospital = 'H99010000001';
export const formerPharmacy = 'P99010000009';
export const book = 'medical-employee';

export type Citizen = { readonly person_id: string; readonly card: NewCard };
export type City = {
  readonly keys: SoftwareKeyStore;
  readonly clock: StoppedClock;
  readonly citizens: readonly Citizen[];
  readonly balance: (account: AccountCode) => Promise<bigint>;
  readonly close: () => Promise<void>;
};

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

export async function foundCity(
  database: Database,
  size: number,
  money: { readonly personal_fen: Fen; readonly card_fen: Fen },
): Promise<City> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-keys-'));
  const keys = await SoftwareKeyStore.create(join(folder, 'keys.vault'), ['for tests', 'only']);
  const clock = new StoppedClock('2026-03-02T10:15:00+08:00');
  const citizens = Array.from({ length: size }, (_, i): Citizen => {
    const person_id = newId();
    const number = `A${pad(i, 7)}`;
    const account = `990100${pad(i, 12)}`;
    const card: NewCard = {
      card_id: newId(),
      card_number: number + organisationCheck(number),
      account_number: account + luhnCheck(account),
      card_id_code: Uint8Array.fromHex(`990100${pad(i, 26)}`),
      atr_factor: Uint8Array.fromHex(`86609901${pad(i, 8)}`),
      city_code: '990100',
      generation: i % 2 === 0 ? 3 : 2,
      person_id,
      state: 'active',
      issued_on: '2024-05-06',
      expires_on: '2034-05-06',
    };
    return { person_id, card };
  });
  const now = clock.now();
  await database.transaction(async (sql) => {
    await importPersons(sql, citizens.map(personOf), now);
    await importInstitutions(sql, [institution(hospital, null), institution(formerPharmacy, '2025-12-31')], now);
    await importCards(
      sql,
      citizens.map(({ card }) => card),
    );
    const opened_on = day('2024-05-06');
    const funds = (['1004', '3001.99', '5001.03'] as const).map((gl) => fundAccount(book, gl));
    const mine = citizens.flatMap(({ person_id, card }) => [
      personalAccount(book, person_id),
      cardAccount(book, card.card_id),
    ]);
    const accounts = [...funds, institutionPayable(book, hospital), ...mine];
    await openAccounts(
      sql,
      accounts.map((account) => ({ account, opened_on })),
    );
    const drafts = citizens.map(({ person_id, card }) => ({
      key: `opening/${person_id}`,
      kind: 'ledger.opening',
      business_date: day('2026-03-01'),
      trace_id: newId(),
      postings: [
        debit(fundAccount(book, '1004'), fen(money.personal_fen + money.card_fen)),
        credit(personalAccount(book, person_id), money.personal_fen),
        credit(cardAccount(book, card.card_id), money.card_fen),
      ].filter(({ amount_fen }) => amount_fen > 0n),
    }));
    for (let at = 0; at < drafts.length; at += 500) await post(sql, drafts.slice(at, at + 500));
  });
  return {
    keys,
    clock,
    citizens,
    balance: async (account) => {
      const [row] = await database.query<{ balance_fen: bigint }>(
        'select balance_fen from ledger.v_balances where account = $1',
        [account],
      );
      return row?.balance_fen ?? 0n;
    },
    close: () => rm(folder, { recursive: true }),
  };
}

function personOf({ person_id }: Citizen, i: number) {
  const first17 = `9901001980010${pad(1 + (i % 9), 1)}${pad(Math.floor(i / 9) % 1000, 3)}`;
  return {
    person_id,
    citizen_number: first17 + citizenCheck(first17),
    sex: (Number(first17.charAt(16)) % 2 === 1 ? 1 : 2) as 1 | 2,
    birth: `1980-01-0${1 + (i % 9)}`,
    died_on: null,
    name: `样${i}`,
    name_latin: `Yang ${i}`,
    household_id: null,
    relation: null,
    phone: null,
    address_zh: '虚构市',
    address_en: 'Fictional City',
  };
}

const institution = (code: string, designated_through: string | null) => ({
  institution_id: newId(),
  code,
  kind: code.startsWith('H') ? ('hospital' as const) : ('pharmacy' as const),
  level: code.startsWith('H') ? (3 as const) : null,
  name_zh: '样例',
  name_en: 'Sample',
  address_zh: '虚构市',
  address_en: 'Fictional City',
  designated_from: '2020-01-01',
  designated_through,
});

/** A chip and terminal that answer as real ones do, without the commands in between. */
export class Till {
  readonly #city: City;
  readonly terminal_id: string;
  readonly institution_code: string;
  #trace = 0;

  constructor(city: City, terminal_id = '00000017', institution_code = hospital) {
    this.#city = city;
    this.terminal_id = terminal_id;
    this.institution_code = institution_code;
  }

  purchase(citizen: Citizen, amount_fen: number, sequence: number, settlement: string | null = null): PaymentRequest {
    const shown = this.#shown(citizen);
    const ic = { ...shown.ic, transaction_counter: uint(sequence, 2) };
    return {
      ...shown,
      ic,
      kind: 'purchase',
      processing_code: '000000',
      amount_fen: fen(amount_fen),
      settlement_number: settlement,
    };
  }

  load(citizen: Citizen, amount: number, sequence: number, chip_balance: number): PaymentRequest {
    const shown = this.#shown(citizen);
    const amount_fen = fen(amount);
    const random = crypto.getRandomValues(new Uint8Array(4));
    const input = loadMac1Input({ balance_fen: fen(chip_balance), amount_fen, terminal: this.#terminal });
    const ic = {
      ...shown.ic,
      random,
      transaction_counter: uint(sequence, 2),
      chip_balance: uint(chip_balance, 4),
      mac: this.#city.keys.loadMac(factors(citizen), { random, sequence }, input),
    };
    return { ...shown, ic, kind: 'load', processing_code: '600000', amount_fen };
  }

  balance(citizen: Citizen): PaymentRequest {
    return { ...this.#shown(citizen), kind: 'balance', processing_code: '310000' };
  }

  reversal(of: PaymentRequest): PaymentRequest {
    const original = { batch: of.batch, trace: of.trace, date: of.local_date ?? '' };
    return {
      ...of,
      kind: 'reversal',
      ic: {},
      trace: this.#next(),
      original,
      reversal_reason: '98',
      settlement_number: null,
    };
  }

  purchaseProof(of: PaymentRequest, citizen: Citizen): PaymentRequest {
    const transacted_at = Uint8Array.fromHex('20260302101501');
    const input = purchaseTacInput({
      amounts: { account: of.amount_fen ?? zero, selfPaid: zero, pooled: zero },
      terminal: this.#terminal,
      terminalSequence: 77,
      time: transacted_at,
    });
    const psam_serial = uint(77, 4);
    return this.#proof(of, { transacted_at, psam_serial, tac: this.#city.keys.tac(factors(citizen), input) });
  }

  loadProof(of: PaymentRequest, citizen: Citizen, transacted_at: Uint8Array): PaymentRequest {
    const amount = of.amount_fen ?? zero;
    const input = loadTacInput({
      balanceAfter: fen(BigInt(readUint(of.ic.chip_balance ?? uint(0, 4))) + amount),
      sequence: readUint(of.ic.transaction_counter ?? uint(0, 2)),
      amount,
      terminal: this.#terminal,
      time: transacted_at,
    });
    return this.#proof(of, { transacted_at, tac: this.#city.keys.tac(factors(citizen), input) });
  }

  #proof(of: PaymentRequest, ic: PaymentRequest['ic']): PaymentRequest {
    const original = { batch: of.batch, trace: of.trace, date: of.local_date ?? '' };
    return { ...of, kind: 'tac_upload', ic, trace: this.#next(), original, settlement_number: null };
  }

  get #terminal(): Uint8Array {
    return cardTerminalNumber(this.terminal_id);
  }

  #next(): string {
    this.#trace++;
    return pad(this.#trace, 6);
  }

  #shown(citizen: Citizen): PaymentRequest {
    const [session_factor, original, challenge] = [1, 2, 3].map(() => crypto.getRandomValues(new Uint8Array(8)));
    const draw = (bytes: Uint8Array | undefined) => bytes ?? new Uint8Array(8);
    return {
      kind: 'balance',
      trace_id: newId(),
      terminal_id: this.terminal_id,
      institution_code: this.institution_code,
      operator: '001',
      batch: '000001',
      trace: this.#next(),
      local_time: '101500',
      local_date: '0302',
      account_number: citizen.card.account_number,
      processing_code: null,
      amount_fen: null,
      entry_mode: '051',
      original: null,
      reversal_reason: null,
      settlement_number: null,
      received_at_ms: this.#city.clock.now().epochMilliseconds,
      ic: {
        session_factor,
        original,
        challenge,
        card_factor: citizen.card.atr_factor,
        card_id_code: citizen.card.card_id_code,
        cryptogram: this.#city.keys.authentication('IRK', factors(citizen), draw(session_factor), draw(original)),
      },
    };
  }
}

const factors = ({ card }: Citizen) => ({
  ...cityFactors(card.city_code, card.generation === 3 ? 'sm4' : 'des'),
  card: card.atr_factor,
});
