import { type CardFactors, type CipherFamily, cardFactors, familyOfAlgorithm } from '../../keys/index.ts';
import { historyOf } from '../atr.ts';
import { decodeElement } from '../coding.ts';
import { CardFault } from '../fault.ts';
import { root } from '../known-files.ts';
import { findTag, parseElements, parseTlv } from '../tlv.ts';
import { type Answered, ask, type Port } from './port.ts';

/** What anyone may read of a card: who it belongs to and how to speak with it. Dates are yyyymmdd as the card has them. */
export type Holder = {
  readonly family: CipherFamily;
  readonly factors: CardFactors;
  /** 32 hex digits. */
  readonly cardIdCode: string;
  readonly cityCode: string;
  readonly cardNumber: string;
  readonly cardClass: string;
  readonly version: string;
  readonly issued: string;
  readonly expiry: string;
  readonly citizenNumber: string;
  readonly name: string;
  readonly sex: string;
  readonly birth: string;
};

/** Selects the social-security environment and reads EF05 and EF06. */
export async function readHolder(port: Port): Promise<Answered<Holder>> {
  const history = historyOf(port.atr);
  if (!history) throw new CardFault('card.answer_malformed', 'not the ATR of a social-security card');
  const selected = await ask(port, [0x00, 0xa4, 0x04, 0x00], root.name, undefined, familyFrom);
  if (!selected.ok) return selected;
  const issue = await readFile(port, 0x05);
  if (!issue.ok) return issue;
  const person = await readFile(port, 0x06);
  if (!person.ok) return person;
  const text = (file: ReadonlyMap<number, Uint8Array>, tag: number, coding: 'an' | 'cn') =>
    decodeElement(coding, file.get(tag) ?? new Uint8Array());
  const cardIdCode = text(issue.value, 0x01, 'cn').padEnd(32, 'F');
  const cityCode = cardIdCode.slice(0, 6);
  if (!/^\d{6}$/.test(cityCode)) throw new CardFault('card.answer_malformed', 'the card id code has no city code');
  return {
    ok: true,
    value: {
      family: selected.value,
      factors: cardFactors(cityCode, history, selected.value),
      cardIdCode,
      cityCode,
      cardNumber: text(issue.value, 0x07, 'an'),
      cardClass: text(issue.value, 0x02, 'an'),
      version: text(issue.value, 0x03, 'an'),
      issued: text(issue.value, 0x05, 'cn'),
      expiry: text(issue.value, 0x06, 'cn'),
      citizenNumber: text(person.value, 0x08, 'an'),
      name: text(person.value, 0x09, 'an'),
      sex: text(person.value, 0x0a, 'an'),
      birth: text(person.value, 0x0d, 'cn'),
    },
  };
}

/** The algorithm is the third byte of the issuer data 86 01 03; cards without it are of generation 2 (card.md 3.2). */
function familyFrom(control: Uint8Array): CipherFamily {
  const parsed = parseTlv(control);
  const issuer = parsed.ok ? findTag(parsed.value, 0x9f0c) : null;
  return issuer ? (familyOfAlgorithm(issuer.value[2] ?? 0) ?? 'des') : 'des';
}

/** A whole file of the current directory by its short identifier, its elements by tag. */
export const readFile = (port: Port, short: number): Promise<Answered<ReadonlyMap<number, Uint8Array>>> =>
  ask(port, [0x00, 0xb2, 0x01, (short << 3) | 5], undefined, 0, (data) => {
    const elements = parseElements(data);
    if (!elements)
      throw new CardFault('card.answer_malformed', `file ${short.toString(16)} does not hold whole elements`);
    return new Map(elements.map(({ tag, value }) => [tag, value]));
  });
