/** What is wrong with the law as it stands in the files: where, what, and what to do about it. */
export type Problem = {
  readonly file: string;
  /** The key inside the file, down to the place: `medical.outpatient.deductible 2025-01-01 retired`. */
  readonly key: string;
  readonly what: string;
  readonly remedy: string;
};

/** The files of the law do not load. All problems are told at once. */
export class PolicyFault extends Error {
  override name = 'PolicyFault';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, key, what, remedy }) => `${file}: ${key}: ${what} – ${remedy}`).join('\n'));
    this.problems = problems;
  }
}

export type PolicyGapCode =
  | 'policy.unknown_region'
  | 'policy.unknown_key'
  | 'policy.outside_dates'
  | 'policy.missing_dimension'
  | 'policy.unknown_case';

/** The law has no answer to this question. There is never a default: the caller hears which question it was. */
export class PolicyGap extends Error {
  override name = 'PolicyGap';
  readonly code: PolicyGapCode;

  constructor(code: PolicyGapCode, question: string) {
    super(`${code}: ${question}`);
    this.code = code;
  }
}
