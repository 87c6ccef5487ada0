import { assert } from '../../kernel/assert.ts';
import { concat, uint } from '../../kernel/bytes.ts';
import { Cache } from './cache.ts';
import { type Encrypt, encrypt, encryptor } from './cipher.ts';
import { combineComponents } from './components.ts';
import type {
  CardFactors,
  CardKeyName,
  CipherFamily,
  ExportedKey,
  KeyStore,
  KeyToExport,
  MadeComponent,
  MasterKey,
  MasterKeyId,
  MasterKeys,
  SealedKey,
  SealedPart,
  StoreCapabilities,
  TransportedKey,
} from './contract.ts';
import { cardMac, encryptData, familyRules, transactionCode } from './family.ts';
import { KeyFault } from './fault.ts';
import { cardKeyNames, psamKeyNames } from './hierarchy.ts';
import { writeExport } from './key-export.ts';
import { keyCheckValue, unionpayMacWith } from './mac.ts';
import { oddParity } from './parity.ts';
import { wrapWorkingKeysWith } from './working-keys.ts';

type City = Omit<CardFactors, 'card'>;

/** A key that can be used but not seen; `release` when it is forgotten. */
export type Held = { readonly encrypt: Encrypt; release?(): void };

export const masterId = ({ family, name, version }: MasterKeyId): string => `${family}/${name}/${version}`;
export const aboutSealed = (key: Omit<SealedKey, 'sealed'>): string => `${key.name}/${key.version}/${key.check_value}`;

/**
 * What every key store does alike: derive, authenticate, sign, wrap. Where keys lie and who computes with them is left to
 * the two kinds of store, so that both give the same bytes.
 */
export abstract class DiversifyingKeyStore implements KeyStore, MasterKeys {
  readonly #cityKeys = new Cache<Held>(512, release);
  readonly #cardKeys = new Cache<Held>(16_384, release);
  readonly #workingKeys = new Cache<Held>(8_192, release);

  /** Encrypts under a national root; a fault when there is none. */
  protected abstract root(key: MasterKeyId): Encrypt;
  /** Keeps a derived key for use under a name; `make` gives its bytes if the store does not have it yet. */
  protected abstract hold(family: CipherFamily, id: string, level: 'city' | 'card', make: () => Uint8Array): Held;
  /** The clear bytes of a transport key: only for wrapping with it. */
  protected abstract transportKey(key: MasterKeyId): Uint8Array;
  protected abstract sealKey(key: Uint8Array, about: string): string;
  protected abstract holdSealed(sealed: string, about: string): Held | null;
  protected abstract seal(clear: Uint8Array, about: string): Uint8Array;
  protected abstract unseal(sealed: Uint8Array, about: string): Uint8Array | null;
  protected abstract random(length: number): Uint8Array;
  protected abstract keep(key: MasterKeyId, clear: Uint8Array): Promise<void>;
  protected abstract drop(key: MasterKeyId): Promise<void>;
  abstract capabilities(): StoreCapabilities;
  abstract masters(): readonly MasterKey[];

