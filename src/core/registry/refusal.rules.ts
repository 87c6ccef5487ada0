import type { Refusal } from '../../kernel/decision.ts';
import type { RegistryRefusal } from './contract.ts';

/** A decision that is a "no". */
export type Refused = { readonly granted: false; readonly refusal: Refusal; readonly reasons: readonly [] };

/** A refusal whose code is one of this context. The registry states facts; the law is cited by those who ask. */
export const no = (code: RegistryRefusal, detail: Refusal['detail'] = {}): Refused => ({
  granted: false,
  refusal: { code, law: null, detail },
  reasons: [],
});
