import Type from 'typebox';
import type { Auth } from '../../platform/auth/index.ts';
import { Me, Names } from '../../platform/http/contract.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { demoUsers } from '../seed/users.ts';

const SignIn = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 60 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

const DemoUser = Type.Object({ username: Type.String(), name: Names, role: Type.String(), note: Names });

/** Sign-in, sign-out, who am I; and the users of the demonstration for the sign-in page. */
export function signInRoutes(app: App, auth: Auth): void {
  app.post(
    '/api/sign-in',
    { config: { allow: 'anyone' }, schema: { tags: ['session'], body: SignIn, response: { 200: Me } } },
    async (request, reply) => {
      const cookies = await auth.signIn(request.body.username, request.body.password);
      if (!cookies) throw new Refused({ code: 'http.sign_in_failed', law: null, detail: {} });
      reply.header('set-cookie', [...cookies]);
      const me = await auth.caller({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
      if (!me) throw new Refused({ code: 'http.sign_in_failed', law: null, detail: {} });
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

  app.get(
    '/api/demo/users',
    { config: { allow: 'anyone' }, schema: { tags: ['session'], response: { 200: Type.Array(DemoUser) } } },
    () => demoUsers.map(({ username, name, role, note }) => ({ username, name, role, note })),
  );
}
