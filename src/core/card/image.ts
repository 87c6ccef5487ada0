import { crc32 } from 'node:zlib';
import { assert } from '../../kernel/assert.ts';
import { concat, readUint, uint } from '../../kernel/bytes.ts';
import { CardFault } from './fault.ts';

/** Writes the parts of an image one after the other; `seal` closes it with its checksum. */
export class ImageWriter {
  #buffer = new Uint8Array(1024);
  #length = 0;

  constructor(kind: string, version: number) {
    this.bytes(Buffer.from(kind)).number(version, 1);
  }

  /** An unsigned number of up to 4 bytes. */
  number(value: number, length: number): this {
    assert(Number.isInteger(value) && value >= 0 && value < 256 ** length, 'a number fits its bytes');
    const at = this.#grow(length);
    for (let i = 0, rest = value; i < length; i++, rest = Math.floor(rest / 256))
      this.#buffer[at + length - 1 - i] = rest & 0xff;
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#buffer.set(value, at);
    return this;
  }

  /** Makes room at the end and returns where it begins. */
  #grow(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#buffer.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    return at;
  }

  /** Bytes with their length; null is told from an empty piece. */
  piece(value: Uint8Array | null): this {
    return value ? this.number(value.length + 1, 2).bytes(value) : this.number(0, 2);
  }

  seal(): Uint8Array {
    const body = this.#buffer.subarray(0, this.#length);
    return concat(body, uint(crc32(body), 4));
  }
}

/** Reads an image; anything that does not fit is a fault, and the checksum is tried first. */
export class ImageReader {
  readonly #image: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(image: Uint8Array, kind: string, version: number) {
    this.#image = image;
    this.#end = image.length - 4;
    this.#at = kind.length + 1;
    const head = concat(Buffer.from(kind), Uint8Array.of(version));
    if (this.#end < head.length || !head.every((byte, i) => image[i] === byte))
      throw damaged(`not an image of kind ${kind} version ${version}`);
    if (crc32(image.subarray(0, this.#end)) !== readUint(image, this.#end, 4)) throw damaged('its checksum is wrong');
  }

  number(length: number): number {
    this.#skip(length);
    return readUint(this.#image, this.#at - length, length);
  }

  bytes(length: number): Uint8Array {
    this.#skip(length);
    return this.#image.slice(this.#at - length, this.#at);
  }

  piece(): Uint8Array | null {
    const length = this.number(2);
    return length === 0 ? null : this.bytes(length - 1);
  }

  list<T>(lengthBytes: number, read: () => T): T[] {
    return Array.from({ length: this.number(lengthBytes) }, read);
  }

  end(): void {
    if (this.#at !== this.#end) throw damaged('it has more bytes than it should');
  }

  #skip(length: number): void {
    if (this.#at + length > this.#end) throw damaged('it ends too early');
    this.#at += length;
  }
}

export const damaged = (why: string): CardFault =>
  new CardFault('card.image_damaged', `the card image is damaged: ${why}`);
