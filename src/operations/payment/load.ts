import { hash } from 'node:crypto';
import { type Book, cardAccount } from '../../core/ledger/contract.ts';
import { openDayAfter } from '../../core/ledger/index.ts';
import { screen } from '../../core/screening/index.ts';
import type { Fen } from '../../kernel/money.ts';
import { type Day, day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { lockCards } from '../issuance/index.ts';
import type { PaymentKind } from './contract.ts';
import type { Facts, PaymentRequest, StoredPayment, TransactionKey } from './facts.ts';
import { accountBook } from './journals.ts';
import { type PaymentKeys, proofsOf } from './proofs.ts';

/** Facts of one round, and the day its journals carry. */
export type Loaded = { readonly facts: readonly Facts[]; readonly business_date: Day };

/**
 * Reads all that deciding a round needs, one journey to the database for any number of requests. The cards are locked
 * first, so that everything read after them stays true until the transaction ends.
 */
export async function loadFacts(
  sql: Sql,
  keys: PaymentKeys,
  requests: readonly PaymentRequest[],
  today: Day,
): Promise<Loaded> {
  const account_numbers = requests.flatMap(({ account_number }) => account_number ?? []);
  // Asked for together and carried out in this order, so that everything is read after the cards were locked.
  const [cards, listed, earlier, { designated, closed_through }, accounts] = await Promise.all([
    lockCards(sql, account_numbers),
    screen(sql, account_numbers),
    readEarlier(sql, requests),
    readDay(sql, requests, today),
    readAccounts(sql, requests),
  ]);
  const facts = requests.map((request): Facts => {
    const card = cards.get(request.account_number ?? '') ?? null;
    const found = earlier.get(placeOf(wantedKey(request)));
    const account = accounts.get(request.account_number ?? '');
    return {
      request,
      fingerprint: fingerprintOf(request),
      earlier: found?.payment ?? null,
      card,
      listed: listed.get(request.account_number ?? '')?.reason ?? null,
      designated: designated.has(request.institution_code),
      balance_fen: account?.balance_fen ?? null,
      replayed: account?.replayed ?? false,
      tac_used: found?.tac_used ?? false,
      today: today.toString(),
      proofs: proofsOf(keys, request, card),
    };
  });
  return { facts, business_date: openDayAfter(closed_through, today) };
}

/** A payment may complete a bill of either medical fund. */
const medicalBooks: readonly Book[] = [accountBook, 'medical-resident'];

const kindByProcessing: Readonly<Record<string, PaymentKind>> = { '000000': 'purchase', '600000': 'load' };

/** The transaction a request is about: itself, or the original that a reversal or TAC upload names. */
type Wanted = Omit<TransactionKey, 'kind'> & { readonly kind: PaymentKind | null };

export function wantedKey(request: PaymentRequest): Wanted {
  const { terminal_id, batch, trace, local_date, original, kind, processing_code } = request;
  if (kind === 'reversal' || kind === 'tac_upload') {
    return {
      terminal_id,
      batch_no: original?.batch ?? '',
      trace_no: original?.trace ?? '',
      local_date: original?.date ?? '',
      kind: kindByProcessing[processing_code ?? ''] ?? null,
    };
  }
  const own = kind === 'balance' ? null : kind;
  return { terminal_id, batch_no: batch, trace_no: trace, local_date: local_date ?? '', kind: own };
}

/** Within a round a transaction number stands for one request, whatever its kind. */
const placeOf = ({ terminal_id, batch_no, trace_no, local_date }: Omit<TransactionKey, 'kind'>): string =>
  `${terminal_id}/${batch_no}/${trace_no}/${local_date}`;

const columns = `payment_id, terminal_id, batch_no, trace_no, local_date, kind, encode(fingerprint, 'hex') as fingerprint,
  state, response_code, refusal_code, account_number, card_id, institution_code, amount_fen, settlement_no, reference_no,
  authorisation, journal_id, balance_fen, chip_sequence, chip_balance_fen, at, business_date`;

type StoredRow = Omit<StoredPayment, 'at'> & { readonly at: Date; readonly tac_used: boolean };

type Found = { readonly payment: StoredPayment; readonly tac_used: boolean };

/** The payments the requests are about, and of a TAC whether it has confirmed another one. */
async function readEarlier(sql: Sql, requests: readonly PaymentRequest[]): Promise<Map<string, Found>> {
  const asking = requests.filter(({ kind }) => kind !== 'balance');
  const wanted = asking.map(wantedKey);
  if (wanted.length === 0) return new Map();
  const rows = await sql.query<StoredRow>(
    `select p.*, (select encode(tac, 'hex') from payment.chip_proofs c where c.payment_id = p.payment_id) as tac,
       exists (select from payment.chip_proofs c
         where c.card_id = p.card_id and c.tac = decode(wanted.tac, 'hex') and c.transacted_at = decode(wanted.time, 'hex')
           and c.terminal_serial is not distinct from decode(wanted.serial, 'hex') and c.payment_id <> p.payment_id) as tac_used
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       as wanted (terminal, batch, trace, date, kind, tac, serial, time)
     cross join lateral (
       select ${columns} from payment.payments
       where terminal_id = wanted.terminal and batch_no = wanted.batch and trace_no = wanted.trace
         and local_date = wanted.date and (wanted.kind is null or kind = wanted.kind)
       order by state = 'declined' limit 1) p`,
    [
      wanted.map((key) => key.terminal_id),
      wanted.map((key) => key.batch_no),
      wanted.map((key) => key.trace_no),
      wanted.map((key) => key.local_date),
      wanted.map((key) => key.kind),
      asking.map(({ ic }) => ic.tac?.toHex() ?? null),
      asking.map(({ ic }) => ic.psam_serial?.toHex() ?? null),
      asking.map(({ ic }) => ic.transacted_at?.toHex() ?? null),
    ],
  );
  return new Map(
    rows.map(({ tac_used, ...row }) => {
      const payment = { ...row, at: Temporal.Instant.fromEpochMilliseconds(row.at.getTime()) };
      return [placeOf(row), { payment, tac_used }];
    }),
  );
}

/** What the codes of the accounts of all cards begin with. */
const cardAccounts = cardAccount(accountBook, '0').slice(0, -1);

type Account = {
  readonly account_number: string;
  /** Null when the card has no account. */
  readonly balance_fen: Fen | null;
  /** The same proof of the chip has been accepted for another payment. */
  readonly replayed: boolean;
};

/**
 * What lies on the cards of a round, by account number; in a round each is asked about by one request. `limit 1` makes each look-up
 * an index search of its own: an `exists` in its place was answered by hashing the whole table, group after group.
 */
async function readAccounts(sql: Sql, requests: readonly PaymentRequest[]): Promise<Map<string, Account>> {
  const asked = requests.filter(({ account_number }) => account_number !== null);
  if (asked.length === 0) return new Map();
  const rows = await sql.query<Account>(
    `select wanted.account_number, b.balance_fen, p.payment_id is not null as replayed
     from unnest($1::text[], $2::text[], $3::text[]) as wanted (account_number, kind, original)
     cross join lateral (
       select card_id from issuance.v_cards c where c.account_number = wanted.account_number limit 1) card
     left join lateral (
       select balance_fen from ledger.v_balances v where v.account = $4 || card.card_id limit 1) b on true
     left join lateral (select payment_id from payment.payments p where p.card_id = card.card_id
       and p.kind = wanted.kind and p.original = decode(wanted.original, 'hex') limit 1) p on true`,
    [
      asked.map(({ account_number }) => account_number),
      asked.map(({ kind }) => kind),
      asked.map(({ ic }) => ic.original?.toHex() ?? null),
      cardAccounts,
    ],
  );
  return new Map(rows.map((row) => [row.account_number, row]));
}

async function readDay(sql: Sql, requests: readonly PaymentRequest[], today: Day) {
  const rows = await sql.query<{ code: string | null; closed_through: string | null }>(
    `select i.code, closed.through as closed_through
     from (select max(through) as through from ledger.closings where book = any($3)) closed
     left join registry.v_institutions i on i.code = any($1::text[])
       and i.designated_from <= $2::date and (i.designated_through is null or i.designated_through >= $2::date)`,
    [[...new Set(requests.map(({ institution_code }) => institution_code))], today.toString(), medicalBooks],
  );
  const closed = rows[0]?.closed_through ?? null;
  return { designated: new Set(rows.flatMap(({ code }) => code ?? [])), closed_through: closed ? day(closed) : null };
}

/** Content by which a repeat is told from another request under the same number. */
function fingerprintOf(request: PaymentRequest): string {
  const { kind, terminal_id, account_number, institution_code, processing_code, amount_fen, settlement_number } =
    request;
  const ic = Object.entries(request.ic).map(([name, value]) => `${name}=${value?.toHex() ?? ''}`);
  const content = [kind, terminal_id, account_number, institution_code, processing_code, amount_fen, settlement_number];
  return hash('sha256', [...content, ...ic.sort()].join('|'), 'hex');
}
