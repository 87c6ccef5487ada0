import { type Fen, fen, formatRate, formatYuan, type Rate, rate } from '../../kernel/money.ts';

/** What a figure is measured in. `limit` is fen, or the word `unlimited` (read as null). */
export const unitNames = ['fen', 'limit', 'rate', 'months', 'days', 'years', 'count', 'flag', 'code'] as const;
export type Unit = (typeof unitNames)[number];

/** A plain value of the law: money, rate, number, flag, code; null is "unlimited". */
export type Value = Fen | Rate | number | boolean | string | null;

type UnitReader = {
  /** The value of what stands in the file; undefined when it is not of this unit. Whole numbers arrive as bigint. */
  readonly read: (raw: unknown) => Value | undefined;
  /** The value as people read it, without a language. */
  readonly write: (value: Value) => string;
  readonly remedy: string;
};

const readFen = (raw: unknown): Fen | undefined => (typeof raw === 'bigint' && raw >= 0n ? fen(raw) : undefined);

/** A share of at most six decimals (four as a percentage), so that it is exact in millionths. */
const readRate = (raw: unknown): Rate | undefined =>
  typeof raw === 'string' && /^\d{1,4}(\.\d{1,4})?%$/.test(raw) ? rate(raw) : undefined;

const whole: UnitReader = {
  read: (raw) => (typeof raw === 'bigint' && raw >= 0n && raw < 1_000_000n ? Number(raw) : undefined),
  write: String,
  remedy: 'write a whole number of at most six digits',
};

export const units: Readonly<Record<Unit, UnitReader>> = {
  fen: {
    read: readFen,
    write: (value) => formatYuan(value as Fen),
    remedy: 'write money as a whole number of fen: 60000 for 600.00 yuan',
  },
  limit: {
    read: (raw) => (raw === 'unlimited' ? null : readFen(raw)),
    write: (value) => (value === null ? 'unlimited' : formatYuan(value as Fen)),
    remedy: 'write a whole number of fen, or the word unlimited',
  },
  rate: { read: readRate, write: (value) => formatRate(value as Rate), remedy: 'write a share as a percentage: 65%' },
  months: whole,
  days: whole,
  years: whole,
  count: whole,
  flag: {
    read: (raw) => (typeof raw === 'boolean' ? raw : undefined),
    write: String,
    remedy: 'write true or false',
  },
  code: {
    read: (raw) => (typeof raw === 'string' ? raw : undefined),
    write: String,
    remedy: 'write one of the codes the parameter lists',
  },
};
