import type { Decision, Refusal } from '../../kernel/decision.ts';
import type { Problem } from './contract.ts';

/** Carries a refusal out of a route; the server's error handler turns it into a problem with the right status and words. */
export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;
  /** What is wrong with each field, in the caller's language, where a route reads fields itself. */
  readonly errors: Problem['errors'];

  constructor(refusal: Refusal, errors?: Problem['errors']) {
    super(refusal.code);
    this.refusal = refusal;
    this.errors = errors;
  }
}

/** The value of a decision, or the refusal on its way to the caller. For routes only; rules pass decisions on. */
export function granted<T>(decision: Decision<T>): T {
  if (!decision.granted) throw new Refused(decision.refusal);
  return decision.value;
}
