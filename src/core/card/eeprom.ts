import { crc32 } from 'node:zlib';
import { concat, readUint, uint } from '../../kernel/bytes.ts';
import { damaged } from './image.ts';
import type { MemoryStore } from './machine.ts';

/** Memory that keeps its bytes without power and is written in pages; a write may be cut anywhere. */
export type Eeprom = {
  /** All bytes there are. */
  read(): Uint8Array;
  /** Writes at a place, growing the memory if it ends before; throws when the world does not let it. */
  write(at: number, bytes: Uint8Array): void;
  /** Returns when what was written will outlive a loss of power. */
  settle?(): void;
};

const magic = Buffer.from('TJ1');
export const pageLength = 64;
/** Magic 3, room of a slot 4, and the rest of a page. */
const headLength = pageLength;
/** Commit number 4, length 4, CRC 4 over both and the image. */
const slotHead = 12;

type Slot = { readonly commit: number; readonly image: Uint8Array };

/** What an EEPROM holds: both slots as far as they are whole, and which is in force. */
type State = { readonly room: number; readonly slots: readonly [Slot | null, Slot | null]; readonly inForce: 0 | 1 };

/**
 * Two slots for one image: a commit writes into the one that is not in force, only the pages that differ from what stands
 * there, its head with number and checksum last. A cut at any write leaves the other slot, which is untouched, in force.
 */
export class ImageSlots {
  readonly #eeprom: Eeprom;
  #state: State;
  /** A write failed: what the EEPROM holds now is to be read again. */
  #stale = false;

  constructor(eeprom: Eeprom) {
    this.#eeprom = eeprom;
    this.#state = readSlots(eeprom.read());
  }

  /** The image in force. */
  read(): Uint8Array {
    const { slots, inForce } = this.#fresh();
    return (slots[inForce] as Slot).image;
  }

  /** Puts an image in force. A fault of the EEPROM comes through, and what was in force before still is. */
  commit(image: Uint8Array): void {
    const { room, slots, inForce } = this.#fresh();
    if (image.length + slotHead > room) throw damaged(`it has no room for ${image.length} bytes`);
    const target = inForce === 0 ? 1 : 0;
    const slot = { commit: (slots[inForce] as Slot).commit + 1, image };
    const [fresh, before] = [slotBytes(slot), slots[target]];
    const old = before ? slotBytes(before) : new Uint8Array();
    const base = headLength + target * room;
    this.#stale = true;
    // From the end to the front: the page with the head makes the rest valid.
    for (let at = fresh.length - pageLength; at >= 0; at -= pageLength) {
      const page = fresh.subarray(at, at + pageLength);
      if (page.every((byte, i) => old[at + i] === byte)) continue;
      if (at === 0) this.#eeprom.settle?.();
      this.#eeprom.write(base + at, page);
    }
    this.#eeprom.settle?.();
    this.#stale = false;
    this.#state = { room, inForce: target, slots: target === 0 ? [slot, slots[1]] : [slots[0], slot] };
  }

  #fresh(): State {
    if (this.#stale) this.#state = readSlots(this.#eeprom.read());
    this.#stale = false;
    return this.#state;
  }
}

/** Where a card of some kind keeps its memory: an EEPROM, through the image of its kind. */
export const storeIn = <Memory>(
  slots: ImageSlots,
  read: (image: Uint8Array) => Memory,
  write: (memory: Memory) => Uint8Array,
): MemoryStore<Memory> => ({ load: () => read(slots.read()), save: (memory) => slots.commit(write(memory)) });

/** Whether bytes are those of an EEPROM: an image begins otherwise. */
export const isEeprom = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

/** The image in force in the bytes of an EEPROM. */
export function imageInForce(bytes: Uint8Array): Uint8Array {
  const { slots, inForce } = readSlots(bytes);
  return (slots[inForce] as Slot).image;
}

/**
 * The bytes of a new EEPROM, for an image of a chip of `capacity` bytes. They end with the image: what was never written
 * reads as missing, and a file grows, with holes, by what is written.
 */
export function formatted(image: Uint8Array, capacity: number): Uint8Array {
  const head = new Uint8Array(headLength);
  head.set(concat(magic, uint(roomFor(capacity), 4)));
  return concat(head, slotBytes({ commit: 1, image }));
}

const wholePages = (length: number): number => Math.ceil(length / pageLength) * pageLength;

/** An image is never twice as long as the memory it stands for: rights and record lengths are what it has beyond. */
const roomFor = (capacity: number): number => wholePages(slotHead + 2 * capacity + 0x1000);

/** Head and image in whole pages. Commits are counted from 1; four bytes outlive any chip. */
function slotBytes({ commit, image }: Slot): Uint8Array {
  const bytes = new Uint8Array(wholePages(slotHead + image.length));
  const head = concat(uint(commit, 4), uint(image.length, 4));
  bytes.set(head);
  bytes.set(uint(crc32(image, crc32(head)), 4), head.length);
  bytes.set(image, slotHead);
  return bytes;
}

function readSlots(bytes: Uint8Array): State {
  if (!isEeprom(bytes) || bytes.length < headLength) throw damaged('it is no EEPROM of a card');
  const room = readUint(bytes, magic.length, 4);
  const slots = [readSlot(bytes, headLength, room), readSlot(bytes, headLength + room, room)] as const;
  const [first, second] = slots;
  if (!first && !second) throw damaged('neither of its slots is whole');
  return { room, slots, inForce: first && (!second || first.commit > second.commit) ? 0 : 1 };
}

function readSlot(bytes: Uint8Array, at: number, room: number): Slot | null {
  if (bytes.length < at + slotHead) return null;
  const [commit, length] = [readUint(bytes, at, 4), readUint(bytes, at + 4, 4)];
  if (commit === 0 || length + slotHead > room || at + slotHead + length > bytes.length) return null;
  const image = bytes.slice(at + slotHead, at + slotHead + length);
  return crc32(image, crc32(bytes.subarray(at, at + 8))) === readUint(bytes, at + 8, 4) ? { commit, image } : null;
}
