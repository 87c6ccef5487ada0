export type { App, Caller, Locale } from './app.ts';
export { forgetAnswers } from './idempotency.ts';
export { problem } from './problem.ts';
export { httpRefusals } from './refusals.ts';
export { granted, Refused } from './refused.ts';
export { createServer, type ServerOptions } from './server.ts';
