export { serverHome } from './account.ts';
export { type EmbeddedPostgres, PostgresFault, startEmbeddedPostgres } from './embedded.ts';
export { freePort } from './port.ts';
