import { hex } from '../../../kernel/bytes.ts';
import type { TermName, Trace, TracedValue } from '../trace.ts';
import type { Step } from './contract.ts';
import { steps } from './steps.ts';
import { terms } from './terms.ts';

/** Bytes as upper-case hex, everything else as it reads. */
export const shown = (value: TracedValue): string => (value instanceof Uint8Array ? hex(value) : String(value));

/** A trace that writes down every step in both languages. */
export function recorder(into: Step[]): Trace {
  return (step, inputs, output) => {
    const { zh, en, source } = steps[step];
    const named = (Object.entries(inputs) as [TermName, TracedValue | undefined][]).flatMap(([term, value]) =>
      value === undefined ? [] : [{ name: terms[term], value: shown(value) }],
    );
    into.push({ name: { zh, en }, inputs: named, output: shown(output), ...(source ? { source } : {}) });
  };
}
