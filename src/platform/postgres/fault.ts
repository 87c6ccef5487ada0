/** Thrown with a message for the person at the console: what is wrong with the embedded server, what to do. */
export class PostgresFault extends Error {
  override name = 'PostgresFault';
}
