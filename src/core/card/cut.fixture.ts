import { expect } from 'vitest';
import { bytes, equal, hex } from '../../kernel/bytes.ts';
import { type Eeprom, imageInForce } from './eeprom.ts';
import type { Insertable } from './reader.ts';

/** An EEPROM whose power goes at one of its writes: in the middle of the page, or just behind it. */
export class CutEeprom implements Eeprom {
  bytes: Uint8Array;
  writes = 0;
  cut: { readonly at: number; readonly where: 'before' | 'within' | 'behind' } | null = null;

  constructor(image: Uint8Array) {
    this.bytes = image.slice();
  }

  read(): Uint8Array {
    return this.bytes.slice();
  }

  write(at: number, page: Uint8Array): void {
    const cut = this.cut?.at === this.writes ? this.cut.where : null;
    this.writes++;
    const kept = cut === 'before' ? 0 : cut === 'within' ? page.length >> 1 : page.length;
    const grown = new Uint8Array(Math.max(this.bytes.length, at + page.length));
    grown.set(this.bytes);
    grown.set(page.subarray(0, kept), at);
    this.bytes = grown;
    if (cut) throw new Error('power cut');
  }
}

type Kept = Insertable & { image(): Uint8Array };

export type CutTrial<Card extends Kept> = {
  /** Bytes of the EEPROM before anything happens. */
  readonly start: Uint8Array;
  readonly open: (eeprom: Eeprom) => Card;
  /** What leads up to a command, and the command: each may ask the card for a challenge as it goes. */
  readonly lead: readonly ((card: Card) => string)[];
  readonly last: (card: Card) => string;
  /** What the card, put in again, must say of a command that was done or was not. */
  readonly proves?: ((card: Card, done: boolean) => void) | undefined;
};

/** Cuts the power at every page write of a command: the card is as before or after it, and says which. */
export function cutEverywhere<Card extends Kept>({ start, open, lead, last, proves }: CutTrial<Card>): void {
  function prepared() {
    const eeprom = new CutEeprom(start);
    const card = open(eeprom);
    card.powerOn();
    for (const make of lead) {
      const answer = hex(card.transmit(bytes(make(card)))).slice(-4);
      expect(answer).toMatch(/^(9000|61..|63C.|6300)$/);
    }
    return { eeprom, card, command: bytes(last(card)), before: card.image() };
  }
  const whole = prepared();
  const writes = whole.eeprom.writes;
  whole.card.transmit(whole.command);
  const after = whole.card.image();
  const count = whole.eeprom.writes - writes;
  expect(count).toBeGreaterThan(0);
  expect(equal(after, whole.before)).toBe(false);
  const seen = new Set<string>();
  for (let at = 0; at < count; at++)
    for (const where of ['before', 'within', 'behind'] as const) {
      const { eeprom, card, command, before } = prepared();
      eeprom.cut = { at: eeprom.writes + at, where };
      expect(() => card.transmit(command)).toThrow('power cut');
      const found = imageInForce(eeprom.bytes);
      const is = equal(found, before) ? 'before' : equal(found, after) ? 'after' : 'between';
      // Half of the last page may already be the whole of it, where the other half has not changed.
      const allowed =
        at < count - 1 || where === 'before' ? ['before'] : where === 'behind' ? ['after'] : ['before', 'after'];
      expect(allowed, `write ${at}, ${where}`).toContain(is);
      seen.add(is);
      // The same card, put in again, and a new one from the same bytes hold the same.
      eeprom.cut = null;
      expect(hex(card.transmit(bytes('0084000008')))).toBe('6F00');
      card.powerOn();
      expect(equal(card.image(), found)).toBe(true);
      expect(equal(open(eeprom).image(), found)).toBe(true);
      proves?.(card, is === 'after');
    }
  expect([...seen].sort()).toEqual(['after', 'before']);
}
