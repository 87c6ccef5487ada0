/** Where a rule or a figure comes from. */
export type Law = {
  /** Short key of the source, as in `policy/sources.yaml`. */
  readonly source: string;
  /** Article, section or page. */
  readonly article?: string;
};

/** A value as a person reads it in a derivation: numbers already formatted, units said. */
export type Fact = string | number | bigint | boolean | null;

/** One step of a derivation: what the rule did, by which law and parameter, with which figures. */
export type Reason = {
  /** Stable name of the step; its sentence in each language is looked up by this name. */
  readonly step: string;
  readonly law: Law | null;
  /** The dated parameter used: key, the value on that day, and since when it is in force. */
  readonly parameter?: {
    readonly key: string;
    readonly value: string;
    readonly from: string;
    readonly confirmed: boolean;
  };
  readonly inputs: Readonly<Record<string, Fact>>;
  readonly result: Readonly<Record<string, Fact>>;
};

/** A "no" that the rules foresee: a value, never an exception. */
export type Refusal = {
  readonly code: string;
  readonly law: Law | null;
  /** What the words of the refusal need: names, days, amounts. Never a PIN, key or full card number. */
  readonly detail: Readonly<Record<string, Fact>>;
};

export type Decision<T> =
  | { readonly granted: true; readonly value: T; readonly reasons: readonly Reason[] }
  | { readonly granted: false; readonly refusal: Refusal; readonly reasons: readonly Reason[] };

export const grant = <T>(value: T, reasons: readonly Reason[] = []): Decision<T> => ({ granted: true, value, reasons });

export const refuse = (
  code: string,
  detail: Readonly<Record<string, Fact>> = {},
  law: Law | null = null,
  reasons: readonly Reason[] = [],
): Decision<never> => ({ granted: false, refusal: { code, law, detail }, reasons });
