import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';

/** A page that was paired: the token's SHA-256 (hex), where the page came from, how long the token is good for. */
export type PairedPage = { readonly hash: string; readonly origin: string; readonly until: string };

export type PairingOptions = {
  readonly clock: Clock;
  /** Shows the code to whoever stands before this machine; null when it is no longer good. */
  readonly show: (code: string | null) => void;
  /** Pages paired before this agent started. */
  readonly paired?: readonly PairedPage[];
  /** Keeps the pages that are paired now. */
  readonly keep?: (paired: readonly PairedPage[]) => void;
};

export type PairingRefusal = 'agent.wrong_code' | 'agent.no_code' | 'agent.too_many_tries';

const code_lives_ms = 180_000;
const tries_per_code = 5;
/** After a code was ended by wrong tries: a guesser gets five of a million every minute, and is seen doing it. */
const pause_ms = 60_000;
const token_lives_days = 30;
/** Pages of one machine; the oldest gives way. */
const most_paired = 32;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Lets a page in that knows the six digits shown on this machine, and later by the token it was given for them. */
export class Pairing {
  readonly #options: PairingOptions;
  #code: { readonly digits: string; readonly until: number; tries: number } | null = null;
  #pausedUntil = 0;
  #paired: readonly PairedPage[];

  constructor(options: PairingOptions) {
    this.#options = options;
    this.#paired = options.paired ?? [];
  }

  /** Draws a code and shows it, unless one is shown already. */
  knock(): PairingRefusal | null {
    if (this.#now() < this.#pausedUntil) return 'agent.too_many_tries';
    if (this.#live()) return null;
    const digits = String(randomInt(1_000_000)).padStart(6, '0');
    this.#code = { digits, until: this.#now() + code_lives_ms, tries: 0 };
    this.#options.show(digits);
    return null;
  }

  /** A token for the code; a code is good once. */
  pair(digits: string, origin: string): { readonly token: string } | PairingRefusal {
    if (this.#now() < this.#pausedUntil) return 'agent.too_many_tries';
    const code = this.#live();
    if (!code) return 'agent.no_code';
    if (digits !== code.digits) {
      code.tries++;
      if (code.tries < tries_per_code) return 'agent.wrong_code';
      this.#pausedUntil = this.#now() + pause_ms;
      this.#end();
      return 'agent.too_many_tries';
    }
    this.#end();
    const token = randomBytes(32).toString('base64url');
    const until = this.#options.clock.now().add({ hours: 24 * token_lives_days });
    this.#keep([...this.#valid(), { hash: hashOf(token), origin, until: until.toString() }].slice(-most_paired));
    return { token };
  }

  /** Whether a page that came from there was given this token. */
  knows(token: string, origin: string): boolean {
    const hash = hashOf(token);
    return this.#valid().some((page) => page.hash === hash && page.origin === origin);
  }

  /** The code that is shown is no longer good: the agent stops. */
  close(): void {
    if (this.#code) this.#end();
  }

  #valid(): readonly PairedPage[] {
    const now = this.#now();
    return this.#paired.filter(({ until }) => Temporal.Instant.from(until).epochMilliseconds > now);
  }

  #keep(paired: readonly PairedPage[]): void {
    this.#paired = paired;
    this.#options.keep?.(paired);
  }

  #live() {
    if (this.#code && this.#code.until <= this.#now()) this.#end();
    return this.#code;
  }

  #end(): void {
    this.#code = null;
    this.#options.show(null);
  }

  #now(): number {
    return this.#options.clock.now().epochMilliseconds;
  }
}
