import { assert } from '../../kernel/assert.ts';
import { type GlCode, isGlCode } from './chart.ts';

/** Books (账套), one per fund; each balances by itself. Maternity is kept in the employees' medical fund (合并实施). */
export const books = {
  'pension-employee': { zh: '企业职工基本养老保险基金', en: 'employees’ pension fund' },
  'medical-employee': { zh: '职工基本医疗保险基金', en: 'employees’ medical fund' },
  'medical-resident': { zh: '城乡居民基本医疗保险基金', en: 'residents’ medical fund' },
  unemployment: { zh: '失业保险基金', en: 'unemployment fund' },
  injury: { zh: '工伤保险基金', en: 'work-injury fund' },
} as const;

export type Book = keyof typeof books;
export const isBook = (text: string): text is Book => Object.hasOwn(books, text);

declare const account: unique symbol;
/** `book:gl` or `book:gl:owner`, e.g. "medical-employee:2001.01:H0001". */
export type AccountCode = string & { readonly [account]: true };

/** The fund's own account under a general-ledger code. */
export const fundAccount = (book: Book, gl: GlCode): AccountCode => `${book}:${gl}` as AccountCode;
/** 个人账户: what the fund keeps for one person. */
export const personalAccount = (book: Book, personId: string): AccountCode => owned(book, '3001.02', personId);
/** The part of a personal account that lies on one card's chip. */
export const cardAccount = (book: Book, cardId: string): AccountCode => owned(book, '3001.03', cardId);
/** What the fund owes one designated institution (定点医药机构). */
export const institutionPayable = (book: Book, institutionCode: string): AccountCode =>
  owned(book, '2001.01', institutionCode);

const ownerName = /^[0-9A-Za-z._-]+$/;

function owned(book: Book, gl: GlCode, owner: string): AccountCode {
  assert(ownerName.test(owner), `an account's owner is one word: ${owner}`);
  return `${book}:${gl}:${owner}` as AccountCode;
}

export type AccountParts = { readonly book: Book; readonly gl_code: GlCode; readonly owner: string | null };

/** Reads outside text as an account code; null when it is not one. The account need not exist. */
export function parseAccountCode(text: string): AccountParts | null {
  const [book = '', gl = '', owner, ...rest] = text.split(':');
  if (rest.length > 0 || !isBook(book) || !isGlCode(gl)) return null;
  if (owner !== undefined && !ownerName.test(owner)) return null;
  return { book, gl_code: gl, owner: owner ?? null };
}
