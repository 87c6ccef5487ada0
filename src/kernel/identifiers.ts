import { type Day, isBefore } from './time.ts';

declare const name: unique symbol;
type Named<N extends string> = string & { readonly [name]: N };

/** 公民身份号码, GB 11643: 18 characters with a valid check character. */
export type CitizenNumber = Named<'citizen-number'>;
/** 统一社会信用代码, GB 32100: 18 characters with a valid check character. */
export type CreditCode = Named<'credit-code'>;
/** 社会保障卡卡号: 9 characters, the last a check character (notice 人社信息函〔2012〕37号 annex A). */
export type CardNumber = Named<'card-number'>;
/** 银行卡号: 12 to 19 digits with a Luhn digit. */
export type BankCardNumber = Named<'bank-card-number'>;
/** Our own identifier, UUID version 7 (sorts by time of birth). */
export type Id<Of extends string> = Named<`id:${Of}`>;

/** Why an identifier was refused; words for each are in the message catalogue. */
export type IdentifierFault = 'length' | 'characters' | 'area' | 'birth-date' | 'future' | 'check-digit';
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: IdentifierFault };

const ok = <T extends string>(value: string): Parsed<T> => ({ ok: true, value: value as T });
const bad = (fault: IdentifierFault): Parsed<never> => ({ ok: false, fault });

const weighted = (text: string, weights: readonly number[], value: (character: string) => number): number =>
  weights.reduce((sum, weight, i) => sum + weight * value(text.charAt(i)), 0);

const citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of the first 17 digits (GB 11643 §4.2). */
export const citizenCheck = (first17: string): string =>
  '10X98765432'.charAt(weighted(first17, citizenWeights, Number) % 11);

/** GB 11643. `today` decides what lies in the future. */
export function parseCitizenNumber(text: string, today: Day): Parsed<CitizenNumber> {
  const number = text.trim().toUpperCase();
  if (number.length !== 18) return bad('length');
  if (!/^\d{17}[\dX]$/.test(number)) return bad('characters');
  if (!/^[1-9]/.test(number)) return bad('area');
  const birth = birthOf(number);
  if (!birth) return bad('birth-date');
  if (isBefore(today, birth)) return bad('future');
  return citizenCheck(number) === number.charAt(17) ? ok(number) : bad('check-digit');
}

function birthOf(number: string): Day | null {
  try {
    return Temporal.PlainDate.from(
      { year: Number(number.slice(6, 10)), month: Number(number.slice(10, 12)), day: Number(number.slice(12, 14)) },
      { overflow: 'reject' },
    );
  } catch {
    return null;
  }
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Weights of the first 8 characters of an organisation code or card number (GB 11714). */
export const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const base36 = (character: string): number => Number.parseInt(character, 36);

/** Check character of an organisation code or a social-security card number (GB 11714: 11 − Σ mod 11; 10 → X, 11 → 0). */
export function organisationCheck(first8: string): string {
  const check = 11 - (weighted(first8, organisationWeights, base36) % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Check character of the first 17 characters (GB 32100 §5). */
export const creditCheck = (first17: string): string =>
  creditAlphabet.charAt((31 - (weighted(first17, creditWeights, (c) => creditAlphabet.indexOf(c)) % 31)) % 31);

/** GB 32100. */
export function parseCreditCode(text: string): Parsed<CreditCode> {
  const code = text.trim().toUpperCase();
  if (code.length !== 18) return bad('length');
  if (![...code].every((c) => creditAlphabet.includes(c))) return bad('characters');
  return creditCheck(code) === code.charAt(17) ? ok(code) : bad('check-digit');
}

/** Social-security card number, 9 characters. */
export function parseCardNumber(text: string): Parsed<CardNumber> {
  const number = text.trim().toUpperCase();
  if (number.length !== 9) return bad('length');
  if (!/^[A-Z0-9]{8}[0-9X]$/.test(number)) return bad('characters');
  return organisationCheck(number) === number.charAt(8) ? ok(number) : bad('check-digit');
}

/** The Luhn digit that completes `digits`. */
export function luhnCheck(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const doubled = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** Bank card number with a Luhn digit. */
export function parseBankCardNumber(text: string): Parsed<BankCardNumber> {
  const number = text.replaceAll(' ', '');
  if (number.length < 12 || number.length > 19) return bad('length');
  if (!/^\d+$/.test(number)) return bad('characters');
  return luhnCheck(number.slice(0, -1)) === number.slice(-1) ? ok(number) : bad('check-digit');
}

/** 1 male, 2 female (GB/T 2261.1), from the odd or even sequence digit. */
export const sexOf = (number: CitizenNumber): 1 | 2 => (Number(number.charAt(16)) % 2 === 1 ? 1 : 2);

/** "990100199001011234" → "990100********1234": enough to recognise, too little to use. */
export const maskNumber = (number: string, head = 6, tail = 4): string =>
  number.length <= head + tail
    ? '*'.repeat(number.length)
    : `${number.slice(0, head)}${'*'.repeat(number.length - head - tail)}${number.slice(number.length - tail)}`;
