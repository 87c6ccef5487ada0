import type { DirectoryShape, FileShape, KeyShape, PinShape } from './structure.ts';

/** Header sizes as FMCOS counts them (README): a directory's name stands in its header. */
export const systemArea = 32;
const header = 11;
export const keyBytes = 24;
export const pinBytes = 16;
/** Registers of the medical account, 20 bytes, and the proofs of a load and a settlement. */
export const accountBytes = 40;
/** Balance 4, limit 3, two counters 2 each, and 10 for the proof of each transaction type: ED has five, EP four. */
export const purseBytes = (fid: number): number => 11 + 10 * (fid === 0x0001 ? 5 : 4);

export const directoryHeader = (directory: Pick<DirectoryShape, 'name'>): number => header + directory.name.length;
export const fileHeader = header;

/** What a file takes of its directory. */
export const fileRoom = (file: FileShape): number => fileHeader + file.size;

/** What a directory takes of the one above it. */
export const directoryRoom = (directory: Pick<DirectoryShape, 'name' | 'size'>): number =>
  directoryHeader(directory) + directory.size;

/** Bytes still free in a directory, given the directories directly below it. */
export const freeRoom = (directory: DirectoryShape, below: readonly DirectoryShape[]): number =>
  directory.size -
  directory.files.reduce((sum, file) => sum + fileRoom(file), 0) -
  below.reduce((sum, child) => sum + directoryRoom(child), 0);

/** What the MF may hold on a card of a capacity. */
export const masterRoom = (capacity: number, name: Uint8Array): number =>
  capacity - systemArea - directoryHeader({ name });

/** What keys and PINs take of a key file. */
export const keysRoom = (keys: readonly KeyShape[], pins: readonly PinShape[]): number =>
  keys.length * keyBytes + pins.length * pinBytes;
