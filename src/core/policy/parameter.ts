import type { Law } from '../../kernel/decision.ts';
import type { Figure, Label, Step } from './figure.ts';
import type { Unit, Value } from './unit.ts';

/** Area code of a pooling area (990100) or province (990000), `national`, or `case` inside a worked case. */
export type Region = string;

/** What a parameter holds for one case: a plain value, or pieces by amount. */
export type Held = Value | readonly Step<Value>[];

/** One value of a parameter in time, for every case it distinguishes. */
export type DatedValue = {
  /** First day in force, ISO. */
  readonly from: string;
  /** Last day in force where the law itself says so; otherwise the next value ends it. */
  readonly through: string | null;
  readonly published: string;
  readonly law: Law;
  /** Somebody compared the value with its source. */
  readonly confirmed: boolean;
  /** By case: the cases of `by`, joined by "/"; the empty string when there is only one. */
  readonly figures: ReadonlyMap<string, Figure<Held>>;
};

export type Parameter = {
  readonly key: string;
  readonly region: Region;
  readonly file: string;
  readonly label: Label;
  readonly unit: Unit;
  /** The value depends on an amount: every case holds pieces. */
  readonly stepped: boolean;
  /** For unit `code`: every code the rules understand. */
  readonly codes: readonly string[];
  /** Which day of the case chooses the value. */
  readonly asked_on: string;
  /** The dimensions it distinguishes, in the order of its tables. */
  readonly by: readonly string[];
  /** In order of `from`. */
  readonly values: readonly DatedValue[];
  /** Until this day somebody has looked whether the value changed; after it no value counts as confirmed. */
  readonly reviewed_through: string;
};

export type Source = {
  readonly key: string;
  /** `sample`: invented for the fictional city. */
  readonly kind: 'law' | 'regulation' | 'notice' | 'sample';
  readonly title: Label;
  readonly issuer: Label;
  readonly number: string;
  readonly date: string;
};

/** Words that parameters may use: dimensions with their cases, and the days that choose a value. */
export type Vocabulary = {
  readonly dimensions: ReadonlyMap<string, { readonly label: Label; readonly cases: ReadonlyMap<string, Label> }>;
  readonly asked_on: ReadonlyMap<string, Label>;
};

/** The whole law as loaded. Nothing in it changes; an amendment is another set. */
export type PolicySet = {
  readonly vocabulary: Vocabulary;
  readonly sources: ReadonlyMap<string, Source>;
  /** Each region with the one whose law it falls back to; null for the nation. */
  readonly regions: ReadonlyMap<Region, { readonly label: Label; readonly within: Region | null }>;
  /** By region and key. */
  readonly parameters: ReadonlyMap<Region, ReadonlyMap<string, Parameter>>;
};
