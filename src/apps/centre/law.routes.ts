import Type from 'typebox';
import { PolicyDescription } from '../../core/policy/contract.ts';
import { describePolicy, type PolicySet } from '../../core/policy/index.ts';
import type { RefusalTable } from '../../platform/http/contract.ts';
import { type App, Refused } from '../../platform/http/index.ts';

const ProblemPage = Type.Object({ code: Type.String(), status: Type.Integer(), zh: Type.String(), en: Type.String() });

/** What a problem's `type` points to: the words of a refusal in both languages. */
export function problemRoutes(app: App, words: RefusalTable): void {
  app.get(
    '/api/problems/:code',
    {
      config: { allow: 'anyone' },
      schema: {
        tags: ['problems'],
        params: Type.Object({ code: Type.String({ maxLength: 80 }) }),
        response: { 200: ProblemPage },
      },
    },
    ({ params }) => {
      const found = Object.hasOwn(words, params.code) ? words[params.code] : undefined;
      if (!found) throw new Refused({ code: 'http.not_found', law: null, detail: {} });
      return { code: params.code, ...found };
    },
  );
}

/** The law as data, for everyone: what each figure is called, what it was and is, and where it stands written. */
export function lawRoutes(app: App, policy: PolicySet): void {
  const description = describePolicy(policy);
  app.get(
    '/api/policy',
    { config: { allow: 'anyone' }, schema: { tags: ['law'], response: { 200: PolicyDescription } } },
    () => description,
  );
}
