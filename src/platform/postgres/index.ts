export { serverHome } from './account.ts';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
export { PostgresFault } from './fault.ts';
export { freePort } from './port.ts';
