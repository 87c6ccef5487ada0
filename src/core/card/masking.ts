import { hex } from '../../kernel/bytes.ts';
import { type CommandSpec, cardCommands } from './command-table.ts';

/** Instructions that carry a PIN in the clear, whatever their class. */
const secret = new Set(
  Object.values<CommandSpec>(cardCommands)
    .filter((spec) => spec.sends.some((field) => field.coding === 'secret'))
    .map((spec) => spec.ins),
);

export const carriesPin = (apdu: Uint8Array): boolean => secret.has(apdu[1] ?? 0);

/** A command as hex, every digit of a PIN replaced by `*`: the length of a PIN may be known, its digits never. */
export function maskCommand(apdu: Uint8Array): string {
  const text = hex(apdu);
  return carriesPin(apdu) ? text.slice(0, 10) + '*'.repeat(Math.max(0, text.length - 10)) : text;
}
