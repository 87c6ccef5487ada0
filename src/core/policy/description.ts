import { defined } from '../../kernel/assert.ts';
import type { DatedValueDescription, ParameterDescription, PolicyDescription } from './contract.ts';
import type { DatedValue, Parameter, PolicySet, Vocabulary } from './parameter.ts';

/** The whole law as the law pages show it. */
export const describePolicy = (policy: PolicySet): PolicyDescription => ({
  regions: [...policy.regions].map(([region, { label, within }]) => ({ region, label, within })),
  sources: [...policy.sources.values()],
  parameters: [...policy.parameters.values()].flatMap((keys) =>
    [...keys.values()].map((parameter) => describeParameter(parameter, policy.vocabulary)),
  ),
});

function describeParameter(parameter: Parameter, vocabulary: Vocabulary): ParameterDescription {
  const { key, region, label, unit, stepped, by, reviewed_through } = parameter;
  return {
    key,
    region,
    label,
    unit,
    stepped,
    asked_on: defined(vocabulary.asked_on.get(parameter.asked_on), parameter.asked_on),
    by: by.map((dimension) => defined(vocabulary.dimensions.get(dimension), dimension).label),
    reviewed_through,
    values: parameter.values.map((value) => describeValue(value, parameter, vocabulary)),
  };
}

function describeValue(dated: DatedValue, { by }: Parameter, vocabulary: Vocabulary): DatedValueDescription {
  const { from, through, published, law, confirmed, figures } = dated;
  const nameOf = (one: string, i: number) =>
    defined(vocabulary.dimensions.get(defined(by[i], one))?.cases.get(one), one);
  return {
    from,
    through,
    published,
    source: law.source,
    article: law.article ?? null,
    confirmed,
    rows: [...figures].map(([of, figure]) => ({
      of: of === '' ? [] : of.split('/').map(nameOf),
      value: figure.parameter.value,
    })),
  };
}
