import { assert } from '../../kernel/assert.ts';
import { xor } from '../../kernel/bytes.ts';
import { blockLength, type Cipher, encrypt } from './cipher.ts';
import type { Trace } from './trace.ts';

/** The key custodians make together: the XOR of their components, each told with its check value. */
export function combineComponents(cipher: Cipher, components: readonly Uint8Array[], trace?: Trace): Uint8Array {
  const [first, ...others] = components;
  assert(first && others.length > 0, 'at least two components');
  const check = (key: Uint8Array) => encrypt(cipher, key, new Uint8Array(blockLength(cipher))).slice(0, 3);
  if (trace) for (const component of components) trace('component', { key: component }, check(component));
  const key = others.reduce(xor, first);
  trace?.('combine', { check_value: check(key) }, key);
  return key;
}
