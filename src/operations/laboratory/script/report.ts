import type { Words } from '../../../core/keys/explain/contract.ts';
import type { DecodedLine } from '../decode/line.ts';
import type { ScriptFault } from './syntax.ts';

/** ok; failed: not what was expected; refused: could not be carried out; passed: not for this reader; not_run: after a failure. */
export type LineState = 'ok' | 'failed' | 'refused' | 'passed' | 'not_run';

/** One command or answer as it travelled. */
export type Exchanged = { readonly hex: string; readonly name: Words; readonly lines: readonly DecodedLine[] };

export type ReportLine = {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly state: LineState;
  /** Why it is not ok. */
  readonly words: Words | null;
  readonly slot: string | null;
  readonly command: Exchanged | null;
  /** Null when the card gave none; `name` says the status word. */
  readonly answer: Exchanged | null;
  /** Where answer and expectation part: byte from 1 in the answer. */
  readonly difference: { readonly at: number; readonly expected: string; readonly came: string } | null;
  /** What was kept under which name. */
  readonly kept: readonly { readonly name: string; readonly value: string }[];
};

export type ScriptReport = {
  readonly ok: boolean;
  /** What could not be read: then nothing was run. */
  readonly faults: readonly ScriptFault[];
  readonly lines: readonly ReportLine[];
};
