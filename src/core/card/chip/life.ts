import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { keyShown } from './access.ts';
import { isRefusal, trustedData } from './line-protection.ts';
import {
  type ApplicationLife,
  type Card,
  type CardMemory,
  type ChipOutcome,
  current,
  directoryAt,
  environmentOf,
  refused,
  token,
  withDirectory,
} from './memory.ts';

/** The key whose authentication opens blocking in the social-security environment (BK, LD9 annex B). */
const blockKey = 0x05;

/** APPLICATION BLOCK of the current directory, for a time (P2 00) or for ever (01). */
export const blockApplication = (card: Card, command: Command): ChipOutcome =>
  command.p1 === 0 && command.p2 <= 1
    ? changed(card, command, withLife(card, command.p2 === 0 ? 'blocked' : 'blocked-for-ever'))
    : refused(sw.wrongParameters);

export function unblockApplication(card: Card, command: Command): ChipOutcome {
  if (command.p1 !== 0 || command.p2 !== 0) return refused(sw.wrongParameters);
  if (current(card).life !== 'blocked') return refused(sw.conditions);
  return changed(card, command, withLife(card, 'active'));
}

export const blockCard = (card: Card, command: Command): ChipOutcome =>
  command.p1 === 0 && command.p2 === 0
    ? changed(card, command, (memory) => ({ ...memory, life: 'blocked' }))
    : refused(sw.wrongParameters);

const withLife =
  ({ session }: Card, life: ApplicationLife) =>
  (memory: CardMemory): CardMemory => {
    const directory = directoryAt(memory, session.directory);
    return directory ? withDirectory(memory, { ...directory, life }) : memory;
  };

/** SSC: block key shown, and MAC; PBOC: MAC under the application's own maintenance key. A card must be in use. */
function changed(card: Card, command: Command, change: (memory: CardMemory) => CardMemory): ChipOutcome {
  const directory = current(card);
  if (card.memory.life === 'blank') return refused(sw.conditions);
  const ssc = directory.shape.manner === 'ssc';
  if (ssc && !keyShown(card, directory, blockKey)) return refused(sw.security);
  const trusted = trustedData(card, directory, command, 'mac');
  if (isRefusal(trusted)) return trusted;
  // A blocked application keeps no right that was shown to it, but may be unblocked in the same session.
  const environment = environmentOf(card.memory, directory).shape.fid;
  const shown = new Set(ssc ? [token(environment, 'key', blockKey)] : []);
  return { status: sw.ok, memory: change(trusted.memory), session: { shown, states: new Map() } };
}

/** END OF ISSUE: with MAC under the transport key, which goes; from now on the access conditions hold. */
export function endIssue(card: Card, command: Command): ChipOutcome {
  if (command.p1 !== 0 || command.p2 !== 0) return refused(sw.wrongParameters);
  if (card.memory.life !== 'blank') return refused(sw.conditions);
  if (!card.session.issuer) return refused(sw.security);
  const trusted = trustedData(card, current(card), command, 'mac');
  if (isRefusal(trusted)) return trusted;
  return {
    status: sw.ok,
    memory: { ...card.memory, life: 'active', transport: null },
    session: { issuer: false, shown: new Set(), states: new Map() },
  };
}
