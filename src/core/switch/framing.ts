/** The stream cannot be read on: where the next frame begins is unknown, so the connection must be closed. */
export type FramingFault = { readonly code: 'frame_length'; readonly what: string };

/** Far above the longest message of the profile. */
const longestBody = 4096;

/**
 * Cuts a TCP stream into bodies. Bodies that arrive whole are views of the chunk; only a body split over chunks is
 * copied. Holds at most one partial body, never longer than `limit_bytes`.
 */
export class FrameDecoder {
  readonly #limit_bytes: number;
  /** Bytes of the frame under way: the length first, then the body. */
  #partial: Uint8Array = new Uint8Array(0);
  #held = 0;

  constructor(limit_bytes = longestBody) {
    this.#limit_bytes = limit_bytes;
  }

  /** Bytes of a frame that has begun and not ended: a peer that leaves it so for long is too slow. */
  get held_bytes(): number {
    return this.#held;
  }

  /** Takes the next bytes of the stream; calls `deliver` for every body completed by them, in order. */
  push(chunk: Uint8Array, deliver: (body: Uint8Array) => void): FramingFault | null {
    let at = 0;
    if (this.#held > 0) {
      at = this.#fill(chunk, at, 2);
      if (this.#held < 2) return null;
      const length = ((this.#partial[0] as number) << 8) | (this.#partial[1] as number);
      if (length === 0 || length > this.#limit_bytes) return this.#wrong(length);
      at = this.#fill(chunk, at, 2 + length);
      if (this.#held < 2 + length) return null;
      const body = this.#partial.subarray(2, 2 + length);
      this.#partial = new Uint8Array(0);
      this.#held = 0;
      deliver(body);
    }
    while (chunk.length - at >= 2) {
      const length = ((chunk[at] as number) << 8) | (chunk[at + 1] as number);
      if (length === 0 || length > this.#limit_bytes) return this.#wrong(length);
      if (chunk.length - at - 2 < length) break;
      const from = at + 2;
      at = from + length;
      deliver(chunk.subarray(from, at));
    }
    this.#fill(chunk, at, this.#held + chunk.length - at);
    return null;
  }

  /** Moves bytes of `chunk` from `at` on until `wanted` are held; answers where it stopped. */
  #fill(chunk: Uint8Array, at: number, wanted: number): number {
    const take = Math.min(wanted - this.#held, chunk.length - at);
    if (take <= 0) return at;
    if (this.#held + take > this.#partial.length) {
      // Room grows with what has come, not with what the length promises: an idle peer costs nothing.
      const room = new Uint8Array(Math.max(wanted <= 2 ? 2 : 64, 2 * (this.#held + take)));
      room.set(this.#partial.subarray(0, this.#held));
      this.#partial = room;
    }
    this.#partial.set(chunk.subarray(at, at + take), this.#held);
    this.#held += take;
    return at + take;
  }

  #wrong(length: number): FramingFault {
    this.#partial = new Uint8Array(0);
    this.#held = 0;
    return { code: 'frame_length', what: `a frame of ${length} bytes; 1 to ${this.#limit_bytes} are allowed` };
  }
}
