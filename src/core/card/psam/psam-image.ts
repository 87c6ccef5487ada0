import { historyLength } from '../atr.ts';
import { damaged, ImageReader, ImageWriter } from '../image.ts';
import type { PsamDirectory, PsamFile, PsamKey, PsamLife, PsamMemory } from './memory.ts';
import { cipherOf, psamKeyOrder } from './psam-keys.ts';
import { type NamedKey, psamLayout } from './psam-layout.ts';

const kind = 'TP';
const version = 2;
const lives: readonly PsamLife[] = ['blank', 'issuing', 'issued'];
const fileKinds: readonly PsamFile['kind'][] = ['binary', 'keys'];

export function writeImage(memory: PsamMemory): Uint8Array {
  const out = new ImageWriter(kind, version)
    .bytes(memory.history)
    .number(lives.indexOf(memory.life), 1)
    .number(memory.transport ? 1 : 0, 1);
  if (memory.transport) writeKey(out, memory.transport);
  out.number(memory.directories.length, 1);
  for (const directory of memory.directories) {
    out.number(directory.fid, 2).piece(directory.name);
    out.number(directory.master.algorithm, 1).number(directory.master.tries, 1).number(directory.files.length, 1);
    for (const { fid, kind, size, read, update, content } of directory.files)
      out
        .number(fid, 2)
        .number(fileKinds.indexOf(kind), 1)
        .number(size, 2)
        .number(read, 1)
        .number(update, 1)
        .piece(content);
    out.number(directory.keys.length, 1);
    for (const key of directory.keys) writeKey(out, key);
  }
  return out.seal();
}

function writeKey(out: ImageWriter, { file, usage, id, version, algorithm, tries, limit, value }: PsamKey): void {
  out.number(file, 2);
  for (const byte of [usage, id, version, algorithm, tries, limit]) out.number(byte, 1);
  out.piece(value);
}

/** Reads a memory of this or of the first version; anything that does not fit is a fault. */
export function readImage(image: Uint8Array): PsamMemory {
  if (image[kind.length] === 1) return readFirstVersion(image);
  const from = new ImageReader(image, kind, version);
  const history = from.bytes(historyLength);
  const life = lives[from.number(1)];
  if (!life) throw damaged('its life is unknown');
  const transport = from.number(1) === 1 ? readKey(from) : null;
  const directories = from.list(1, () => readDirectory(from));
  from.end();
  return { history, life, transport, directories };
}

function readDirectory(from: ImageReader): PsamDirectory {
  const fid = from.number(2);
  const name = from.piece() ?? new Uint8Array();
  const master = { algorithm: from.number(1), tries: from.number(1) };
  return { fid, name, master, files: from.list(1, () => readFile(from)), keys: from.list(1, () => readKey(from)) };
}

function readFile(from: ImageReader): PsamFile {
  const fid = from.number(2);
  const kind = fileKinds[from.number(1)];
  const [size, read, update] = [from.number(2), from.number(1), from.number(1)];
  const content = from.piece();
  if (!kind || !content || content.length !== (kind === 'binary' ? size : 0)) throw damaged('a file has another size');
  return { fid, kind, size, read, update, content };
}

function readKey(from: ImageReader): PsamKey {
  const file = from.number(2);
  const [usage, id, version, algorithm] = [from.number(1), from.number(1), from.number(1), from.number(1)];
  const [tries, limit] = [from.number(1), from.number(1)];
  const value = from.piece();
  if (!value || value.length !== cipherOf(algorithm)?.length) throw damaged('it has a key of another length');
  return { file, usage, id, version, algorithm, tries, limit, value };
}

/** Version 1 knew one set of files and named keys: PSAMs at work in terminals go on with their count and their keys. */
function readFirstVersion(image: Uint8Array): PsamMemory {
  const from = new ImageReader(image, kind, 1);
  const [history, serial, terminalNumber] = [from.bytes(historyLength), from.bytes(10), from.bytes(6)];
  const sequence = from.number(4);
  const [first, last] = [from.bytes(4), from.bytes(4)];
  const keys = from.list(1, () => readNamedKey(from));
  from.end();
  const identity = { history, serial, terminalNumber, from: first, through: last };
  return { history, life: 'issued', transport: null, directories: psamLayout(identity, sequence, keys) };
}

function readNamedKey(from: ImageReader): NamedKey {
  const name = psamKeyOrder[from.number(1)];
  if (!name) throw damaged('it has a key we do not know');
  return { name, family: from.number(1) === 1 ? 'sm4' : 'des', value: from.bytes(16) };
}
