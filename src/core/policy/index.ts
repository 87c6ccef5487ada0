export { type CaseRule, caseFacts, type Difference, workCase } from './case-run.ts';
export { type CaseFile, readCases, type WorkedCase } from './cases.ts';
export { describePolicy } from './description.ts';
export { loadPolicy, type PolicyFiles, readPolicy } from './load.ts';
export { type Case, type Lookup, lookup } from './lookup.ts';
export type { Parameter, PolicySet, Region, Source } from './parameter.ts';
export { PolicyFault, PolicyGap, type PolicyGapCode, type Problem } from './policy-fault.ts';
