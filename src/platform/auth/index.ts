import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins';
import pg from 'pg';
import { applicationRole, connectionOf } from '../database/index.ts';
import type { Me, Role } from '../http/contract.ts';

export { SignInAttempts } from './attempts.ts';

export type NewUser = {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly name_en: string;
  readonly role: Role;
  readonly institution_code?: string;
  readonly person_id?: string;
};

export type AuthOptions = {
  readonly url: string;
  /** Signs the session cookies. */
  readonly secret: string;
  /** Bearer token of the devices in the field (terminals, kiosks); they have no password. */
  readonly device_token: string;
  readonly secure_cookies: boolean;
};

export type Auth = {
  /** Checks name and password; the cookies to set, or null when they do not fit. */
  signIn(name: string, password: string): Promise<readonly string[] | null>;
  /** The cookies that end the session. */
  signOut(headers: IncomingHttpHeaders): Promise<readonly string[]>;
  /** Who calls, by session cookie or device token. */
  caller(headers: IncomingHttpHeaders): Promise<Me | null>;
  createUser(user: NewUser): Promise<void>;
  close(): Promise<void>;
};

/** Sign-in and sessions, kept by better-auth in the schema `auth`. */
export function openAuth(options: AuthOptions): Auth {
  const pool = new pg.Pool({
    ...connectionOf(options.url, { search_path: 'auth', role: applicationRole }),
    max: 4,
    application_name: 'tessera-auth',
  });
  pool.on('error', () => {});
  const library = configure(pool, options);
  return {
    async signIn(name, password) {
      const answer = await library.api.signInUsername({ body: { username: name, password }, asResponse: true });
      return answer.ok ? answer.headers.getSetCookie() : null;
    },
    async signOut(headers) {
      const answer = await library.api.signOut({ headers: fetchHeaders(headers), asResponse: true });
      return answer.headers.getSetCookie();
    },
    async caller(headers) {
      if (headers.authorization) return device(headers.authorization, options.device_token);
      if (!headers.cookie) return null;
      const session = await library.api.getSession({ headers: fetchHeaders(headers) });
      if (!session) return null;
      const { id, name, name_en, role, institution_code, person_id } = session.user;
      return {
        user_id: id,
        name,
        ...(name_en ? { name_en } : {}),
        role: role as Role,
        institution_code: institution_code ?? null,
        person_id: person_id ?? null,
      };
    },
    async createUser(user) {
      const { password, ...rest } = user;
      const context = await library.$context;
      const made = await context.internalAdapter.createUser(
        {
          ...rest,
          displayUsername: user.username,
          email: `${user.username}@tessera.invalid`,
          emailVerified: true,
        },
        { method: 'admin' },
      );
      await context.internalAdapter.linkAccount({
        userId: made.id,
        providerId: 'credential',
        accountId: made.id,
        password: await context.password.hash(password),
      });
    },
    close: () => pool.end(),
  };
}

function configure(pool: pg.Pool, options: AuthOptions) {
  const text = { type: 'string', input: false } as const;
  return betterAuth({
    database: pool,
    secret: options.secret,
    baseURL: 'http://localhost',
    logger: { level: 'error' },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 7 },
    plugins: [username()],
    session: { cookieCache: { enabled: true, maxAge: 60 } },
    advanced: { useSecureCookies: options.secure_cookies, cookiePrefix: 'tessera' },
    user: {
      additionalFields: {
        role: { ...text, required: true },
        institution_code: { ...text, required: false },
        person_id: { ...text, required: false },
        name_en: { ...text, required: false },
      },
    },
  });
}

function device(authorization: string, token: string): Me | null {
  const given = Buffer.from(authorization);
  const expected = Buffer.from(`Bearer ${token}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { user_id: 'device', name: 'device', role: 'device', institution_code: null, person_id: null };
}

function fetchHeaders(headers: IncomingHttpHeaders): Headers {
  const cookie = headers.cookie;
  return new Headers(cookie ? { cookie } : {});
}
