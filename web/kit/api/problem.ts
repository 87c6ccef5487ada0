import type { Problem } from '../../../src/platform/http/contract.ts';

/** The centre's "no", or the answer that never came (`status` 0). */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem?.code ?? (status === 0 ? 'network.unreachable' : `http.${status}`);
    this.problem = problem;
  }

  /** What is wrong with one field, in the caller's language. */
  field(name: string): string | undefined {
    return this.problem?.errors?.find((error) => error.field === name || error.field.endsWith(`/${name}`))?.message;
  }

  /** Nobody knows whether it was done: ask again with the same key. */
  get unknownOutcome(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}
