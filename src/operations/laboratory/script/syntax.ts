import type { Words } from '../../../core/keys/explain/contract.ts';

/** Where something stands in a script; lines and columns from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** A part of the bytes a line sends or compares. */
export type Piece =
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  /** `$name`, or `$name[from:to]` of it: bytes from 0, `to` not included, null to the end. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly from: number;
      readonly to: number | null;
      readonly place: Place;
    }
  /** `[ … ]`: the bytes inside with their length in front. */
  | { readonly kind: 'counted'; readonly pieces: readonly Piece[]; readonly place: Place };

/** A part of what an answer must look like. */
export type PatternPart =
  /** Half-bytes that are 0 in the mask may be anything. */
  | { readonly kind: 'byte'; readonly value: number; readonly mask: number }
  | { readonly kind: 'rest'; readonly capture: string | null }
  | { readonly kind: 'capture'; readonly name: string; readonly length: number }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly from: number;
      readonly to: number | null;
      readonly place: Place;
    }
  | { readonly kind: 'choice'; readonly of: readonly (readonly PatternPart[])[] };

export type Pattern = { readonly parts: readonly PatternPart[]; readonly text: string };

/** A value given to an operation: bytes put together, or a word as it stands. */
export type Argument = {
  readonly name: string;
  readonly pieces: readonly Piece[] | null;
  readonly word: string;
  readonly place: Place;
};
export type Expression =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] }
  /** `a ^ b`: values of one length, bit by bit. */
  | { readonly kind: 'xor'; readonly of: readonly (readonly Piece[])[]; readonly place: Place }
  | {
      readonly kind: 'call';
      readonly operation: string;
      readonly arguments: readonly Argument[];
      readonly place: Place;
    };

export type Step =
  | { readonly kind: 'insert'; readonly slot: string; readonly source: string }
  | { readonly kind: 'remove'; readonly slot: string }
  | { readonly kind: 'reset'; readonly slot: string }
  | { readonly kind: 'tear'; readonly slot: string; readonly when: 'before' | 'after' }
  | { readonly kind: 'let'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'input'; readonly name: string; readonly fallback: readonly Piece[] | null }
  /** `exact`: these bytes and the card's own answer; otherwise 61xx is fetched and 6Cxx repeated. */
  | { readonly kind: 'send'; readonly slot: string; readonly exact: boolean; readonly pieces: readonly Piece[] }
  /** Null: the card must be gone. */
  | { readonly kind: 'answer'; readonly pattern: Pattern | null }
  | { readonly kind: 'expect'; readonly left: Expression; readonly right: Expression; readonly equal: boolean };

export type Statement = { readonly step: Step; readonly place: Place; readonly text: string };

/** What is wrong with a line: where, what, and what to do. */
export type ScriptFault = { readonly place: Place; readonly words: Words };
export type Script = { readonly statements: readonly Statement[]; readonly faults: readonly ScriptFault[] };

/** What a script may be at most: enough for a test of a card, too little to keep a server busy. */
export const limits = { bytes: 32_768, lines: 400, columns: 2_000, includes: 8, faults: 20, rests: 4 } as const;
