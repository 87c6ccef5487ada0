import { assert } from '../../kernel/assert.ts';
import type { Fen, Rate } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Figure, Step } from './figure.ts';
import type { DatedValue, Held, Parameter, PolicySet, Region } from './parameter.ts';
import { PolicyGap } from './policy-fault.ts';
import type { Unit } from './unit.ts';

/** The case a figure is asked for: dimension → case. It may say more than the parameter distinguishes. */
export type Case = Readonly<Record<string, string>>;

/** The law of one region on one day. Every question either has one answer or fails with `PolicyGap`. */
export type Lookup = {
  readonly day: Day;
  readonly region: Region;
  value(key: string, of?: Case): Figure<Held>;
  fen(key: string, of?: Case): Figure<Fen>;
  /** Fen, or null for "unlimited". */
  limit(key: string, of?: Case): Figure<Fen | null>;
  rate(key: string, of?: Case): Figure<Rate>;
  /** Months, days, years or a count. */
  number(key: string, of?: Case): Figure<number>;
  flag(key: string, of?: Case): Figure<boolean>;
  /** One of the codes the rule understands. */
  code<T extends string>(key: string, understood: readonly T[], of?: Case): Figure<T>;
  /** Rates by amount. */
  steps(key: string, of?: Case): Figure<readonly Step[]>;
};

/** The law that `region` lives under on `day`: its own, then its province's, then the nation's. */
export function lookup(policy: PolicySet, day: Day, region: Region): Lookup {
  const date = day.toString();
  const chain = ancestry(policy, region);

  const find = (key: string, of: Case): [Parameter, Figure<Held>] => {
    const parameter = parameterOf(policy, chain, key);
    const dated = valueOn(parameter, date);
    const figure = dated.figures.get(caseOf(parameter, of));
    if (!figure)
      throw new PolicyGap('policy.unknown_case', `${key} has no case ${caseOf(parameter, of)} (by ${parameter.by})`);
    return [parameter, date <= parameter.reviewed_through ? figure : unreviewed(figure)];
  };
  const typed = (key: string, of: Case | undefined, unit: readonly Unit[], stepped = false): Figure<never> => {
    const [parameter, figure] = find(key, of ?? {});
    const fits = unit.includes(parameter.unit) && parameter.stepped === stepped;
    assert(fits, `${key} is ${parameter.stepped ? 'stepped ' : ''}${parameter.unit}, asked as ${unit}`);
    return figure as Figure<never>;
  };

  return {
    day,
    region,
    value: (key, of) => find(key, of ?? {})[1],
    fen: (key, of) => typed(key, of, ['fen']),
    limit: (key, of) => typed(key, of, ['limit', 'fen']),
    rate: (key, of) => typed(key, of, ['rate']),
    number: (key, of) => typed(key, of, ['months', 'days', 'years', 'count']),
    flag: (key, of) => typed(key, of, ['flag']),
    steps: (key, of) => typed(key, of, ['rate'], true),
    code: <T extends string>(key: string, understood: readonly T[], of?: Case) => {
      const figure = typed(key, of, ['code']) as Figure<T>;
      assert(understood.includes(figure.value), `${key}: no rule understands the code ${figure.value}`);
      return figure;
    },
  };
}

function ancestry(policy: PolicySet, region: Region): readonly Region[] {
  const chain: Region[] = [];
  for (let at: Region | null = region; at !== null; ) {
    const known = policy.regions.get(at);
    if (!known) throw new PolicyGap('policy.unknown_region', `${at} is not in policy/regions.yaml`);
    chain.push(at);
    at = known.within;
  }
  return chain;
}

/** The nearest region that has the key decides, also where its dates have a gap: old law never fills in for new. */
function parameterOf(policy: PolicySet, chain: readonly Region[], key: string): Parameter {
  for (const region of chain) {
    const parameter = policy.parameters.get(region)?.get(key);
    if (parameter) return parameter;
  }
  throw new PolicyGap('policy.unknown_key', `${key} is in no file of ${chain.join(', ')}`);
}

function valueOn(parameter: Parameter, date: string): DatedValue {
  const dated = parameter.values.findLast(({ from }) => from <= date);
  if (dated && (dated.through === null || date <= dated.through)) return dated;
  const known = parameter.values.map(({ from, through }) => `${from}…${through ?? ''}`).join(', ');
  throw new PolicyGap('policy.outside_dates', `${parameter.key} (${parameter.region}) on ${date}; known: ${known}`);
}

function caseOf(parameter: Parameter, of: Case): string {
  if (parameter.by.length === 0) return '';
  return parameter.by
    .map((dimension) => {
      const named = of[dimension];
      if (named === undefined) throw new PolicyGap('policy.missing_dimension', `${parameter.key} is by ${dimension}`);
      return named;
    })
    .join('/');
}

const unreviewed = (figure: Figure<Held>): Figure<Held> => ({
  ...figure,
  parameter: { ...figure.parameter, confirmed: false },
});
