import { maskNumber } from '../../kernel/identifiers.ts';
import { type Fen, formatYuan } from '../../kernel/money.ts';
import type { TerminalIdentity } from './contract.ts';

export type ReceiptFacts = {
  readonly identity: TerminalIdentity;
  readonly account_number: string;
  readonly settlement_number: string;
  /** yyyymmddhhmmss. */
  readonly at: string;
  readonly batch: string;
  readonly trace: string;
  readonly reference: string;
  readonly authorisation: string;
  readonly amount_fen: Fen;
  readonly loaded_fen: Fen;
  readonly balance_fen: Fen;
  readonly tac: string;
};

/** Characters across 58 mm paper; a Chinese character takes two. */
const columns = 32;
const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (/[⺀-￯]/u.test(c) ? 2 : 1), 0);
const centred = (text: string): string => ' '.repeat(Math.max(0, (columns - widthOf(text)) >> 1)) + text;

function line(label: string, value: string): string {
  const gap = columns - widthOf(label) - widthOf(value);
  // What does not fit beside its label stands right-aligned below it.
  return gap >= 1
    ? label + ' '.repeat(gap) + value
    : `${label}\n${' '.repeat(Math.max(0, columns - widthOf(value)))}${value}`;
}

const words = {
  zh: {
    title: '社会保障卡消费凭证',
    institution: '机构',
    terminal: '终端号',
    card: '卡账号',
    time: '日期时间',
    batch: '批次/流水',
    settlement: '结算单号',
    reference: '参考号',
    authorisation: '授权码',
    loaded: '圈存金额',
    amount: '消费金额',
    balance: '卡内余额',
    tac: 'TAC',
    foot: '请妥善保管，备查',
  },
  en: {
    title: 'SOCIAL SECURITY CARD RECEIPT',
    institution: 'Institution',
    terminal: 'Terminal',
    card: 'Account',
    time: 'Time',
    batch: 'Batch/trace',
    settlement: 'Settlement',
    reference: 'Reference',
    authorisation: 'Authorisation',
    loaded: 'Loaded (CNY)',
    amount: 'Paid (CNY)',
    balance: 'On card (CNY)',
    tac: 'TAC',
    foot: 'Please keep this receipt',
  },
} as const;

/** The slip of paper for the holder, as text for a 58 mm printer. */
export function receipt(facts: ReceiptFacts, language: 'zh' | 'en'): string {
  const say = words[language];
  const { at } = facts;
  const time = `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)} ${at.slice(8, 10)}:${at.slice(10, 12)}:${at.slice(12)}`;
  return [
    centred(say.title),
    '-'.repeat(columns),
    line(say.institution, facts.identity.institution[language]),
    line(say.terminal, facts.identity.terminal_id),
    line(say.card, maskNumber(facts.account_number)),
    line(say.time, time),
    line(say.batch, `${facts.batch}/${facts.trace}`),
    line(say.settlement, facts.settlement_number),
    line(say.reference, facts.reference),
    line(say.authorisation, facts.authorisation),
    '-'.repeat(columns),
    ...(facts.loaded_fen > 0n ? [line(say.loaded, formatYuan(facts.loaded_fen))] : []),
    line(say.amount, formatYuan(facts.amount_fen)),
    line(say.balance, formatYuan(facts.balance_fen)),
    line(say.tac, facts.tac.toUpperCase()),
    '-'.repeat(columns),
    centred(say.foot),
    '',
  ].join('\n');
}
