import type { Command } from '../apdu.ts';
import { guardedBits, keyTypeOf } from '../key-types.ts';
import { keysRoom } from '../memory-map.rules.ts';
import { sw } from '../status-words.ts';
import type { FileShape } from '../structure.ts';
import { keyOf, opens, withKey } from './access.ts';
import { keyValue, readKeyRecord } from './key-coding.ts';
import { isRefusal, trustedData } from './line-protection.ts';
import {
  type Card,
  type CardKey,
  type CardMemory,
  type ChipOutcome,
  current,
  type Directory,
  directoryAt,
  type Pin,
  refused,
  withDirectory,
} from './memory.ts';

const adding = 0x01;

/**
 * WRITE KEY into file 0000 of the current directory: P1 01 adds a key or PIN under the identifier P2, otherwise P1 is the
 * type of the key P2 to be replaced. Class 84 carries it enciphered with MAC.
 */
export function writeKey(card: Card, command: Command): ChipOutcome {
  const directory = current(card);
  const file = directory.shape.files.find(({ kind }) => kind === 'keys');
  if (!file) return refused(sw.fileNotFound);
  return command.p1 === adding ? addKey(card, directory, file, command) : replaceKey(card, directory, command);
}

function addKey(card: Card, directory: Directory, file: FileShape, command: Command): ChipOutcome {
  if (!opens(card, directory, file.update)) return refused(sw.security);
  const trusted = trustedData(card, directory, command, command.cla === 0x84 ? 'cipher' : file.protection);
  if (isRefusal(trusted)) return trusted;
  const { memory, data } = trusted;
  const now = directoryAt(memory, directory.shape.fid) as Directory;
  const made = readKeyRecord(memory.family, now.shape.manner, command.p2, data);
  if (typeof made === 'number') return { status: made, memory };
  if (holds(now, made)) return { status: sw.wrongData, memory };
  const grown: Directory =
    'digits' in made ? { ...now, pins: [...now.pins, made] } : { ...now, keys: [...now.keys, made] };
  const room = keysRoom(
    grown.keys.map(({ shape }) => shape),
    grown.pins.map(({ shape }) => shape),
  );
  if (room > file.size) return { status: sw.noSpace, memory };
  return { status: sw.ok, memory: withDirectory(memory, grown) };
}

const holds = (directory: Directory, made: CardKey | Pin): boolean =>
  'digits' in made
    ? directory.pins.some(({ shape }) => shape.id === made.shape.id)
    : keyOf(directory, made.shape.use, made.shape.id) !== null;

/** The new value of a key, with its new version in front if it gets one; its tries are full again. */
function replaceKey(card: Card, directory: Directory, command: Command): ChipOutcome {
  const type = keyTypeOf(command.p1);
  if (!type || (command.p1 & guardedBits) === 0x40) return refused(sw.wrongParameters);
  const held = keyOf(directory, type.use, command.p2);
  if (!held) return refused(sw.keyNotFound);
  if (!opens(card, directory, held.shape.changing)) return refused(sw.security);
  const trusted = trustedData(card, directory, command, command.cla === 0x84 || held.shape.guarded ? 'cipher' : 'none');
  if (isRefusal(trusted)) return trusted;
  const { memory, data } = trusted;
  const versioned = data.length % 8 === 1;
  const value = keyValue(memory.family, type.use, versioned ? data.slice(1) : data.slice());
  if (!value) return { status: sw.wrongLength, memory };
  const shape = versioned ? { ...held.shape, version: data[0] as number } : held.shape;
  return { status: sw.ok, memory: replaced(memory, directory, { shape, value, tries: shape.limit }) };
}

const replaced = (memory: CardMemory, directory: Directory, key: CardKey): CardMemory =>
  withDirectory(memory, withKey(directoryAt(memory, directory.shape.fid) as Directory, key));
