import type { FastifyRequest } from 'fastify';
import { defined } from '../../kernel/assert.ts';
import type { Decision } from '../../kernel/decision.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { type Caller, granted } from '../../platform/http/index.ts';
import type { Actor } from './visit.commands.ts';

type Request = Pick<FastifyRequest, 'caller' | 'trace_id'>;

/** The server lets nobody in whom the route does not allow, so there is a caller. */
export const callerOf = (request: Request): Caller => defined(request.caller, 'caller of a route that asks for one');

/** The caller as the commands know him: bound to an institution unless he is of the agency. */
export function actorOf(request: Request): Actor {
  const caller = callerOf(request);
  const institution_code = caller.role === 'agency' ? null : (caller.institution_code ?? '');
  return { user_id: caller.user_id, institution_code, trace_id: request.trace_id };
}

/** A command of a person: what it is called in the audit, and on what it acts. */
type Command<T> = {
  readonly action: string;
  readonly run: (sql: Sql, actor: Actor) => Promise<Decision<T>>;
  /** Id of what it was done to. */
  readonly subject: (value: T) => string;
};

/** Runs a command and its audit entry in one transaction and answers its value; a refusal rolls both back. */
export const carryOut = <T>(database: Database, request: Request, command: Command<T>): Promise<T> =>
  database.transaction(async (sql) => {
    const value = granted(await command.run(sql, actorOf(request)));
    const { user_id, role } = callerOf(request);
    const { trace_id } = request;
    await audit(sql, { user_id, role, action: command.action, subject: command.subject(value), trace_id });
    return value;
  });
