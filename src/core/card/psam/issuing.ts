import { equal, readUint } from '../../../kernel/bytes.ts';
import { encrypt } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw, triesLeft } from '../status-words.ts';
import { checkLine, decipherLine } from './line-protection.ts';
import {
  directoryOf,
  fileIn,
  keyIn,
  keyTries,
  masterFile,
  masterKeyOf,
  type PsamDirectory,
  type PsamFile,
  type PsamKey,
  type PsamMemory,
  rootKey,
  type Sam,
  type SamOutcome,
  withDirectory,
  withTries,
} from './memory.ts';
import { cipherOf, keyFileOf, keyFiles, keyType, keyTypes, typeOf } from './psam-keys.ts';
import { keyRecord_bytes } from './psam-layout.ts';

/** What all files together may take, and how many directories there may be: ours. */
export const capacity_bytes = 0x4000;
const mostDirectories = 8;

const refused = (status: number): SamOutcome => ({ status });

/** GET CHALLENGE: 4 or 8 bytes, 16 for 16-byte ciphers; good for the next command. */
export function getChallenge(sam: Sam, { p1, p2, le }: Command): SamOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (le !== 4 && le !== 8 && le !== 16) return refused(sw.wrongLength);
  const challenge = sam.random(le);
  return { status: sw.ok, data: challenge, session: { challenge } };
}

/**
 * EXTERNAL AUTHENTICATE: the challenge, filled up with 00 to a block, enciphered. P2 00 in the master file is the key that
 * rules the PSAM and lets files be made; else an external authentication key of the current directory.
 */
export function externalAuthenticate(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p1 !== 0) return refused(sw.wrongParameters);
  const { challenge, directory } = sam.session;
  const root = p2 === 0 && directory === masterFile;
  const key = root
    ? rootKey(sam.memory)
    : keyIn(directoryOf(sam.memory, directory), keyType.externalAuthentication, p2);
  const cipher = key && cipherOf(key.algorithm);
  if (!key || !cipher) return refused(sw.keyNotFound);
  if (key.tries === 0) return refused(sw.blocked);
  const block = cipher.family === 'sm4' ? 16 : 8;
  if (data.length !== block) return refused(sw.wrongLength);
  if (!challenge || challenge.length > block) return refused(sw.noChallenge);
  const padded = new Uint8Array(block);
  padded.set(challenge);
  const right = equal(encrypt(cipher.family, key.value, padded), data);
  const tries = right ? key.limit : key.tries - 1;
  const memory = withTries(sam.memory, key, tries);
  if (!right) return { status: tries === 0 ? sw.blocked : triesLeft(tries), memory };
  const session = root ? { authority: true } : { shown: new Set(sam.session.shown).add(p2) };
  return { status: sw.ok, memory, session };
}

/**
 * ERASE: back to a blank PSAM, as long as it is not issued, with MAC under the maker's key, which so is shown as well. An
 * issue that was interrupted begins again here, whatever keys were loaded.
 */
export function erase(sam: Sam, command: Command): SamOutcome {
  if (command.p2 !== 0) return refused(sw.wrongParameters);
  if (sam.memory.life === 'issued' || !sam.memory.transport) return refused(sw.conditions);
  const checked = checkLine(sam, command, sam.memory.transport);
  if (!('ok' in checked)) return checked;
  return {
    status: sw.ok,
    memory: { ...checked.memory, life: 'blank', directories: [] },
    session: { authority: true, directory: masterFile, file: null, shown: new Set(), delivered: null },
  };
}

const mayCreate = ({ memory, session }: Sam): boolean => memory.life !== 'issued' && session.authority;

/** What 42 bytes say of a directory (card.md 1.7): identifier 2, kind 10, name with its length, master key attributes 10. */
function readDirectory(data: Uint8Array): PsamDirectory | null {
  const [kind, length] = [data[2], data[15] as number];
  const [algorithm, errors] = [data[35] as number, data[40] as number];
  if (kind !== 0x10 || length === 0 || length > 16 || !cipherOf(algorithm)) return null;
  const tries = errors >> 4 || keyTries;
  return {
    fid: readUint(data, 0, 2),
    name: data.slice(16, 16 + length),
    master: { algorithm, tries },
    files: [],
    keys: [],
  };
}

export function createMasterFile(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (!mayCreate(sam)) return refused(sw.security);
  if (sam.memory.directories.length > 0) return refused(sw.conditions);
  const directory = readDirectory(data);
  if (directory?.fid !== masterFile) return refused(sw.wrongData);
  return { status: sw.ok, memory: { ...sam.memory, life: 'issuing', directories: [directory] } };
}

/** CREATE FILE: 42 bytes a directory under the master file, 8 bytes a file in the current directory. */
export function createFile(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (!mayCreate(sam)) return refused(sw.security);
  const current = directoryOf(sam.memory, sam.session.directory);
  if (!current) return refused(sw.fileNotFound);
  if (data.length === 42) return createDirectory(sam, current, data);
  return data.length === 8 ? createElementaryFile(sam, current, data) : refused(sw.wrongLength);
}

function createDirectory({ memory }: Sam, current: PsamDirectory, data: Uint8Array): SamOutcome {
  const directory = readDirectory(data);
  if (!directory || current.fid !== masterFile) return refused(sw.wrongData);
  const taken = memory.directories.some((it) => it.fid === directory.fid || equal(it.name, directory.name));
  if (taken || fileIn(current, directory.fid)) return refused(sw.wrongData);
  if (memory.directories.length >= mostDirectories) return refused(sw.noSpace);
  return { status: sw.ok, memory: { ...memory, directories: [...memory.directories, directory] } };
}

