import type { Words } from '../../../core/keys/explain/contract.ts';

/** One exchange of a log: hex in capitals, `*` where the log masks. `response` null: the card was gone. */
export type Logged = { readonly slot: string; readonly command: string; readonly response: string | null };

export type LogRead =
  | { readonly ok: true; readonly entries: readonly Logged[] }
  | { readonly ok: false; readonly words: Words };

/** The most exchanges replayed at once: five times what a payment takes. */
export const mostEntries = 500;

/**
 * The exchanges of an APDU log in any form the platform writes: the log itself (a list, or one entry a line), what a
 * terminal uploads (`apdus`), or a whole trace (`stations.chip.entries`). Slots `card` and `psam` are `user` and `sam`.
 */
export function readLog(text: string): LogRead {
  const entries = entriesOf(text);
  if (!entries)
    return no(
      '不是 APDU 记录；应为 JSON，每条有 command 与 response',
      'not an APDU log; it is JSON whose entries have command and response',
    );
  if (entries.length === 0) return no('记录是空的', 'the log is empty');
  if (entries.length > mostEntries) return no(`最多 ${mostEntries} 条`, `at most ${mostEntries} entries`);
  const logged: Logged[] = [];
  for (const [i, entry] of entries.entries()) {
    const read = loggedOf(entry);
    if (!read)
      return no(`第 ${i + 1} 条没有十六进制的 command 或 response`, `entry ${i + 1} has no command or response in hex`);
    logged.push(read);
  }
  return { ok: true, entries: logged };
}

const no = (zh: string, en: string): LogRead => ({ ok: false, words: { zh, en } });

function entriesOf(text: string): readonly unknown[] | null {
  const whole = json(text);
  if (whole !== undefined) return listIn(whole);
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(json);
  return lines.length > 0 && lines.every((line) => line !== undefined) ? lines : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Loose = { readonly [name: string]: Loose | undefined } | null | undefined;

function listIn(whole: unknown): readonly unknown[] | null {
  if (Array.isArray(whole)) return whole;
  const loose = typeof whole === 'object' ? (whole as Loose) : null;
  const found: unknown = loose?.apdus ?? loose?.stations?.chip?.entries ?? loose?.entries;
  return Array.isArray(found) ? found : loose?.command === undefined ? null : [whole];
}

const slots: Readonly<Record<string, string>> = { card: 'user', psam: 'sam' };

function loggedOf(entry: unknown): Logged | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { slot = 'user', command, response } = entry as Record<string, unknown>;
  if (typeof slot !== 'string' || !isMasked(command) || !(response === null || response === '' || isMasked(response)))
    return null;
  return {
    slot: Object.hasOwn(slots, slot) ? (slots[slot] as string) : slot,
    command: (command as string).toUpperCase(),
    response: response === null || response === '' ? null : (response as string).toUpperCase(),
  };
}

const isMasked = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 1_040 && /^([0-9A-Fa-f*]{2})+$/.test(text);
