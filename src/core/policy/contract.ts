import Type from 'typebox';

export { because, type Figure, type Label, type Step, sentence } from './figure.ts';
export { type Unit, unitNames } from './unit.ts';

import { unitNames } from './unit.ts';

/** What the law pages show. Everything is text already: a browser neither looks up nor computes law. */

const IsoDay = Type.String({ format: 'date' });

export const LabelShape = Type.Object({ zh: Type.String(), en: Type.String() });

export const SourceDescription = Type.Object({
  key: Type.String(),
  /** `sample` is invented for the fictional city; the page says so. */
  kind: Type.Union([Type.Literal('law'), Type.Literal('regulation'), Type.Literal('notice'), Type.Literal('sample')]),
  title: LabelShape,
  issuer: LabelShape,
  number: Type.String(),
  date: IsoDay,
});
export type SourceDescription = Type.Static<typeof SourceDescription>;

export const DatedValueDescription = Type.Object({
  from: IsoDay,
  through: Type.Union([IsoDay, Type.Null()]),
  published: IsoDay,
  source: Type.String(),
  article: Type.Union([Type.String(), Type.Null()]),
  confirmed: Type.Boolean(),
  /** One row per case: the names of the case in the order of `by`, and the value as people read it. */
  rows: Type.Array(Type.Object({ of: Type.Array(LabelShape), value: Type.String() })),
});
export type DatedValueDescription = Type.Static<typeof DatedValueDescription>;

export const ParameterDescription = Type.Object({
  key: Type.String(),
  region: Type.String(),
  label: LabelShape,
  unit: Type.Enum(unitNames),
  stepped: Type.Boolean(),
  asked_on: LabelShape,
  by: Type.Array(LabelShape),
  reviewed_through: IsoDay,
  values: Type.Array(DatedValueDescription),
});
export type ParameterDescription = Type.Static<typeof ParameterDescription>;

export const RegionDescription = Type.Object({
  region: Type.String(),
  label: LabelShape,
  within: Type.Union([Type.String(), Type.Null()]),
});
export type RegionDescription = Type.Static<typeof RegionDescription>;

export const PolicyDescription = Type.Object({
  regions: Type.Array(RegionDescription),
  sources: Type.Array(SourceDescription),
  parameters: Type.Array(ParameterDescription),
});
export type PolicyDescription = Type.Static<typeof PolicyDescription>;
