/** A map that forgets what was used longest ago. */
export class Cache<V> {
  readonly #entries = new Map<string, V>();
  readonly #limit: number;
  readonly #forgotten: (value: V) => void;

  constructor(limit: number, forgotten: (value: V) => void = () => {}) {
    this.#limit = limit;
    this.#forgotten = forgotten;
  }

  /** The value under `key`, made once if it is not there. */
  get(key: string, make: () => V): V {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const value = make();
    const oldest = this.#entries.entries().next();
    if (this.#entries.size >= this.#limit && !oldest.done) {
      this.#entries.delete(oldest.value[0]);
      this.#forgotten(oldest.value[1]);
    }
    this.#entries.set(key, value);
    return value;
  }

  clear(): void {
    for (const value of this.#entries.values()) this.#forgotten(value);
    this.#entries.clear();
  }
}
