import { createHmac, randomBytes } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { concat, uint } from '../../kernel/bytes.ts';
import { Cache } from './cache.ts';
import { type Encrypt, encrypt, encryptor } from './cipher.ts';
import type { CardFactors, CardKeyName, CipherFamily, KeyStore, SealedKey, TransportedKey } from './contract.ts';
import { cardMac, diversify, encryptData, familyRules, transactionCode } from './family.ts';
import { KeyFault } from './fault.ts';
import { cardKeyNames, psamKeyNames } from './hierarchy.ts';
import { keyCheckValue, unionpayMacWith } from './mac.ts';
import { readVault, seal, unseal, writeVault } from './vault.ts';
import { wrapWorkingKeys } from './working-keys.ts';

/** What the vault holds: the store's own key and one national root per key name and family, hex. */
type Masters = { readonly store: string; readonly roots: Readonly<Record<string, string>> };

const families: readonly CipherFamily[] = ['des', 'sm4'];
const rootName = (family: CipherFamily, name: CardKeyName) => `${family}/${name}`;
const aboutSealed = (key: Omit<SealedKey, 'sealed'>) => `${key.name}/${key.version}/${key.check_value}`;

/** A key ready for use: the encryptor diversifies and makes session keys, the bytes serve where the key itself is used. */
type Ready = { readonly family: CipherFamily; readonly key: Uint8Array; readonly encrypt: Encrypt };

const ready = (family: CipherFamily, key: Uint8Array): Ready => ({ family, key, encrypt: encryptor(family, key) });

/**
 * The centre's security module in software. Everything secret stands in private fields: printing, serialising or
 * inspecting a store shows nothing but its name.
 */
export class SoftwareKeyStore implements KeyStore {
  readonly #storeKey: Uint8Array;
  readonly #roots: ReadonlyMap<string, Uint8Array>;
  readonly #cityKeys = new Cache<Ready>(512);
  readonly #cardKeys = new Cache<Ready>(16_384);
  readonly #workingKeys = new Cache<Encrypt>(8_192);

  private constructor(masters: Masters) {
    this.#storeKey = Uint8Array.fromHex(masters.store);
    this.#roots = new Map(rootNames.map((name) => [name, rootOf(masters, name)]));
  }

  /** New random masters in a new file; a fault if the file exists. */
  static async create(path: string, passphrase: string): Promise<SoftwareKeyStore> {
    const masters = newMasters();
    await writeVault(path, passphrase, Buffer.from(JSON.stringify(masters)));
    return new SoftwareKeyStore(masters);
  }

  /** New random masters that end with the process: for trials and tests. */
  static volatile(): SoftwareKeyStore {
    return new SoftwareKeyStore(newMasters());
  }

  static async open(path: string, passphrase: string): Promise<SoftwareKeyStore> {
    const clear = await readVault(path, passphrase);
    return new SoftwareKeyStore(JSON.parse(Buffer.from(clear).toString()) as Masters);
  }

