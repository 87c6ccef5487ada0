import type Type from 'typebox';
import Value from 'typebox/value';
import { parseDecimal } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { overlay, type WorkedCase } from './cases.ts';
import { type Lookup, lookup } from './lookup.ts';
import type { PolicySet } from './parameter.ts';
import { PolicyFault } from './policy-fault.ts';

/** How a scheme works one kind of case: facts of a schema and the law of the case's day → results by name, as text. */
export type CaseRule = (worked: WorkedCase, law: Lookup) => Readonly<Record<string, string>>;

/** A result that is not what the case expects; `got` is null when the rule gives no such result. */
export type Difference = { readonly name: string; readonly expected: string; readonly got: string | null };

/** Works a case under the law of its region and day, with the case's own figures. Throws `PolicyFault` on bad input. */
export function workCase(
  worked: WorkedCase,
  rules: ReadonlyMap<string, CaseRule>,
  policy: PolicySet,
): readonly Difference[] {
  const rule = rules.get(worked.rule);
  if (!rule) throw faultOf(worked, 'rule', `unknown rule ${worked.rule}`, `use one of ${[...rules.keys()].join(', ')}`);
  const own = overlay(policy, worked);
  const got = rule(worked, lookup(own.policy, day(worked.on), own.region));
  return Object.entries(worked.expected)
    .map(([name, expected]) => ({ name, expected, got: got[name] ?? null }))
    .filter((result) => !same(result));
}

/** The facts of a case in the shape its rule needs. Throws `PolicyFault` that names the place. */
export function caseFacts<S extends Type.TSchema>(worked: WorkedCase, schema: S): Type.Static<S> {
  if (Value.Check(schema, worked.facts)) return worked.facts;
  const [first] = Value.Errors(schema, worked.facts);
  throw faultOf(worked, `facts${first?.instancePath ?? ''}`, first?.message ?? 'wrong shape', 'correct the facts');
}

/** 6560 and 6560.00 are the same amount. */
function same({ expected, got }: Difference): boolean {
  if (got === null) return false;
  const amount = parseDecimal(expected, 2);
  return amount === null ? got === expected : amount === parseDecimal(got, 2);
}

const faultOf = (worked: WorkedCase, key: string, what: string, remedy: string): PolicyFault =>
  new PolicyFault([{ file: worked.id, key, what, remedy }]);
