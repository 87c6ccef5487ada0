import type { Caller } from '../../platform/http/index.ts';

/** Whose records a caller may see; null means no bound on that side. */
export type Scope = { readonly institution_code: string | null; readonly person_id: string | null };

/** A code and an id that no record has: what a caller without institution or person sees. */
const nothing: Scope = { institution_code: '', person_id: null };

/** Hospital and pharmacy see what they registered, citizens what is their own, the agency and its inspectors everything. */
export function scopeOf(caller: Caller): Scope {
  switch (caller.role) {
    case 'agency':
    case 'finance':
    case 'inspector':
      return { institution_code: null, person_id: null };
    case 'hospital':
    case 'pharmacy':
      return caller.institution_code ? { institution_code: caller.institution_code, person_id: null } : nothing;
    case 'citizen':
      return caller.person_id ? { institution_code: null, person_id: caller.person_id } : nothing;
    case 'integrator':
    case 'device':
    case 'custodian':
      return nothing;
  }
}

/** Rows of `v` that a scope lets through; its parameters are $1 and $2. */
export const withinScope = `($1::text is null or v.institution_code = $1) and ($2::uuid is null or v.person_id = $2)`;
export const scopeValues = (scope: Scope) => [scope.institution_code, scope.person_id];
