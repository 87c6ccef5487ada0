import { type Encrypt, encryptor } from './cipher.ts';
import type { CipherFamily, MasterKey, MasterKeyId, StoreCapabilities } from './contract.ts';
import { DiversifyingKeyStore, type Held, masterId } from './diversifying-store.ts';
import { KeyFault } from './fault.ts';
import { cardKeyNames } from './hierarchy.ts';
import { keyCheckValue } from './mac.ts';
import { Pkcs11Module, type Pkcs11Place } from './pkcs11-module.ts';

const labelOf = (id: string): string => `tessera/${id}`;
const prefix = 'tessera/';

/** Only 3DES roots of card keys are keys of the module; SM4, which it cannot compute, and transport keys lie sealed. */
const liesSealed = ({ family, name }: MasterKeyId): boolean => family === 'sm4' || name.startsWith('TK-');

/** The centre's security module behind PKCS#11: SoftHSM 2 or any other that has 3DES, AES-GCM, AES key wrap and HMAC. */
export class Pkcs11KeyStore extends DiversifyingKeyStore {
  readonly #module: Pkcs11Module;

  private constructor(module: Pkcs11Module) {
    super();
    this.#module = module;
  }

  /** Opens the token, and makes what it does not hold yet: own keys and first roots. A broken-off making is continued. */
  static async create(place: Pkcs11Place): Promise<Pkcs11KeyStore> {
    const module = await Pkcs11Module.open(place);
    module.makeOwnKeys();
    const store = new Pkcs11KeyStore(module);
    const there = new Set(store.masters().map(masterId));
    for (const name of cardKeyNames)
      for (const family of ['des', 'sm4'] as const) {
        const key = { family, name, version: 1 };
        if (there.has(masterId(key))) continue;
        if (family === 'des') module.generateKey(labelOf(masterId(key)));
        else store.#keepSealed(key, module.random(16));
      }
    return store;
  }

  static async open(place: Pkcs11Place): Promise<Pkcs11KeyStore> {
    const module = await Pkcs11Module.open(place);
    if (!module.find('key', `${prefix}seal`))
      throw new KeyFault('keys.file_missing', `the token "${place.token}" holds no keys of this platform yet`);
    return new Pkcs11KeyStore(module);
  }

  close(): void {
    this.#module.close();
  }

  capabilities(): StoreCapabilities {
    return {
      kind: 'pkcs11',
      model: this.#module.model,
      notes: [
        {
          zh: '3DES 根密钥、城市密钥为模块内不可导出对象；终端密钥只在模块内解开',
          en: '3DES roots and city keys are objects the module does not give out; terminal keys are unwrapped inside it.',
        },
        {
          zh: '模块没有 SM4：SM4 密钥由模块加密保存，使用时解到进程内存中由软件计算',
          en: 'The module has no SM4: SM4 keys are kept under the module and computed with in software, in process memory.',
        },
        {
          zh: '卡片密钥、过程密钥、TAC 密钥、新发的终端密钥和导出中的密钥会短暂经过进程内存',
          en: 'Card, session and TAC keys, newly made terminal keys and keys being exported pass through process memory.',
        },
      ],
    };
  }

  masters(): readonly MasterKey[] {
    const isMaster = ({ label }: { label: string }) => /^tessera\/(des|sm4)\/[^/]+\/\d+$/.test(label);
    return [...this.#module.list('key', prefix), ...this.#module.list('data', prefix)]
      .filter(isMaster)
      .map(({ label }) => {
        const [, family, name, version] = label.split('/') as [string, CipherFamily, string, string];
        const key = { family, name, version: Number(version) };
        return { ...key, check_value: this.#checkValue(key) };
      })
      .sort((a, b) => (masterId(a) < masterId(b) ? -1 : 1));
  }

  protected root(key: MasterKeyId): Encrypt {
    if (liesSealed(key)) return encryptor(key.family, this.transportKey(key));
    const handle = this.#module.find('key', labelOf(masterId(key)));
    if (!handle) throw missing(key);
    return (blocks) => this.#module.encrypt(handle, blocks);
  }

  protected transportKey(key: MasterKeyId): Uint8Array {
    const id = masterId(key);
    const data = this.#module.find('data', labelOf(id));
    if (!data) throw missing(key);
    const clear = this.#module.unseal(this.#module.value(data), id);
    if (!clear) throw new KeyFault('keys.sealed_key_damaged', `${id} was not sealed by this module`);
    return clear;
  }

  protected hold(family: CipherFamily, id: string, level: 'city' | 'card', make: () => Uint8Array): Held {
    if (family === 'sm4') return { encrypt: encryptor('sm4', make()) };
    if (level === 'card') return this.#session(this.#module.createKey(make(), {}));
    const handle = this.#module.find('key', labelOf(id)) ?? this.#module.createKey(make(), { label: labelOf(id) });
    return { encrypt: (blocks) => this.#module.encrypt(handle, blocks) };
  }

  protected sealKey(key: Uint8Array, about: string): string {
    const handle = this.#module.createKey(key, { wrappable: true });
    const sealed = this.#module.wrap(handle, about);
    this.#module.destroy(handle);
    return sealed.toHex().toUpperCase();
  }

  protected holdSealed(sealed: string, about: string): Held | null {
    const handle = this.#module.unwrap(Uint8Array.fromHex(sealed), about);
    return handle && this.#session(handle);
  }

  protected seal(clear: Uint8Array, about: string): Uint8Array {
    return this.#module.seal(clear, about);
  }

  protected unseal(sealed: Uint8Array, about: string): Uint8Array | null {
    return this.#module.unseal(sealed, about);
  }

  protected random(length: number): Uint8Array {
    return this.#module.random(length);
  }

  protected async keep(key: MasterKeyId, clear: Uint8Array): Promise<void> {
    if (liesSealed(key)) this.#keepSealed(key, clear);
    else this.#module.createKey(clear, { label: labelOf(masterId(key)) });
  }

  protected async drop(key: MasterKeyId): Promise<void> {
    const id = masterId(key);
    for (const kind of ['key', 'data'] as const)
      for (const { label, handle } of this.#module.list(kind, labelOf(id)))
        if (label === labelOf(id) || label.startsWith(`${labelOf(id)}/`)) this.#module.destroy(handle);
  }

  #keepSealed(key: MasterKeyId, clear: Uint8Array): void {
    const id = masterId(key);
    this.#module.createData(labelOf(id), this.#module.seal(clear, id));
  }

  #session(handle: Buffer): Held {
    return {
      encrypt: (blocks) => this.#module.encrypt(handle, blocks),
      release: () => this.#module.destroy(handle),
    };
  }

  #checkValue(key: MasterKeyId): string {
    if (liesSealed(key)) return keyCheckValue(key.family, this.transportKey(key));
    return this.root(key)(new Uint8Array(8)).subarray(0, 3).toHex().toUpperCase();
  }
}

const missing = (key: MasterKeyId): KeyFault =>
  new KeyFault('keys.version_missing', `this key store has no ${masterId(key)}`);
