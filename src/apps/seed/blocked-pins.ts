import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from '../../../sim/city/index.ts';
import { sw } from '../../core/card/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import { keepImage } from '../../field/desk/index.ts';
import { assert } from '../../kernel/assert.ts';
import { bytes, readUint } from '../../kernel/bytes.ts';
import { issueChip } from '../../operations/issuance/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import { demoPin } from './users.ts';

/** VERIFY with 000000, which nobody has. */
const wrongPin = bytes('0020000003000000');
const most_tries = 15;

/** The named people whose PIN is blocked got there as people do: by typing it wrong until the chip closed. */
export async function blockPins(sql: Sql, city: City, keys: KeyStore, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const named = new Set(city.demo.map(({ card_number }) => card_number));
  for (const { card_number } of city.cards.filter(
    (card) => card.state === 'pin_blocked' && named.has(card.card_number),
  )) {
    const issued = await issueChip(sql, keys, card_number, demoPin);
    assert(issued.granted, 'card of the city');
    const chip = issued.value;
    chip.powerOn();
    let tries = 0;
    while (readUint(chip.transmit(wrongPin)) !== sw.blocked)
      assert(++tries < most_tries, 'a chip closes after wrong PINs');
    chip.powerOff();
    keepImage(join(folder, `${card_number}.chip`), chip.image());
  }
}
