import Type from 'typebox';
import { type Auth, SignInAttempts } from '../../platform/auth/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { Me, Names } from '../../platform/http/contract.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { demoUsers } from '../seed/users.ts';

const SignIn = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 60 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

const DemoUser = Type.Object({ username: Type.String(), name: Names, role: Type.String(), note: Names });

const refused = (code: 'http.sign_in_failed' | 'http.too_many_attempts') =>
  new Refused({ code, law: null, detail: {} });

/** Sign-in, sign-out, who am I. */
export function signInRoutes(app: App, { auth, clock }: { auth: Auth; clock: Clock }): void {
  const attempts = new SignInAttempts();
  app.post(
    '/api/sign-in',
    { config: { allow: 'anyone' }, schema: { tags: ['session'], body: SignIn, response: { 200: Me } } },
    async ({ body: { username, password } }, reply) => {
      const giveBack = attempts.take(username, clock.now().epochMilliseconds);
      if (!giveBack) throw refused('http.too_many_attempts');
      const cookies = await auth.signIn(username, password);
      if (!cookies) throw refused('http.sign_in_failed');
      giveBack();
      reply.header('set-cookie', [...cookies]);
      const me = await auth.caller({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
      if (!me) throw refused('http.sign_in_failed');
      return me;
    },
  );

  app.post('/api/sign-out', { config: { allow: 'anyone' }, schema: { tags: ['session'] } }, async (request, reply) => {
    reply.header('set-cookie', [...(await auth.signOut(request.headers))]);
    return reply.code(204).send();
  });

  app.get(
    '/api/me',
    {
      config: { allow: 'anyone' },
      schema: { tags: ['session'], response: { 200: Type.Union([Me, Type.Null()]) } },
    },
    (request) => auth.caller(request.headers),
  );
}

/** The users of the demonstration, for the sign-in page. */
export function demoUserRoutes(app: App): void {
  app.get(
    '/api/demo/users',
    { config: { allow: 'anyone' }, schema: { tags: ['session'], response: { 200: Type.Array(DemoUser) } } },
    () => demoUsers.map(({ username, name, role, note }) => ({ username, name, role, note })),
  );
}
