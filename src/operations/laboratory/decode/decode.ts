import { hex } from '../../../kernel/bytes.ts';
import { decodeAnswer, decodeCommand } from './apdu.ts';
import { decodeAtr } from './atr.ts';
import type { DecodedLine } from './line.ts';
import { decodeMessage, looksLikeMessage } from './message.ts';
import { decodeTlv } from './tlv.ts';

/** What hex can be read as. An `answer` is read with the command it answers, if one is given. */
export const forms = ['apdu', 'answer', 'atr', 'tlv', 'iso8583'] as const;
export type Form = (typeof forms)[number];

/** `whole`: the data are of this form from the first byte to the last. */
export type Decoded = { readonly form: Form; readonly whole: boolean; readonly lines: readonly DecodedLine[] };

/** Takes bytes apart in a form, or in the one they look like. Never throws: what does not fit says where. */
export function decode(bytes: Uint8Array, form: Form | null, command?: Uint8Array): Decoded {
  const as = form ?? formOf(bytes);
  const lines = {
    apdu: decodeCommand,
    answer: (answer: Uint8Array) => decodeAnswer(answer, command),
    atr: decodeAtr,
    tlv: (data: Uint8Array) => decodeTlv(data),
    iso8583: decodeMessage,
  }[as](bytes);
  return { form: as, whole: lines.every(({ broken }) => !broken), lines };
}

const classes: ReadonlySet<number> = new Set([0x00, 0x04, 0x80, 0x84, 0xb0, 0xbf]);
const templates: ReadonlySet<number> = new Set([0x6f, 0x70, 0x77, 0x61, 0x71, 0x72]);

/** A message fits its bitmap to the last byte; an ATR begins with its convention; a command with a class we know. */
function formOf(bytes: Uint8Array): Form {
  const first = bytes[0] as number;
  if (bytes.length > 12 && looksLikeMessage(bytes)) return 'iso8583';
  if ((first === 0x3b || first === 0x3f) && bytes.length > 2) return 'atr';
  if (templates.has(first)) return hex(bytes.subarray(-2)) === '9000' ? 'answer' : 'tlv';
  if (classes.has(first) && bytes.length >= 4) return 'apdu';
  return bytes.length === 2 ? 'answer' : 'tlv';
}
