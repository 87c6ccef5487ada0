import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Me, Role } from './contract.ts';
import type { TakenKey } from './idempotency.ts';

export type Locale = 'en' | 'zh';
export type Caller = Me & { readonly locale: Locale };

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null only on routes that allow `anyone`. */
    caller: Caller | null;
    locale: Locale;
    /** One id for everything that follows from this request. */
    trace_id: string;
    /** Set on routes with `idempotent: true`. */
    idempotency_key: string | null;
    /** The same key as this request took it: under it the server keeps the answer. */
    taken_key: TakenKey | null;
  }
  interface FastifyContextConfig {
    /** Who may call. Missing means nobody: a route says whom it serves. */
    allow?: 'anyone' | 'signed-in' | readonly Role[];
    /** The route asks for an Idempotency-Key and answers a repeated key with the first answer. */
    idempotent?: boolean;
    /** Reads personal data: the read itself is audited with this name. */
    reads?: string;
  }
}

/** The server as contexts see it when they add routes. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
