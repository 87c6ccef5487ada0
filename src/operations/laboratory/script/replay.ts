import { CardFault, describeAnswer } from '../../../core/card/index.ts';
import type { Words } from '../../../core/keys/explain/contract.ts';
import { hex, parseHex } from '../../../kernel/bytes.ts';
import { decodeCommand, nameOf } from '../decode/apdu.ts';
import type { Logged } from './apdu-log.ts';
import { type Bench, slotOf } from './bench.ts';
import type { Exchanged } from './report.ts';

/**
 * same; fresh: only randoms, MACs and what hangs on them differ, as they must; parted: another status word or other data;
 * passed: not sent, because the log masks a PIN that was not given.
 */
export type ReplayState = 'same' | 'fresh' | 'parted' | 'passed';

export type Replayed = {
  /** From 1, in the order of the log. */
  readonly number: number;
  readonly slot: string;
  readonly state: ReplayState;
  readonly command: Exchanged;
  /** Hex, masked as the log has it; null where the card was gone. */
  readonly recorded: string | null;
  readonly came: string | null;
  /** First byte that differs, from 1, and the field it lies in. */
  readonly difference: { readonly at: number; readonly field: Words | null } | null;
};

export type ReplayReport = { readonly ok: boolean; readonly parted: number; readonly entries: readonly Replayed[] };

/** What a card makes anew each time, or computes from that (names of the fields in `core/card`). */
const fresh: ReadonlySet<string> = new Set([
  'challenge',
  'random',
  'MAC',
  'MAC1',
  'MAC2',
  'TAC',
  'authentication data',
  'ciphertext or MAC',
]);

/**
 * Sends the commands of a log again, one for one, and compares the answers. `pin`: its digits packed, for commands whose
 * PIN the log masks. A card that is given other randoms answers otherwise: that is told apart from a real difference.
 */
export async function replay(entries: readonly Logged[], bench: Bench, pin: Uint8Array | null): Promise<ReplayReport> {
  const powered = new Set<string>();
  /** The command an answer belongs to, by slot: GET RESPONSE fetches that of the command before. */
  const asked = new Map<string, Uint8Array>();
  const replayed: Replayed[] = [];
  for (const [i, logged] of entries.entries()) {
    const command = unmasked(logged.command, pin);
    const shown = command ?? parseHex(logged.command.replaceAll('*', '0')) ?? new Uint8Array();
    const entry = {
      number: i + 1,
      slot: logged.slot,
      command: {
        hex: command ? hex(command) : logged.command,
        name: nameOf(shown),
        lines: command ? decodeCommand(command) : [],
      },
      recorded: logged.response,
    };
    if (!command) {
      replayed.push({ ...entry, state: 'passed', came: null, difference: null });
      continue;
    }
    if (command[1] !== 0xc0) asked.set(logged.slot, command);
    const came = await sent(bench, powered, logged.slot, command);
    replayed.push({
      ...entry,
      came: came && hex(came),
      ...compared(logged.response, came, asked.get(logged.slot) ?? command),
    });
  }
  for (const slot of powered) await bench.reader.disconnect(slot).catch(() => undefined);
  const parted = replayed.filter(({ state }) => state === 'parted').length;
  return { ok: parted === 0, parted, entries: replayed };
}

/** A masked command with the PIN put in where it fits; null when it cannot be known. */
function unmasked(command: string, pin: Uint8Array | null): Uint8Array | null {
  if (!command.includes('*')) return parseHex(command);
  const hidden = /\*+/.exec(command)?.[0] ?? '';
  return pin && hidden.length === pin.length * 2 ? parseHex(command.replace(hidden, hex(pin))) : null;
}

async function sent(bench: Bench, powered: Set<string>, name: string, command: Uint8Array): Promise<Uint8Array | null> {
  const slot = slotOf(bench.reader, name);
  if (slot === null) return null;
  try {
    if (!powered.has(slot)) await bench.reader.connect(slot);
    powered.add(slot);
    return await bench.reader.transmit(slot, command);
  } catch (fault) {
    powered.delete(slot);
    if (fault instanceof CardFault) return null;
    throw fault;
  }
}

function compared(
  recorded: string | null,
  came: Uint8Array | null,
  command: Uint8Array,
): Pick<Replayed, 'state' | 'difference'> {
  if (recorded === null || came === null)
    return recorded === null && came === null
      ? { state: 'same', difference: null }
      : { state: 'parted', difference: { at: 1, field: null } };
  const answer = hex(came);
  const at = differsAt(recorded, answer);
  if (at === null) return { state: 'same', difference: null };
  const status = recorded.slice(-4) !== answer.slice(-4) || recorded.length !== answer.length;
  const fields = status ? [] : differingFields(recorded, came, command);
  const only = fields.length > 0 && fields.every((field) => fresh.has(field.en));
  return { state: only ? 'fresh' : 'parted', difference: { at: at + 1, field: fields[0] ?? null } };
}

/** First byte in which they differ; a masked half-byte differs from nothing. */
function differsAt(recorded: string, answer: string): number | null {
  const length = Math.max(recorded.length, answer.length);
  for (let i = 0; i < length; i++)
    if (recorded.charAt(i) !== answer.charAt(i) && recorded.charAt(i) !== '*') return Math.floor(i / 2);
  return null;
}

/** Names of the fields that differ, as the description of both answers has them. */
function differingFields(recorded: string, came: Uint8Array, command: Uint8Array): readonly Words[] {
  const answer = hex(came);
  // What the log masks is taken over, so that it is no difference.
  const filled = [...recorded].map((digit, i) => (digit === '*' ? answer.charAt(i) : digit)).join('');
  const before = describeAnswer(parseHex(filled) ?? came, command);
  const now = describeAnswer(came, command);
  return now.flatMap(({ label, value }, i) => (before[i]?.value === value ? [] : [label]));
}