  authentication(key: CardKeyName, card: CardFactors, factor: Uint8Array, original: Uint8Array): Uint8Array {
    assert(factor.length === 8 && original.length === 8, 'factor and original have 8 bytes');
    const rules = familyRules(familyOf(card));
    return rules.authentication(rules.sessionKey(this.#cardKey(key, card), factor), original);
  }

  commandMac(key: CardKeyName, card: CardFactors, challenge: Uint8Array, input: Uint8Array): Uint8Array {
    const family = familyOf(card);
    return cardMac(family, familyRules(family).sessionKey(this.#cardKey(key, card), challenge), input);
  }

  commandCipher(key: CardKeyName, card: CardFactors, challenge: Uint8Array, data: Uint8Array): Uint8Array {
    const family = familyOf(card);
    return encryptData(family, familyRules(family).sessionKey(this.#cardKey(key, card), challenge), data);
  }

  loadMac(card: CardFactors, session: { random: Uint8Array; sequence: number }, input: Uint8Array): Uint8Array {
    assert(session.random.length === 4, 'the random of a load has 4 bytes');
    const seed = concat(session.random, uint(session.sequence, 2), Uint8Array.of(0x80, 0));
    return this.commandMac('DLK', card, seed, input);
  }

  tac(card: CardFactors, input: Uint8Array): Uint8Array {
    const family = familyOf(card);
    const key = familyRules(family).diversify(this.#cityKey('DTK', card), card.card);
    return transactionCode(family, key, input);
  }

  cardKeys(card: CardFactors, transport: Uint8Array): readonly TransportedKey[] {
    const family = familyOf(card);
    const cover = encryptor(family, transport);
    const { diversify } = familyRules(family);
    // Past the cache: a city is personalised card by card, and none of them is paying yet.
    return cardKeyNames.map((name) =>
      transported(family, name, diversify(this.#cityKey(name, card), card.card), cover),
    );
  }

  psamKeys(factors: City, transport: Uint8Array): readonly TransportedKey[] {
    const family = familyOf(factors);
    const cover = encryptor(family, transport);
    return psamKeyNames.map((name) => transported(family, name, this.#cityBytes(name, factors), cover));
  }

  createTerminalKey(terminal: string, transport: Uint8Array): { sealed: SealedKey; injection: Uint8Array } {
    const key = this.random(16);
    return { sealed: this.#sealed(`TMK/${terminal}`, 1, key), injection: encrypt('des', transport, key) };
  }

  createWorkingKeys(terminal: SealedKey): { download: Uint8Array; pin: SealedKey; mac: SealedKey } {
    const [pin, mac] = [this.random(16), this.random(16)];
    const master = this.#open(terminal);
    const download = wrapWorkingKeysWith(master.encrypt, pin, mac);
    master.release?.();
    return {
      download,
      pin: this.#sealed(`PIK/${terminal.name}`, terminal.version, pin),
      mac: this.#sealed(`MAK/${terminal.name}`, terminal.version, mac),
    };
  }

  terminalMac(key: SealedKey, message: Uint8Array): Uint8Array {
    // The sealed text is random for every key, so it alone is a safe name in the cache.
    return unionpayMacWith(this.#workingKeys.get(key.sealed, () => this.#open(key)).encrypt, message);
  }

  makeComponent(family: CipherFamily, about: string): MadeComponent {
    const component = family === 'des' ? oddParity(this.random(16)) : this.random(16);
    return { component, ...this.takeComponent(family, component, about) };
  }

  takeComponent(family: CipherFamily, component: Uint8Array, about: string): Omit<MadeComponent, 'component'> {
    assert(component.length === 16, 'a component has 16 bytes');
    return { check_value: keyCheckValue(family, component), sealed: this.seal(component, about).toHex() };
  }

  combine(family: CipherFamily, parts: readonly SealedPart[], about: string): Omit<MadeComponent, 'component'> {
    const combined = combineComponents(
      family,
      parts.map((part) => this.#part(part)),
    );
    const key = family === 'des' ? oddParity(combined) : combined;
    return { check_value: keyCheckValue(family, key), sealed: this.seal(key, about).toHex() };
  }

  async install(key: MasterKeyId, part: SealedPart): Promise<MasterKey> {
    const clear = this.#part(part);
    const check_value = keyCheckValue(key.family, clear);
    const there = this.masters().find((other) => masterId(other) === masterId(key));
    if (there && there.check_value !== check_value)
      throw new KeyFault('keys.version_taken', `there is another key under ${masterId(key)}`);
    if (!there) await this.keep(key, clear);
    return { ...key, check_value };
  }

  async destroy(key: MasterKeyId): Promise<void> {
    await this.drop(key);
    this.#cityKeys.clear();
    this.#cardKeys.clear();
  }

  exportKey(key: KeyToExport, transport: MasterKeyId): ExportedKey {
    const { diversify } = familyRules(key.family);
    const province = diversify(this.root(key), key.province);
    const clear = key.city ? diversify(encryptor(key.family, province), key.city) : province;
    return writeExport(key, clear, this.transportKey(transport), (length) => this.random(length));
  }

  #part({ sealed, about }: SealedPart): Uint8Array {
    const clear = this.unseal(Uint8Array.fromHex(sealed), about);
    if (!clear) throw new KeyFault('keys.sealed_key_damaged', `${about} was not sealed by this key store`);
    return clear;
  }

  #cityBytes(name: CardKeyName, { province, city, version = 1, ...factors }: City): Uint8Array {
    const family = familyOf(factors);
    const { diversify } = familyRules(family);
    return diversify(encryptor(family, diversify(this.root({ family, name, version }), province)), city);
  }

  #cityKey(name: CardKeyName, factors: City): Encrypt {
    const id = cityId(name, factors);
    return this.#cityKeys.get(id, () => this.hold(familyOf(factors), id, 'city', () => this.#cityBytes(name, factors)))
      .encrypt;
  }

  #cardKey(name: CardKeyName, card: CardFactors): Encrypt {
    const family = familyOf(card);
    const id = `${cityId(name, card)}${card.card.toHex()}`;
    return this.#cardKeys.get(id, () =>
      this.hold(family, id, 'card', () => familyRules(family).diversify(this.#cityKey(name, card), card.card)),
    ).encrypt;
  }

  #sealed(name: string, version: number, key: Uint8Array): SealedKey {
    const about = { name, version, check_value: keyCheckValue('des', key) };
    return { ...about, sealed: this.sealKey(key, aboutSealed(about)) };
  }

  #open(key: SealedKey): Held {
    const held = /^([0-9A-Fa-f]{2})+$/.test(key.sealed) ? this.holdSealed(key.sealed, aboutSealed(key)) : null;
    if (!held) throw new KeyFault('keys.sealed_key_damaged', `${key.name} was not sealed by this key store`);
    return held;
  }
}

const release = (held: Held): void => held.release?.();
const familyOf = ({ family = 'sm4' }: Pick<CardFactors, 'family'>): CipherFamily => family;
const cityId = (name: CardKeyName, { province, city, version = 1, ...factors }: City): string =>
  `${masterId({ family: familyOf(factors), name, version })}/${province.toHex()}${city.toHex()}`;

const transported = (family: CipherFamily, name: CardKeyName, key: Uint8Array, cover: Encrypt): TransportedKey => ({
  name,
  encrypted: cover(key),
  check_value: keyCheckValue(family, key),
});
