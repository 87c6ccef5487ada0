import type { ApduRecord, Words } from '../../core/card/contract.ts';
import type { ResponseCode } from '../../core/switch/contract.ts';
import type { Fen } from '../../kernel/money.ts';

/** Who the terminal is and how its messages are addressed. */
export type TerminalIdentity = {
  /** Field 41, 8 characters. */
  readonly terminal_id: string;
  readonly institution_code: string;
  readonly institution: Words;
  /** 10 and 12 hex digits in front of every message. */
  readonly tpdu: string;
  readonly header: string;
  /** Three digits of whoever works at the desk. */
  readonly operator: string;
};

export type PayRequest = {
  readonly amount_fen: Fen;
  /** The settlement this payment completes, from the desk. */
  readonly settlement_number: string;
  /** Given by the desk when it has begun the trace; else made here. */
  readonly trace_id?: string;
};

/** Why a payment did not come about, with the words for the terminal's screen. */
export const terminalRefusals = {
  'terminal.amount_invalid': { zh: '金额无效', en: 'the amount is not valid' },
  'terminal.sign_in_failed': { zh: '终端签到失败', en: 'the terminal could not sign in' },
  'terminal.reversal_waiting': { zh: '上笔交易冲正未完成', en: 'an earlier transaction is still being reversed' },
  'terminal.no_card': { zh: '请插卡', en: 'there is no card' },
  'terminal.card_unreadable': { zh: '卡片无法识别', en: 'the card cannot be read' },
  'terminal.card_expired': { zh: '卡已过期', en: 'the card has expired' },
  'terminal.card_removed': { zh: '卡片被拔出', en: 'the card was pulled out' },
  'terminal.card_failed': { zh: '卡片处理失败', en: 'the card refused a command' },
  'terminal.pin_cancelled': { zh: '已取消', en: 'cancelled by the holder' },
  'terminal.pin_wrong': { zh: '密码错误', en: 'wrong PIN' },
  'terminal.pin_blocked': { zh: '密码已锁定', en: 'the PIN is blocked' },
  'terminal.declined': { zh: '中心拒绝', en: 'declined by the centre' },
  'terminal.no_answer': {
    zh: '中心无应答，交易已撤销',
    en: 'the centre did not answer; the transaction is taken back',
  },
  'terminal.answer_not_authentic': { zh: '应答鉴别失败', en: 'the answer is not proven to come from the centre' },
} as const satisfies Record<string, Words>;
export type TerminalRefusalCode = keyof typeof terminalRefusals;

export type PaymentResult =
  | {
      readonly paid: true;
      readonly trace_id: string;
      readonly trace: string;
      readonly batch: string;
      readonly amount_fen: Fen;
      /** Of the chip, after the payment. */
      readonly balance_fen: Fen;
      readonly loaded_fen: Fen;
      readonly reference: string;
      readonly authorisation: string;
      readonly receipt: { readonly zh: string; readonly en: string };
    }
  | {
      readonly paid: false;
      readonly trace_id: string;
      readonly code: TerminalRefusalCode;
      readonly response_code: ResponseCode | null;
      /** Tries left after a wrong PIN. */
      readonly tries_left: number | null;
    };

/** What the terminal's screen shows, in order of appearance. */
export const terminalSteps = {
  signing_in: { zh: '正在签到', en: 'signing in' },
  reading_card: { zh: '正在读卡', en: 'reading the card' },
  authenticating: { zh: '正在验证卡片', en: 'authenticating the card' },
  entering_pin: { zh: '请输入密码', en: 'please enter the PIN' },
  loading: { zh: '正在从个人账户圈存', en: 'loading from the account' },
  asking_centre: { zh: '正在联系中心', en: 'asking the centre' },
  debiting: { zh: '正在扣款，请勿拔卡', en: 'debiting, do not remove the card' },
  present_again: { zh: '请重新插卡', en: 'please insert the same card again' },
  uploading: { zh: '正在上送交易验证码', en: 'sending the proof of the chip' },
  reversing: { zh: '正在冲正', en: 'taking the transaction back' },
  paid: { zh: '交易成功', en: 'paid' },
  refused: { zh: '交易失败', en: 'not paid' },
} as const satisfies Record<string, Words>;
export type TerminalStep = keyof typeof terminalSteps;

/** Everything a terminal does, as it happens. PINs, keys and the middle of account numbers are not in it. */
export type TerminalEvent = { readonly at: string; readonly trace_id: string | null } & (
  | { readonly kind: 'step'; readonly step: TerminalStep; readonly detail: Readonly<Record<string, string>> }
  | { readonly kind: 'apdu'; readonly record: ApduRecord }
  /** `body` is the masked message as hex: `unpack` and `describeMessage` read it. */
  | { readonly kind: 'wire'; readonly direction: 'sent' | 'received'; readonly mti: string; readonly body: string }
);
