import type { Fen } from '../../kernel/money.ts';
import type { SealedKey } from '../keys/contract.ts';
import type { FieldNumber } from './fields.ts';
import type { IcData } from './ic-data.ts';
import type { ResponseCode } from './response-codes.ts';

export { type Field, type FieldNumber, type FieldPart, type FieldValues, type MaskRule, posFields } from './fields.ts';
export { type IcData, type IcDataName, icDataTags } from './ic-data.ts';
export { isResponseCode, type ResponseCode, responseCodes, unknownOutcome } from './response-codes.ts';

type KindRow = {
  readonly mti: string;
  /** Field 3 and 25; null for messages without a processing code, and for a reversal, which repeats the original's. */
  readonly processing: string | null;
  readonly condition: string | null;
  /** 60.1 and 60.3. */
  readonly function: string;
  readonly network: string;
  /** Fields without which the request is refused with 30. */
  readonly needs: readonly FieldNumber[];
  readonly zh: string;
  readonly en: string;
};

/** The messages this switch speaks (card.md 4.2). Field 41, 42, 60 and, but for the sign-in, 64 are needed by all. */
export const messageKinds = {
  sign_in: {
    mti: '0800',
    processing: null,
    condition: null,
    function: '00',
    network: '003',
    needs: [11],
    zh: '签到',
    en: 'sign-in',
  },
  sign_off: {
    mti: '0820',
    processing: null,
    condition: null,
    function: '00',
    network: '002',
    needs: [11],
    zh: '签退',
    en: 'sign-off',
  },
  echo: {
    mti: '0820',
    processing: null,
    condition: null,
    function: '00',
    network: '301',
    needs: [],
    zh: '回响测试',
    en: 'echo',
  },
  black_list: {
    mti: '0800',
    processing: null,
    condition: null,
    function: '00',
    network: '380',
    needs: [11],
    zh: '黑名单下载',
    en: 'black-list download',
  },
  purchase: {
    mti: '0200',
    processing: '000000',
    condition: '00',
    function: '22',
    network: '000',
    needs: [2, 4, 11, 12, 13, 22, 55, 62],
    zh: '消费',
    en: 'purchase',
  },
  load: {
    mti: '0200',
    processing: '600000',
    condition: '91',
    function: '45',
    network: '000',
    needs: [2, 4, 11, 12, 13, 22, 55],
    zh: '指定账户圈存',
    en: 'load from account',
  },
  balance: {
    mti: '0200',
    processing: '310000',
    condition: '00',
    function: '01',
    network: '000',
    needs: [2, 11, 12, 13, 22, 55],
    zh: '余额查询',
    en: 'balance inquiry',
  },
  reversal: {
    mti: '0400',
    processing: null,
    condition: null,
    function: '22',
    network: '000',
    needs: [2, 3, 4, 11, 12, 13, 39, 61],
    zh: '冲正',
    en: 'reversal',
  },
  tac_upload: {
    mti: '0320',
    processing: null,
    condition: null,
    function: '00',
    network: '000',
    needs: [2, 3, 4, 11, 12, 13, 55, 61],
    zh: '交易验证码上送',
    en: 'TAC upload',
  },
} as const satisfies Record<string, KindRow>;

export type MessageKind = keyof typeof messageKinds;
/** What the engine answers by itself; every other kind goes to the handler. */
export type SessionKind = 'sign_in' | 'sign_off' | 'echo';
export type BusinessKind = Exclude<MessageKind, SessionKind>;

/** Batch, trace number and date ("MMDD") that name a transaction of a terminal (field 61). */
export type OriginalTransaction = { readonly batch: string; readonly trace: string; readonly date: string };

/** A request whose terminal is known and whose MAC is right. Duplicates are the handler's business. */
export type IncomingRequest = {
  readonly kind: BusinessKind;
  /** One id from tap to voucher: field 63 of the terminal, else made here. */
  readonly trace_id: string;
  readonly terminal_id: string;
  readonly institution_code: string;
  readonly operator: string | null;
  readonly batch: string;
  /** Six digits; names the transaction together with terminal, batch and local date. */
  readonly trace: string;
  /** "hhmmss" and "MMDD" of the terminal. */
  readonly local_time: string | null;
  readonly local_date: string | null;
  /** The 16 to 19 digits the card carries for the wire; the social-security card number itself is not numeric. */
  readonly account_number: string | null;
  readonly processing_code: string | null;
  readonly amount_fen: Fen | null;
  readonly entry_mode: string | null;
  readonly ic: IcData;
  readonly original: OriginalTransaction | null;
  /** Of a reversal: why the terminal reverses (field 39). */
  readonly reversal_reason: ReversalReason | null;
  /** Of a purchase: the settlement it completes (field 62). */
  readonly settlement_number: string | null;
  /** Of a black-list download: the version the terminal holds (digits in field 62). */
  readonly black_list_version?: bigint;
  readonly received_at_ms: number;
};

/** 98 no answer in time · 96 outcome unknown · A0 the answer's MAC is wrong · 06 the chip did not complete. */
export type ReversalReason = '98' | '96' | 'A0' | '06';

export type Answer = {
  readonly response_code: ResponseCode;
  /** Retrieval reference, 12 characters, and authorisation code, 6. */
  readonly reference?: string;
  readonly authorisation?: string;
  /** Field 15, "MMDD". */
  readonly settlement_date?: string;
  /** Balance of the account at the centre (field 54). */
  readonly balance_fen?: Fen;
  /** Field 44: up to 25 characters for the terminal's screen. */
  readonly words?: string;
  readonly ic?: IcData;
  /** Field 62, up to 512 bytes: text or a page of the black list. */
  readonly text?: Uint8Array;
};

export type Handler = (request: IncomingRequest) => Promise<Answer>;

export type WorkingKeys = { readonly pin: SealedKey; readonly mac: SealedKey };
export type TerminalState = 'active' | 'suspended' | 'retired';
export type TerminalEntry = {
  readonly terminal_id: string;
  readonly institution_code: string;
  readonly state: TerminalState;
  readonly master_key: SealedKey;
  readonly working_keys: WorkingKeys | null;
};

/** Where terminals are known. Shared by all nodes: keys kept by one are found by the others and after a restart. */
export interface TerminalDirectory {
  find(terminal_id: string): Promise<TerminalEntry | null>;
  /** `null` after a sign-off. */
  keepWorkingKeys(terminal_id: string, keys: WorkingKeys | null): Promise<void>;
}

/** A request and its answer as they passed, secrets zeroed, for the wire log. */
export type WireEntry = {
  readonly trace_id: string;
  /** When the request arrived. */
  readonly at_ms: number;
  readonly peer: string;
  readonly terminal_id: string | null;
  readonly kind: MessageKind | null;
  readonly mti: string | null;
  /** Masked body; empty when it could not be taken apart (then `fault` says why, and there is no answer). */
  readonly request: Uint8Array;
  readonly fault: string | null;
  readonly answer: {
    readonly mti: string;
    readonly response_code: string;
    /** Milliseconds since the request arrived. */
    readonly elapsed_ms: number;
    readonly body: Uint8Array;
  } | null;
};
export type Journal = (entry: WireEntry) => void;
