import { type Access, holderPin, masterFile } from '../structure.ts';
import {
  type Card,
  type CardKey,
  type CardMemory,
  type Directory,
  directoryOfToken,
  environmentOf,
  lineOf,
  type Pin,
  token,
} from './memory.ts';

/** Whether what was shown to the card opens something of a directory; a blank card is open to its issuer only. */
export function opens(card: Card, directory: Directory, access: Access): boolean {
  const { memory, session } = card;
  if (memory.life === 'blank') return session.issuer;
  if (access.rule === 'state') {
    const state = (fid: number) => session.states.get(fid) ?? 0;
    if (access.upper === 0) return state(masterFile) >= access.lower;
    const now = state(directory.shape.fid);
    return access.lower <= now && now <= access.upper;
  }
  const shown = (id: number) => (id === holderPin ? pinShown(card, directory) : keyShown(card, directory, id));
  return access.rule === 'any' ? access.of.some(shown) : access.of.every(shown);
}

/** Where an identifier looks for its key: in an SSC directory those below 80 belong to the environment. */
export const keyHome = (memory: CardMemory, directory: Directory, id: number): Directory =>
  directory.shape.manner === 'ssc' && id < 0x80 ? environmentOf(memory, directory) : directory;

export const keyShown = ({ memory, session }: Card, directory: Directory, id: number): boolean =>
  session.shown.has(token(keyHome(memory, directory, id).shape.fid, 'key', id));

/** The PIN that counts in a directory, with the directory it lies in: its own or the nearest above it. */
export function pinOf(memory: CardMemory, directory: Directory, id = 0): { home: Directory; pin: Pin } | null {
  for (const home of lineOf(memory, directory)) {
    const pin = home.pins.find(({ shape }) => shape.id === id);
    if (pin) return { home, pin };
  }
  return null;
}

function pinShown(card: Card, directory: Directory): boolean {
  const found = pinOf(card.memory, directory);
  return found !== null && card.session.shown.has(token(found.home.shape.fid, 'pin', 0));
}

/** What applications with money ask: the PIN was shown, or there is none to show. */
export function holderShown(card: Card, directory: Directory): boolean {
  return !pinOf(card.memory, directory)?.pin.digits || pinShown(card, directory);
}

export const keyOf = (directory: Directory, use: CardKey['shape']['use'], id: number): CardKey | null =>
  directory.keys.find(({ shape }) => shape.use === use && shape.id === id) ?? null;

/** The directory with one key changed. */
export const withKey = (directory: Directory, key: CardKey): Directory => ({
  ...directory,
  keys: directory.keys.map((it) => (it.shape.use === key.shape.use && it.shape.id === key.shape.id ? key : it)),
});

export const withPin = (directory: Directory, pin: Pin): Directory => ({
  ...directory,
  pins: directory.pins.map((it) => (it.shape.id === pin.shape.id ? pin : it)),
});

/** What is still shown after another directory was selected: what belongs to it or to one above it. */
export function keptFor({ memory, session }: Card, directory: Directory): Pick<Card['session'], 'shown' | 'states'> {
  const { shown, states } = session;
  if (shown.size === 0 && states.size === 0) return { shown, states };
  const line = new Set(lineOf(memory, directory).map(({ shape }) => shape.fid));
  return {
    shown: new Set([...shown].filter((it) => line.has(directoryOfToken(it)))),
    states: new Map([...states].filter(([fid]) => line.has(fid))),
  };
}
