import { assert } from '../../kernel/assert.ts';
import { bytes, hex } from '../../kernel/bytes.ts';
import { mutated, statusGroup, statusOf } from './chip.fuzz.ts';
import type { CommandSpec } from './command-table.ts';
import { type Dice, generator, pick, randomBytes } from './dice.fixture.ts';
import type { FuzzReport } from './fuzz-program.ts';
import type { Insertable } from './reader.ts';
import { isKnownStatus } from './status-words.ts';

/** A kind of card to be fuzzed. */
export type Subject = {
  /** A card in its first state, powered, perhaps a few right commands further. */
  readonly fresh: (dice: Dice) => Insertable & { image(): Uint8Array };
  readonly commands: Readonly<Record<string, CommandSpec>>;
  /** Right commands that need no secret, alone or in an order that means something, hex. */
  readonly wellFormed: readonly (readonly string[])[];
  /** Bytes that no answer may carry: keys, PINs. */
  readonly secrets: readonly Uint8Array[];
  /** What no sequence without keys may change, as text. */
  readonly essence: (image: Uint8Array) => string;
};

function fromTable(dice: Dice, specs: readonly CommandSpec[]): Uint8Array {
  const spec = pick(dice, specs);
  const [least, most] = spec.data ?? [0, 0];
  const data = randomBytes(dice, Math.min(255, least + dice(most - least + 1) + (dice(8) === 0 ? 1 : 0)));
  const p1 = spec.p1 ?? (dice(2) === 0 ? 0 : dice(256));
  const p2 = pick(dice, [0, 1, 4, 0x0c, 0x11, 0x80, dice(256)]);
  const length = data.length > 0 ? [data.length] : [pick(dice, [0, 4, 8, 16, dice(256)])];
  return Uint8Array.from([pick(dice, spec.cla), spec.ins, p1, p2, ...length, ...data]);
}

/**
 * Sends `count` commands, noise, random ones of the table, right ones and right ones with a fault, to cards that are put
 * back to their first state every 200 commands. A card that throws, gives an unknown status word, tells a secret, changes
 * what only keys may change, or whose image does not read back, ends the run with a bug that names seed and command.
 */
export function fuzzMachine(subject: Subject, of: { readonly count: number; readonly seed: number }): FuzzReport {
  const dice = generator(of.seed);
  const specs = Object.values(subject.commands);
  const orders = subject.wellFormed.map((order) => order.map(bytes));
  const statuses: Record<string, number> = {};
  const began = performance.now();
  for (let sent = 0; sent < of.count; ) {
    const card = subject.fresh(dice);
    const before = subject.essence(card.image());
    let next: Uint8Array[] = [];
    for (let i = 0; i < 200 && sent < of.count; i++, sent++) {
      if (next.length === 0) next = commands(dice, specs, orders);
      const apdu = next.shift() as Uint8Array;
      const response = card.transmit(apdu);
      const at = `seed ${of.seed}, command ${sent}: ${hex(apdu)} → ${hex(response)}`;
      const status = statusOf(response);
      assert(response.length >= 2 && response.length <= 258 && isKnownStatus(status), `no right answer, ${at}`);
      assert(!subject.secrets.some((secret) => Buffer.from(response).includes(secret)), `a secret was told, ${at}`);
      const group = statusGroup(status);
      statuses[group] = (statuses[group] ?? 0) + 1;
    }
    assert(subject.essence(card.image()) === before, `changed without keys, seed ${of.seed}, before command ${sent}`);
  }
  return { sent: of.count, statuses, seconds: (performance.now() - began) / 1000 };
}

function commands(dice: Dice, specs: readonly CommandSpec[], orders: readonly (readonly Uint8Array[])[]): Uint8Array[] {
  const kind = dice(10);
  if (kind < 1) return [randomBytes(dice, dice(4) === 0 ? dice(300) : dice(12))];
  if (kind < 4) return [fromTable(dice, specs)];
  const order = [...pick(dice, orders)];
  if (kind < 8) return order;
  const at = dice(order.length);
  return order.with(at, mutated(dice, order[at] as Uint8Array));
}
