import type { CeremonyState } from './contract.ts';

/** What a person may try in a ceremony. */
export type CeremonyStep = 'contribute' | 'combine' | 'confirm' | 'install' | 'cancel';

/** What happened in a ceremony, as its rules see it. */
export type CeremonyEvent = {
  readonly kind: string;
  readonly user_id: string;
  readonly check_value: string | null;
};

export type CeremonyFacts = {
  /** User ids in the order in which they contribute. */
  readonly custodians: readonly string[];
  /** Unix milliseconds. */
  readonly expires_ms: number;
  readonly contributed: readonly { readonly user_id: string; readonly check_value: string }[];
  readonly combined: { readonly user_id: string; readonly check_value: string } | null;
  readonly confirmed: readonly string[];
  readonly ended: 'installed' | 'cancelled' | null;
};

export type CeremonyAttempt = {
  readonly step: CeremonyStep;
  readonly user_id: string;
  readonly at_ms: number;
  /** Of the confirmation: the check value of the combined key, and of the custodian's own component. */
  readonly check_value?: string;
  readonly own_check_value?: string;
};

/** Where a ceremony stands, from all that happened in it; refusals change nothing. */
export function ceremonyFacts(
  opened: Pick<CeremonyFacts, 'custodians' | 'expires_ms'>,
  events: readonly CeremonyEvent[],
): CeremonyFacts {
  const of = (kind: string) => events.filter((event) => event.kind === kind);
  const told = ({ user_id, check_value }: CeremonyEvent) => ({ user_id, check_value: check_value ?? '' });
  const [combined] = of('combined').map(told);
  return {
    ...opened,
    contributed: of('contributed').map(told),
    combined: combined ?? null,
    confirmed: of('confirmed').map(({ user_id }) => user_id),
    ended: of('installed').length > 0 ? 'installed' : of('cancelled').length > 0 ? 'cancelled' : null,
  };
}

export function ceremonyState(facts: CeremonyFacts, at_ms: number): CeremonyState {
  if (facts.ended) return facts.ended;
  if (at_ms > facts.expires_ms) return 'expired';
  if (facts.contributed.length < facts.custodians.length) return 'contributing';
  if (!facts.combined) return 'combining';
  return facts.confirmed.length < facts.custodians.length ? 'confirming' : 'installing';
}

/** Why a ceremony may not be opened by these custodians, or null: two or three different persons. */
export function openingRefusal(custodians: readonly string[], known: ReadonlySet<string>): string | null {
  if (custodians.length < 2 || custodians.length > 3) return 'custody.two_or_three';
  if (new Set(custodians).size < custodians.length) return 'custody.same_person_twice';
  return custodians.every((user_id) => known.has(user_id)) ? null : 'custody.no_custodian';
}

/** Why a person may not take a step now, or null. The order of the checks is the order of precedence. */
export function stepRefusal(facts: CeremonyFacts, attempt: CeremonyAttempt): string | null {
  const { step, user_id, at_ms } = attempt;
  if (!facts.custodians.includes(user_id)) return 'custody.not_named';
  if (facts.ended) return 'custody.ceremony_over';
  if (step === 'cancel') return null;
  if (at_ms > facts.expires_ms) return 'custody.too_late';
  return steps[step](facts, attempt);
}

/** Whose step comes next, for the screen; null when nobody's. */
export function nextStep(facts: CeremonyFacts, user_id: string, at_ms: number): CeremonyStep | null {
  const order = ['contribute', 'combine', 'confirm', 'install'] as const;
  const values = {
    check_value: facts.combined?.check_value ?? '',
    own_check_value: facts.contributed.find((one) => one.user_id === user_id)?.check_value ?? '',
  };
  return order.find((step) => !stepRefusal(facts, { step, user_id, at_ms, ...values })) ?? null;
}

type Check = (facts: CeremonyFacts, attempt: CeremonyAttempt) => string | null;
const same = (a: string, b: string | undefined): boolean => a.toUpperCase() === b?.trim().toUpperCase();

const contribute: Check = ({ contributed, custodians }, { user_id }) => {
  if (contributed.some((one) => one.user_id === user_id)) return 'custody.same_person_twice';
  return custodians[contributed.length] === user_id ? null : 'custody.not_your_turn';
};

const combine: Check = ({ contributed, custodians, combined }) => {
  if (contributed.length < custodians.length) return 'custody.components_missing';
  return combined ? 'custody.combined_already' : null;
};

const confirm: Check = ({ contributed, combined, confirmed }, { user_id, check_value, own_check_value }) => {
  if (!combined) return 'custody.not_combined';
  if (confirmed.includes(user_id)) return 'custody.same_person_twice';
  const own = contributed.find((one) => one.user_id === user_id);
  if (!own || !same(own.check_value, own_check_value)) return 'custody.own_check_value_wrong';
  return same(combined.check_value, check_value) ? null : 'custody.check_value_wrong';
};

/** Whoever combined does not install: no one person brings a key from components to use. */
const install: Check = ({ combined, confirmed, custodians }, { user_id }) => {
  if (!combined || confirmed.length < custodians.length) return 'custody.not_confirmed';
  return combined.user_id === user_id ? 'custody.alone' : null;
};

const steps: Readonly<Record<Exclude<CeremonyStep, 'cancel'>, Check>> = { contribute, combine, confirm, install };
