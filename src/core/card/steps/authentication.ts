import { concat, equal } from '../../../kernel/bytes.ts';
import { foldAuthentication } from '../../keys/index.ts';
import { buildCommand } from '../apdu.ts';
import { directories, root } from '../known-files.ts';
import { packPin } from '../personalisation.ts';
import { type PsamKeyName, psamKeys } from '../psam/psam-keys.ts';
import { psamApplication } from '../psam/psam-layout.ts';
import { sw } from '../status-words.ts';
import type { Holder } from './holder.ts';
import { type Answered, ask, type Port } from './port.ts';

/** A random of 8 bytes from the card, good for its next command. */
export const getChallenge = (port: Port): Promise<Answered<Uint8Array>> =>
  ask(port, [0x00, 0x84, 0x00, 0x00], undefined, 8, (data) => data, 8);

/** INTERNAL AUTHENTICATE: the 8 bytes that whoever holds IRK (centre or PSAM) can check. Both randoms have 8 bytes. */
export const authenticateCard = (port: Port, factor: Uint8Array, original: Uint8Array): Promise<Answered<Uint8Array>> =>
  ask(port, [0x00, 0x88, 0x00, 0x00], concat(factor, original), undefined, (data) => data, 8);

/** Asks the PSAM whether a card's authentication data are right: the offline check of a genuine card. */
export async function checkAuthentication(
  psam: Port,
  holder: Holder,
  random: { readonly factor: Uint8Array; readonly original: Uint8Array },
  authentication: Uint8Array,
): Promise<Answered<boolean>> {
  const expected = await psamAuthentication(psam, holder, 'IRK', random);
  return expected.ok ? { ok: true, value: equal(expected.value, authentication) } : expected;
}

/** Authentication data from the PSAM under one of its keys, brought down to this card: 8 bytes (card.md 3.8). */
export async function psamAuthentication(
  psam: Port,
  holder: Holder,
  key: PsamKeyName,
  random: { readonly factor: Uint8Array; readonly original: Uint8Array },
): Promise<Answered<Uint8Array>> {
  const block = holder.family === 'sm4' ? 16 : 8;
  const padded = (value: Uint8Array) => concat(value, new Uint8Array(block - 8));
  const { usage, id } = psamKeys[key];
  const selected = await ask(psam, [0x00, 0xa4, 0x04, 0x00], psamApplication, undefined, () => null);
  if (!selected.ok) return selected;
  const factors = concat(holder.factors.card, padded(random.factor));
  const delivered = await ask(psam, [0xbf, 0xde, usage, id], factors, undefined, () => null);
  if (!delivered.ok) return delivered;
  return ask(psam, [0x80, 0xfa, 0x00, 0x00], padded(random.original), undefined, foldAuthentication, block);
}

/** Authenticates the terminal to the card with a key of its PSAM; the key's directory must be selected. */
export async function externalAuthenticate(
  port: Port,
  psam: Port,
  holder: Holder,
  key: PsamKeyName,
  original: Uint8Array,
): Promise<Answered<null>> {
  const factor = await getChallenge(port);
  if (!factor.ok) return factor;
  const authentication = await psamAuthentication(psam, holder, key, { factor: factor.value, original });
  return authentication.ok ? presentAuthentication(port, key, authentication.value, original) : authentication;
}

/** EXTERNAL AUTHENTICATE with data the centre or a PSAM has made for the challenge the card has just given. */
export const presentAuthentication = (
  port: Port,
  key: string,
  authentication: Uint8Array,
  original: Uint8Array,
): Promise<Answered<null>> =>
  ask(port, [0x00, 0x82, 0x00, keyIdentifier(key)], concat(authentication, original), undefined, () => null);

/** FF names no key: the card will say so. */
const keyIdentifier = (key: string): number =>
  root.keys[key] ?? directories.find((directory) => key in directory.keys)?.keys[key] ?? 0xff;

/** How a PIN stands or was taken. */
export type PinResult =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'refused'; readonly status: number };

/** VERIFY. The digits go to the card and nowhere else. */
export async function verifyPin(port: Port, digits: string): Promise<PinResult> {
  return pinResult((await port.send(buildCommand([0x00, 0x20, 0x00, 0x00], packPin(digits)))).status);
}

/** Whether the card has a PIN, and how many tries are left: `right` means that none is set. */
export async function pinStatus(port: Port): Promise<PinResult> {
  return pinResult((await port.send(buildCommand([0x00, 0x20, 0x00, 0x00], undefined, 0))).status);
}

export async function changePin(port: Port, old: string, fresh: string): Promise<PinResult> {
  const data = concat(packPin(old), Uint8Array.of(0xff), packPin(fresh));
  return pinResult((await port.send(buildCommand([0x80, 0x5e, 0x01, 0x00], data))).status);
}

function pinResult(status: number): PinResult {
  if (status === sw.ok) return { kind: 'right' };
  if (status === sw.blocked) return { kind: 'blocked' };
  return status >> 4 === 0x63c ? { kind: 'wrong', left: status & 15 } : { kind: 'refused', status };
}