/** Identifier 2, kind (28 binary, 3F keys: as FMCOS numbers them), 00, size 2, rights to read and to update. */
function createElementaryFile({ memory }: Sam, current: PsamDirectory, data: Uint8Array): SamOutcome {
  const [fid, size] = [readUint(data, 0, 2), readUint(data, 4, 2)];
  const kind = data[2] === 0x28 ? 'binary' : data[2] === 0x3f ? 'keys' : null;
  const named = kind === 'keys' ? Object.values(keyFiles).some((it) => it === fid) : fid !== 0;
  if (!kind || !named || size === 0) return refused(sw.wrongData);
  const short = fid & 0x1f;
  if (directoryOf(memory, fid) || current.files.some((it) => (it.fid & 0x1f) === short)) return refused(sw.wrongData);
  const used = memory.directories.flatMap(({ files }) => files).reduce((sum, file) => sum + file.size, 0);
  if (used + size > capacity_bytes) return refused(sw.noSpace);
  const content = new Uint8Array(kind === 'binary' ? size : 0);
  const file: PsamFile = { fid, kind, size, read: data[6] as number, update: data[7] as number, content };
  return { status: sw.ok, memory: withDirectory(memory, { ...current, files: [...current.files, file] }) };
}

/**
 * CREATE KEY: usage, identifier, version, algorithm, 00000000, key; enciphered with its length before it, with MAC, under
 * the master key of the directory. That key itself comes under the one above it, and only before the end of issue.
 */
export function createKey(sam: Sam, command: Command): SamOutcome {
  const current = directoryOf(sam.memory, sam.session.directory);
  const file = fileIn(current, command.p2);
  if (!current || file?.kind !== 'keys') return refused(sw.fileNotFound);
  const own = masterKeyOf(current);
  const cover = own ?? rootKey(sam.memory);
  if (!own && sam.memory.life === 'issued') return refused(sw.keyNotFound);
  const checked = checkLine(sam, command, cover);
  if (!('ok' in checked)) return checked;
  const clear = decipherLine(cover as PsamKey, checked.data);
  const key = clear && readKey(file.fid, clear);
  if (!key) return { ...refused(sw.wrongData), memory: checked.memory };
  const isMaster = typeOf(key.usage) === keyType.master;
  const fits = isMaster ? !own && key.id === 0 && key.algorithm === current.master.algorithm : own !== undefined;
  if (!fits) return { ...refused(sw.wrongData), memory: checked.memory };
  const { tries } = current.master;
  return addKey(checked.memory, current.fid, file, isMaster ? { ...key, tries, limit: tries } : key);
}

function readKey(file: number, clear: Uint8Array): PsamKey | null {
  const [usage, id, version, algorithm] = [...clear.subarray(0, 4)] as [number, number, number, number];
  const value = clear.slice(8);
  if (clear.length < 16 || value.length !== cipherOf(algorithm)?.length || !keyTypes[typeOf(usage)]) return null;
  const home = keyFileOf(usage, id);
  if (home !== 'any' && home !== file) return null;
  return { file, usage, id, version, algorithm, value, tries: keyTries, limit: keyTries };
}

function addKey(memory: PsamMemory, fid: number, file: PsamFile, key: PsamKey): SamOutcome {
  const directory = directoryOf(memory, fid) as PsamDirectory;
  const same = (it: PsamKey) =>
    typeOf(it.usage) === typeOf(key.usage) && it.id === key.id && it.algorithm === key.algorithm;
  if (directory.keys.some(same)) return { status: sw.wrongData, memory };
  const inFile = directory.keys.filter((it) => it.file === file.fid).length;
  if ((inFile + 1) * keyRecord_bytes > file.size) return { status: sw.noSpace, memory };
  return { status: sw.ok, memory: withDirectory(memory, { ...directory, keys: [...directory.keys, key] }) };
}

/** CHANGE KEY: usage, identifier, version and the new key, under the directory's master key; it has all its tries again. */
export function changeKey(sam: Sam, command: Command): SamOutcome {
  const current = directoryOf(sam.memory, sam.session.directory);
  const master = masterKeyOf(current);
  if (fileIn(current, command.p2)?.kind !== 'keys') return refused(sw.fileNotFound);
  const checked = checkLine(sam, command, master);
  if (!('ok' in checked)) return checked;
  const clear = decipherLine(master as PsamKey, checked.data);
  const changed = clear && changeIn(checked.memory, sam.session.directory, command.p2, clear);
  return changed
    ? { status: sw.ok, memory: changed }
    : { status: clear ? sw.keyNotFound : sw.wrongData, memory: checked.memory };
}

function changeIn(memory: PsamMemory, fid: number, file: number, clear: Uint8Array): PsamMemory | null {
  const directory = directoryOf(memory, fid) as PsamDirectory;
  const [usage, id, version] = [clear[0], clear[1], clear[2] ?? 0];
  const value = clear.slice(3);
  const named = directory.keys.filter(
    (key) => key.file === file && key.usage === usage && key.id === id && key.value.length === value.length,
  );
  // A key of that name in both ciphers is told apart by the environment only, so it is not changed blindly.
  if (named.length !== 1) return null;
  const keys = directory.keys.map((key) => (key === named[0] ? { ...key, version, value, tries: key.limit } : key));
  return withDirectory(memory, { ...directory, keys });
}

/** END OF ISSUE: from here on files stand, and keys move only under the master key of their directory. */
export function endIssue(sam: Sam, command: Command): SamOutcome {
  if (command.p1 !== 0 || command.p2 !== 0) return refused(sw.wrongParameters);
  if (sam.memory.life !== 'issuing') return refused(sw.conditions);
  const checked = checkLine(sam, command, rootKey(sam.memory));
  if (!('ok' in checked)) return checked;
  return {
    status: sw.ok,
    memory: { ...checked.memory, life: 'issued', transport: null },
    session: { authority: false },
  };
}
