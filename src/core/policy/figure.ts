import type { Fact, Law, Reason } from '../../kernel/decision.ts';
import type { Fen, Rate } from '../../kernel/money.ts';

/** A name in the two languages of the house. */
export type Label = { readonly zh: string; readonly en: string };

/**
 * One figure of the law as a rule receives it: already looked up for a day, a region and a case, with its address.
 * Rules take figures and never look anything up, so that they stay pure.
 */
export type Figure<T> = {
  readonly value: T;
  readonly law: Law;
  /** The value as people read it, since when it is in force, and whether its source was checked. */
  readonly parameter: NonNullable<Reason['parameter']>;
};

/** One piece of a stepped figure: its value holds from the end of the piece before up to and including `up_to`. */
export type Step<T = Rate> = {
  /** Null in the last piece: no end. */
  readonly up_to: Fen | null;
  readonly value: T;
};

/** One step of a derivation that used a figure of the law. */
export const because = (
  step: string,
  figure: Figure<unknown>,
  inputs: Readonly<Record<string, Fact>>,
  result: Readonly<Record<string, Fact>>,
): Reason => ({ step, law: figure.law, parameter: figure.parameter, inputs, result });

/**
 * The sentence of a reason: `words` with `{name}` replaced by the inputs and results of the step, and `{figure}` by the
 * parameter's value. A name that the reason does not carry stays visible, so that a test can find it.
 */
export function sentence(words: Label, reason: Reason, language: keyof Label): string {
  return words[language].replace(/\{(\w+)\}/g, (hole, name: string) => {
    const fact = name === 'figure' ? reason.parameter?.value : (reason.result[name] ?? reason.inputs[name]);
    return fact === undefined || fact === null ? hole : String(fact);
  });
}
