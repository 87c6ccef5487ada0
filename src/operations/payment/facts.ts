import type { BlackListReason } from '../../core/screening/contract.ts';
import type { IncomingRequest } from '../../core/switch/contract.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { PayingCard } from '../issuance/index.ts';
import type { PaymentKind, PaymentState } from './contract.ts';
import type { DeclineCode } from './responses.ts';

export type PaymentId = Id<'payment'>;

/** How a terminal names a transaction. A reversal and a TAC upload name their original so. */
export type TransactionKey = {
  readonly terminal_id: string;
  readonly batch_no: string;
  readonly trace_no: string;
  /** "MMDD". */
  readonly local_date: string;
  readonly kind: PaymentKind;
};

export const keyText = (key: TransactionKey): string =>
  `${key.terminal_id}/${key.batch_no}/${key.trace_no}/${key.local_date}/${key.kind}`;

/** A payment as it was decided, with what is needed to give the same answer again. */
export type StoredPayment = TransactionKey & {
  readonly payment_id: PaymentId;
  /** Hex; null on a tombstone. */
  readonly fingerprint: string | null;
  readonly state: PaymentState;
  readonly response_code: string;
  readonly refusal_code: DeclineCode | null;
  readonly account_number: string;
  readonly card_id: string | null;
  readonly institution_code: string;
  readonly amount_fen: Fen;
  readonly settlement_no: string | null;
  readonly reference_no: string;
  readonly authorisation: string | null;
  readonly journal_id: string | null;
  readonly balance_fen: Fen | null;
  readonly chip_sequence: number | null;
  readonly chip_balance_fen: Fen | null;
  readonly at: Temporal.Instant;
  readonly business_date: string;
  /** The proven TAC, hex. */
  readonly tac: string | null;
};

/** The kinds of request this context answers. */
export type PaymentRequest = IncomingRequest & {
  readonly kind: 'purchase' | 'load' | 'balance' | 'reversal' | 'tac_upload';
};

/** Whether what the chip signed is right, as far as the request asks for it. */
export type Proofs = {
  readonly chip_registered: boolean;
  readonly cryptogram: boolean;
  readonly load_mac: boolean;
};

/** All that deciding one request needs to know. */
export type Facts = {
  readonly request: PaymentRequest;
  /** SHA-256 of the request's content, hex. */
  readonly fingerprint: string;
  /** The payment that has this key; of a reversal or TAC upload, the original. */
  readonly earlier: StoredPayment | null;
  readonly card: PayingCard | null;
  readonly listed: BlackListReason | null;
  readonly designated: boolean;
  /** Of the card's account in the books; null when it has none. */
  readonly balance_fen: Fen | null;
  /** What the chip signed here has been accepted for another payment of this kind. */
  readonly replayed: boolean;
  /** The TAC of this upload has confirmed another payment. */
  readonly tac_used: boolean;
  /** The calendar day. */
  readonly today: string;
  readonly proofs: Proofs;
};