  /** Root key names with their check values: what custodians compare. */
  checkValues(): readonly { name: string; check_value: string }[] {
    return [...this.#roots].map(([name, key]) => ({
      name,
      check_value: keyCheckValue(name.startsWith('sm4') ? 'sm4' : 'des', key),
    }));
  }

  authentication(key: CardKeyName, card: CardFactors, factor: Uint8Array, original: Uint8Array): Uint8Array {
    assert(factor.length === 8 && original.length === 8, 'factor and original have 8 bytes');
    const { family, encrypt } = this.#cardKey(key, card);
    const rules = familyRules(family);
    return rules.authentication(rules.sessionKey(encrypt, factor), original);
  }

  commandMac(key: CardKeyName, card: CardFactors, challenge: Uint8Array, input: Uint8Array): Uint8Array {
    const { family, encrypt } = this.#cardKey(key, card);
    return cardMac(family, familyRules(family).sessionKey(encrypt, challenge), input);
  }

  commandCipher(key: CardKeyName, card: CardFactors, challenge: Uint8Array, data: Uint8Array): Uint8Array {
    const { family, encrypt } = this.#cardKey(key, card);
    return encryptData(family, familyRules(family).sessionKey(encrypt, challenge), data);
  }

  loadMac(card: CardFactors, session: { random: Uint8Array; sequence: number }, input: Uint8Array): Uint8Array {
    assert(session.random.length === 4, 'the random of a load has 4 bytes');
    const seed = concat(session.random, uint(session.sequence, 2), Uint8Array.of(0x80, 0));
    return this.commandMac('DLK', card, seed, input);
  }

  tac(card: CardFactors, input: Uint8Array): Uint8Array {
    const { family, key } = this.#cardKey('DTK', card);
    return transactionCode(family, key, input);
  }

  cardKeys(card: CardFactors, transport: Uint8Array): readonly TransportedKey[] {
    const family = card.family ?? 'sm4';
    const cover = encryptor(family, transport);
    const { diversify } = familyRules(family);
    // Past the cache: a city is personalised card by card, and none of them is paying yet.
    return cardKeyNames.map((name) =>
      transported(family, name, diversify(this.#cityKey(family, name, card).encrypt, card.card), cover),
    );
  }

  psamKeys(factors: Omit<CardFactors, 'card'>, transport: Uint8Array): readonly TransportedKey[] {
    const family = factors.family ?? 'sm4';
    const cover = encryptor(family, transport);
    return psamKeyNames.map((name) => transported(family, name, this.#cityKey(family, name, factors).key, cover));
  }

  createTerminalKey(terminal: string, transport: Uint8Array): { sealed: SealedKey; injection: Uint8Array } {
    const key = new Uint8Array(randomBytes(16));
    return { sealed: this.#seal(`TMK/${terminal}`, 1, key), injection: encrypt('des', transport, key) };
  }

  createWorkingKeys(terminal: SealedKey): { download: Uint8Array; pin: SealedKey; mac: SealedKey } {
    const pin = new Uint8Array(randomBytes(16));
    const mac = new Uint8Array(randomBytes(16));
    return {
      download: wrapWorkingKeys(this.#open(terminal), pin, mac),
      pin: this.#seal(`PIK/${terminal.name}`, terminal.version, pin),
      mac: this.#seal(`MAK/${terminal.name}`, terminal.version, mac),
    };
  }

  terminalMac(key: SealedKey, message: Uint8Array): Uint8Array {
    // The sealed text is random for every key, so it alone is a safe name in the cache.
    const encryptBlock = this.#workingKeys.get(key.sealed, () => encryptor('des', this.#open(key)));
    return unionpayMacWith(encryptBlock, message);
  }

  #cityKey(family: CipherFamily, name: CardKeyName, factors: Omit<CardFactors, 'card'>): Ready {
    const id = `${family}/${name}/${factors.province.toHex()}${factors.city.toHex()}`;
    return this.#cityKeys.get(id, () => {
      const root = this.#roots.get(rootName(family, name));
      assert(root, `no root for ${name}`);
      return ready(family, diversify(family, diversify(family, root, factors.province), factors.city));
    });
  }

  #cardKey(name: CardKeyName, card: CardFactors): Ready {
    const family = card.family ?? 'sm4';
    const id = `${family}/${name}/${card.province.toHex()}${card.city.toHex()}${card.card.toHex()}`;
    return this.#cardKeys.get(id, () => {
      const city = this.#cityKey(family, name, card);
      return ready(family, familyRules(family).diversify(city.encrypt, card.card));
    });
  }

  #seal(name: string, version: number, key: Uint8Array): SealedKey {
    const about = { name, version, check_value: keyCheckValue('des', key) };
    return { ...about, sealed: seal(this.#storeKey, key, aboutSealed(about)).toHex().toUpperCase() };
  }

  #open(key: SealedKey): Uint8Array {
    const clear = /^([0-9A-Fa-f]{2})+$/.test(key.sealed)
      ? unseal(this.#storeKey, Uint8Array.fromHex(key.sealed), aboutSealed(key))
      : null;
    if (!clear) throw new KeyFault('keys.sealed_key_damaged', `${key.name} was not sealed by this key store`);
    return clear;
  }
}

const rootNames = families.flatMap((family) => cardKeyNames.map((name) => rootName(family, name)));

function newMasters(): Masters {
  return {
    store: randomBytes(32).toString('hex'),
    roots: Object.fromEntries(rootNames.map((name) => [name, randomBytes(16).toString('hex')])),
  };
}

/** A vault is never rewritten: a key name younger than the vault has its root from the store's own key. */
function rootOf({ store, roots }: Masters, name: string): Uint8Array {
  const root = roots[name];
  if (root) return Uint8Array.fromHex(root);
  const made = createHmac('sha256', Uint8Array.fromHex(store)).update(`root ${name}`).digest();
  return new Uint8Array(made.subarray(0, 16));
}

const transported = (family: CipherFamily, name: CardKeyName, key: Uint8Array, cover: Encrypt): TransportedKey => ({
  name,
  encrypted: cover(key),
  check_value: keyCheckValue(family, key),
});
