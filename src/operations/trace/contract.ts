import Type from 'typebox';
import { FenText, IdText, InstantText, Names, type RefusalTable } from '../../platform/http/contract.ts';

/** The six places a payment passes, in order. */
export const stations = ['chip', 'terminal', 'wire', 'decision', 'ledger', 'books'] as const;
export type Station = (typeof stations)[number];

/** done; failed: it stopped here; repaired: taken back by a reversal; waiting: not yet; absent: nothing was recorded. */
export const stationStates = ['done', 'failed', 'repaired', 'waiting', 'absent'] as const;
export type StationState = (typeof stationStates)[number];

const station = <T extends Type.TSchema>(entry: T) =>
  Type.Object({
    state: Type.Enum(stationStates),
    at: Type.Union([InstantText, Type.Null()]),
    entries: Type.Array(entry),
  });

/**
 * One exchange between terminal and chip (or PSAM): command and answer as hex, and what they mean. Digits of a PIN and
 * values that say who the holder is are `*`.
 */
export const ChipEntry = Type.Object({
  at: InstantText,
  slot: Type.Union([Type.Literal('card'), Type.Literal('psam')]),
  command: Type.String({ pattern: '^[0-9A-F*]*$', maxLength: 1040 }),
  response: Type.String({ pattern: '^[0-9A-F*]*$', maxLength: 1040 }),
  /** `INITIALIZE FOR PURCHASE`. */
  what: Type.String({ maxLength: 120 }),
  status_word: Type.String({ pattern: '^([0-9A-F]{4})?$' }),
  duration_us: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ChipEntry = Type.Static<typeof ChipEntry>;

/** One step the terminal reports: card in, PIN entered, request sent, answer received, receipt printed. */
export const TerminalStep = Type.Object({
  at: InstantText,
  step: Type.String({ pattern: '^[a-z_.]{1,40}$' }),
  outcome: Type.Union([Type.Literal('ok'), Type.Literal('failed')]),
  /** Facts for people: response code, amount. Never a PIN, key or full card number. */
  detail: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 })),
});
export type TerminalStep = Type.Static<typeof TerminalStep>;

/** POST /api/traces/:trace_id/chip, role device. An upload that is sent again has the same id and is stored once. */
export const ChipUpload = Type.Object({
  terminal_id: Type.String({ maxLength: 8 }),
  upload_id: IdText,
  apdus: Type.Array(ChipEntry, { maxItems: 500 }),
  steps: Type.Array(TerminalStep, { maxItems: 100 }),
});
export type ChipUpload = Type.Static<typeof ChipUpload>;

/** One ISO 8583 message, its card data masked. */
export const WireMessage = Type.Object({
  at: InstantText,
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
  mti: Type.String(),
  what: Names,
  hex: Type.String(),
  fields: Type.Array(
    Type.Object({
      field: Type.Integer(),
      name: Names,
      value: Type.String(),
      meaning: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
export type WireMessage = Type.Static<typeof WireMessage>;

/** A step of a derivation, as `kernel/decision` has it. */
export const Reason = Type.Object({
  step: Type.String(),
  law: Type.Union([Type.Object({ source: Type.String(), article: Type.Optional(Type.String()) }), Type.Null()]),
  parameter: Type.Optional(
    Type.Object({ key: Type.String(), value: Type.String(), from: Type.String(), confirmed: Type.Boolean() }),
  ),
  inputs: Type.Record(Type.String(), Type.Unknown()),
  result: Type.Record(Type.String(), Type.Unknown()),
});

export type Reason = Type.Static<typeof Reason>;

/** What the centre decided: the settlement of the bill, the payment, a reversal, the chip's proof. */
export const DecisionEntry = Type.Object({
  at: InstantText,
  kind: Type.Union([
    Type.Literal('settlement'),
    Type.Literal('payment'),
    Type.Literal('reversal'),
    Type.Literal('chip_proof'),
  ]),
  id: Type.String(),
  state: Type.String(),
  what: Names,
  amount_fen: Type.Union([FenText, Type.Null()]),
  response_code: Type.Union([Type.String(), Type.Null()]),
  reasons: Type.Array(Reason),
});
export type DecisionEntry = Type.Static<typeof DecisionEntry>;

export const LedgerEntry = Type.Object({
  at: InstantText,
  journal_id: IdText,
  kind: Type.String(),
  what: Names,
  business_date: Type.String(),
  reverses: Type.Union([IdText, Type.Null()]),
  postings: Type.Array(
    Type.Object({
      book: Type.String(),
      account: Type.String(),
      name: Names,
      side: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
      amount_fen: FenText,
    }),
  ),
  /** Link of the hash chain that seals this journal; null until the chain has reached it. */
  chain: Type.Union([Type.Object({ group: Type.String(), hash: Type.String() }), Type.Null()]),
});
export type LedgerEntry = Type.Static<typeof LedgerEntry>;

export const BooksEntry = Type.Object({
  voucher_id: IdText,
  line_id: IdText,
  book: Type.String(),
  year: Type.Integer(),
  number: Type.Integer(),
  business_date: Type.String(),
  gl_account: Type.String(),
  name: Names,
  side: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
  /** The voucher line's total and this payment's part of it. */
  line_fen: FenText,
  amount_fen: FenText,
});
export type BooksEntry = Type.Static<typeof BooksEntry>;

/** GET /api/traces/:trace_id : one payment from tap to voucher. */
export const Trace = Type.Object({
  trace_id: IdText,
  begun_at: Type.Union([InstantText, Type.Null()]),
  ended_at: Type.Union([InstantText, Type.Null()]),
  payment_id: Type.Union([IdText, Type.Null()]),
  settlement_no: Type.Union([Type.String(), Type.Null()]),
  amount_fen: Type.Union([FenText, Type.Null()]),
  /** Null when nothing went wrong. */
  failure: Type.Union([
    Type.Object({
      station: Type.Enum(stations),
      what: Names,
      repair: Type.Union([Names, Type.Null()]),
    }),
    Type.Null(),
  ]),
  stations: Type.Object({
    chip: station(ChipEntry),
    terminal: station(TerminalStep),
    wire: station(WireMessage),
    decision: station(DecisionEntry),
    ledger: station(LedgerEntry),
    books: station(BooksEntry),
  }),
});
export type Trace = Type.Static<typeof Trace>;

/** GET /api/traces: exactly one of the four; without any, the newest traces. */
export const TraceLookup = Type.Object({
  voucher_line: Type.Optional(IdText),
  journal: Type.Optional(IdText),
  settlement: Type.Optional(Type.String({ maxLength: 40 })),
  payment: Type.Optional(IdText),
});
export const TraceList = Type.Object({
  items: Type.Array(
    Type.Object({
      trace_id: IdText,
      at: InstantText,
      what: Names,
      amount_fen: FenText,
      payment_id: Type.Union([IdText, Type.Null()]),
      settlement_no: Type.Union([Type.String(), Type.Null()]),
      state: Type.String(),
    }),
  ),
});

export const traceRefusals = {
  'trace.unknown': { status: 404, zh: '没有这条轨迹', en: 'There is no such trace.' },
} as const satisfies RefusalTable;
