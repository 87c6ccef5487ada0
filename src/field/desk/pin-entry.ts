/** A key of the terminal's keypad. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'enter' | 'clear' | 'cancel';

const most_digits = 12;

/** The keypad of a terminal while it asks for a PIN. The digits live here until the chip has seen them, nowhere else. */
export class PinEntry {
  #digits = '';
  #answer: ((pin: string | null) => void) | null = null;
  readonly #show: (stars: string) => void;

  /** `show` is told how many digits were typed, as stars. */
  constructor(show: (stars: string) => void) {
    this.#show = show;
  }

  get asking(): boolean {
    return this.#answer !== null;
  }

  /** The digits the holder enters, or null when the holder gives up or does nothing for `timeout_ms`. */
  ask(timeout_ms: number): Promise<string | null> {
    this.#digits = '';
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end(null), timeout_ms);
      this.#answer = (pin) => {
        clearTimeout(timer);
        resolve(pin);
      };
      this.#show('');
    });
  }

  press(key: Key): void {
    if (!this.#answer) return;
    if (key === 'cancel') this.#end(null);
    else if (key === 'enter') this.#end(this.#digits);
    else {
      this.#digits = key === 'clear' ? '' : (this.#digits + key).slice(0, most_digits);
      this.#show('*'.repeat(this.#digits.length));
    }
  }

  #end(pin: string | null): void {
    const answer = this.#answer;
    this.#answer = null;
    this.#digits = '';
    answer?.(pin);
  }
}
