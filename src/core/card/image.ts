import { crc32 } from 'node:zlib';
import { concat, readUint, uint } from '../../kernel/bytes.ts';
import { CardFault } from './fault.ts';

/** Writes the parts of an image one after the other; `seal` closes it with its checksum. */
export class ImageWriter {
  readonly #parts: Uint8Array[] = [];

  constructor(kind: string, version: number) {
    this.#parts.push(Buffer.from(kind), Uint8Array.of(version));
  }

  number(value: number, length: number): this {
    this.#parts.push(uint(value, length));
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#parts.push(value);
    return this;
  }

  /** Bytes with their length; null is told from an empty piece. */
  piece(value: Uint8Array | null): this {
    return value ? this.number(value.length + 1, 2).bytes(value) : this.number(0, 2);
  }

  seal(): Uint8Array {
    const body = concat(...this.#parts);
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
    return readUint(this.#take(length));
  }

  bytes(length: number): Uint8Array {
    return this.#take(length).slice();
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

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#end) throw damaged('it ends too early');
    this.#at += length;
    return this.#image.subarray(this.#at - length, this.#at);
  }
}

export const damaged = (why: string): CardFault =>
  new CardFault('card.image_damaged', `the card image is damaged: ${why}`);
