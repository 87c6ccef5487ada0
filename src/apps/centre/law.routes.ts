import { PolicyDescription } from '../../core/policy/contract.ts';
import { describePolicy, type PolicySet } from '../../core/policy/index.ts';
import type { App } from '../../platform/http/index.ts';

/** The law as data, for everyone: what each figure is called, what it was and is, and where it stands written. */
export function lawRoutes(app: App, policy: PolicySet): void {
  const description = describePolicy(policy);
  app.get(
    '/api/policy',
    { config: { allow: 'anyone' }, schema: { tags: ['law'], response: { 200: PolicyDescription } } },
    () => description,
  );
}
