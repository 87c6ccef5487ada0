/** A bug: something that cannot be so if the program is right. It aborts the transaction it stands in. */
export class Bug extends Error {
  override name = 'Bug';
}

/** Keeps an invariant. Assertions stay on in production: a wrong book is worse than a stopped one. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Bug(what);
}

/** The value, or a bug if it is missing where it cannot be. */
export function defined<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `missing: ${what}`);
  return value;
}

/** Makes the compiler prove that a table of cases is complete. */
export function unreachable(value: never): never {
  throw new Bug(`unreachable: ${String(value)}`);
}
