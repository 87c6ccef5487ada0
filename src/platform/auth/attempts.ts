/** Wrong passwords that one user name may be tried with in one window. */
const failures_allowed = 10;
const window_ms = 5 * 60_000;
/** Names remembered before the old ones are swept out: names that do not exist cost an attacker nothing. */
const names_kept = 10_000;

/**
 * Counts failed sign-ins by user name, so that a password cannot be guessed. It lives in the memory of one centre: several
 * centres each count their own, and a restart forgets.
 */
export class SignInAttempts {
  readonly #names = new Map<string, { failures: number; readonly until_ms: number }>();

  /**
   * Takes one attempt, at the given milliseconds since 1970. Null when there is none left in this window; otherwise what
   * gives it back once the password was right. It is taken before the password is checked, so that many at once count.
   */
  take(username: string, now_ms: number): (() => void) | null {
    const name = username.toLowerCase();
    const known = this.#names.get(name);
    const entry = known && known.until_ms > now_ms ? known : { failures: 0, until_ms: now_ms + window_ms };
    if (entry.failures >= failures_allowed) return null;
    if (this.#names.size >= names_kept) this.#sweep(now_ms);
    entry.failures++;
    this.#names.set(name, entry);
    return () => {
      entry.failures--;
    };
  }

  #sweep(now_ms: number): void {
    for (const [name, { failures, until_ms }] of this.#names)
      if (until_ms <= now_ms || failures === 0) this.#names.delete(name);
  }
}
