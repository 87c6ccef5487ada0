import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatedReader } from '../../core/card/index.ts';
import { type CardDesk, ComponentCard, type ComponentCardImage } from '../../operations/custody/index.ts';

/**
 * The custodians' card desk of a demonstration: a reader, a pile of blank cards, and a drawer. Each file is a simulated
 * chip with what a chip holds; a real desk has a reader instead.
 */
export function demoCardDesk(drawer: string): CardDesk {
  const file = (item_id: string): string => join(drawer, `${item_id}.json`);
  return (item_id) => {
    if (item_id !== null && !existsSync(file(item_id))) return null;
    const image =
      item_id === null ? undefined : (JSON.parse(readFileSync(file(item_id), 'utf8')) as ComponentCardImage);
    const card = new ComponentCard(image);
    const reader = new SimulatedReader(['card']);
    reader.insert('card', card);
    const keep = (under: string): void => {
      mkdirSync(drawer, { recursive: true, mode: 0o700 });
      writeFileSync(`${file(under)}.draft`, JSON.stringify(card.image()), { mode: 0o600 });
      renameSync(`${file(under)}.draft`, file(under));
    };
    return { reader, slot: 'card', keep };
  };
}
