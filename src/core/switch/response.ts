import { assert } from '../../kernel/assert.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Answer } from './contract.ts';
import type { FieldValues } from './fields.ts';
import { writeIcData } from './ic-data.ts';
import type { Message } from './layout.ts';

/** 0200 → 0210: the third digit says request (even) or response (odd). */
export const responseMti = (mti: string): string => `${mti.slice(0, 2)}${Number(mti.charAt(2)) + 1}0`;

/** The answer goes back the way the request came. */
const returnTpdu = (tpdu: string): string => tpdu.slice(0, 2) + tpdu.slice(6, 10) + tpdu.slice(2, 6);

/** Fields that the answer repeats, by which the terminal finds its request; never the account number. */
function repeated(fields: FieldValues): FieldValues {
  return {
    3: fields[3],
    4: fields[4],
    11: fields[11],
    12: fields[12],
    13: fields[13],
    25: fields[25],
    37: fields[37],
    41: fields[41],
    42: fields[42],
    60: fields[60],
    63: fields[63],
  };
}

/** Field 54, one balance: account type 00, amount type 02 (available), renminbi (156), C or D, twelve digits of fen. */
function balanceField(balance_fen: Fen): string {
  const digits = (balance_fen < 0n ? -balance_fen : balance_fen).toString();
  assert(digits.length <= 12, 'a balance of at most twelve digits');
  return `0002156${balance_fen < 0n ? 'D' : 'C'}${digits.padStart(12, '0')}`;
}

/** Lays out an answer; with `signed`, field 64 is eight zero bytes that the MAC takes the place of. */
export function writeResponse(request: Message, answer: Answer, signed: boolean): Message {
  const fields: FieldValues = repeated(request.fields);
  fields[39] = answer.response_code;
  if (answer.reference !== undefined) fields[37] = answer.reference;
  if (answer.authorisation !== undefined) fields[38] = answer.authorisation;
  if (answer.settlement_date !== undefined) fields[15] = answer.settlement_date;
  if (answer.balance_fen !== undefined) fields[54] = balanceField(answer.balance_fen);
  if (answer.words !== undefined) fields[44] = answer.words;
  if (answer.ic) fields[55] = writeIcData(answer.ic);
  if (answer.text) fields[62] = answer.text;
  if (signed) fields[64] = new Uint8Array(8);
  return { tpdu: returnTpdu(request.tpdu), header: request.header, mti: responseMti(request.mti), fields };
}
