import { createHmac, randomBytes } from 'node:crypto';
import { type Encrypt, encryptor } from './cipher.ts';
import type { CipherFamily, MasterKey, MasterKeyId, StoreCapabilities } from './contract.ts';
import { DiversifyingKeyStore, type Held, masterId } from './diversifying-store.ts';
import { KeyFault } from './fault.ts';
import { cardKeyNames } from './hierarchy.ts';
import { keyCheckValue } from './mac.ts';
import {
  type Passphrases,
  readVault,
  replaceVault,
  rereadVault,
  seal,
  unseal,
  type Vault,
  writeVault,
} from './vault.ts';

/** What the vault holds, hex: the store's own key, the first national roots by name, and what ceremonies brought. */
type Masters = {
  readonly store: string;
  readonly roots: Readonly<Record<string, string>>;
  /** `family/name/version`; the empty text stands for a destroyed key. */
  readonly versions?: Readonly<Record<string, string>>;
};

/**
 * The centre's security module in software. Everything secret stands in private fields: printing, serialising or
 * inspecting a store shows nothing but its name.
 */
export class SoftwareKeyStore extends DiversifyingKeyStore {
  readonly #storeKey: Uint8Array;
  readonly #vault: Vault | null;
  #masters: ReadonlyMap<string, Uint8Array>;

  private constructor(masters: Masters, vault: Vault | null) {
    super();
    this.#storeKey = Uint8Array.fromHex(masters.store);
    this.#masters = keysOf(masters);
    this.#vault = vault;
  }

  /** New random masters in a new file; a fault if the file exists. */
  static async create(path: string, passphrases: Passphrases): Promise<SoftwareKeyStore> {
    const masters = newMasters();
    return new SoftwareKeyStore(masters, await writeVault(path, passphrases, asBytes(masters)));
  }

  /** New random masters that end with the process: for trials and tests. */
  static volatile(): SoftwareKeyStore {
    return new SoftwareKeyStore(newMasters(), null);
  }

  static async open(path: string, passphrases: Passphrases): Promise<SoftwareKeyStore> {
    const { vault, clear } = await readVault(path, passphrases);
    return new SoftwareKeyStore(parse(clear), vault);
  }

  capabilities(): StoreCapabilities {
    return {
      kind: 'software',
      model: 'tessera-keys/2',
      notes: [
        {
          zh: '密钥文件以 AES-256-GCM 加密，须两人各持一份口令同时打开',
          en: 'The key file is encrypted with AES-256-GCM; two persons open it, each with a passphrase of their own.',
        },
        {
          zh: '进程运行时密钥在其内存中：这不是硬件密码机',
          en: 'While the process runs, keys are in its memory: this is no hardware module.',
        },
      ],
    };
  }

  /** Key names with their check values: what custodians compare. */
  checkValues(): readonly { name: string; check_value: string }[] {
    return this.masters().map(({ family, name, check_value }) => ({ name: `${family}/${name}`, check_value }));
  }

  masters(): readonly MasterKey[] {
    return [...this.#masters].map(([id, key]) => {
      const [family, name, version] = id.split('/') as [CipherFamily, string, string];
      return { family, name, version: Number(version), check_value: keyCheckValue(family, key) };
    });
  }

  protected root(key: MasterKeyId): Encrypt {
    return encryptor(key.family, this.transportKey(key));
  }

  protected transportKey(key: MasterKeyId): Uint8Array {
    const found = this.#masters.get(masterId(key));
    if (!found) throw new KeyFault('keys.version_missing', `this key store has no ${masterId(key)}`);
    return found;
  }

  protected hold(family: CipherFamily, _id: string, _level: string, make: () => Uint8Array): Held {
    return { encrypt: encryptor(family, make()) };
  }

  protected sealKey(key: Uint8Array, about: string): string {
    return this.seal(key, about).toHex().toUpperCase();
  }

  protected holdSealed(sealed: string, about: string): Held | null {
    const key = this.unseal(Uint8Array.fromHex(sealed), about);
    return key && { encrypt: encryptor('des', key) };
  }

  protected seal(clear: Uint8Array, about: string): Uint8Array {
    return seal(this.#storeKey, clear, about);
  }

  protected unseal(sealed: Uint8Array, about: string): Uint8Array | null {
    return unseal(this.#storeKey, sealed, about);
  }

  protected random(length: number): Uint8Array {
    return new Uint8Array(randomBytes(length));
  }

  protected keep(key: MasterKeyId, clear: Uint8Array): Promise<void> {
    return this.#change(key, clear);
  }

  protected drop(key: MasterKeyId): Promise<void> {
    return this.#change(key, null);
  }

  /** On the disk first, then in memory: what this process uses, the next one finds. */
  async #change(key: MasterKeyId, clear: Uint8Array | null): Promise<void> {
    const id = masterId(key);
    if (this.#vault) {
      const masters = parse(await rereadVault(this.#vault));
      const changed = { ...masters, versions: { ...masters.versions, [id]: clear?.toHex() ?? '' } };
      await replaceVault(this.#vault, asBytes(changed));
      this.#masters = keysOf(changed);
      return;
    }
    const masters = new Map(this.#masters);
    if (clear) masters.set(id, clear);
    else masters.delete(id);
    this.#masters = masters;
  }
}

const families: readonly CipherFamily[] = ['des', 'sm4'];
const rootNames = families.flatMap((family) => cardKeyNames.map((name) => `${family}/${name}`));

const asBytes = (masters: Masters): Uint8Array => Buffer.from(JSON.stringify(masters));
const parse = (clear: Uint8Array): Masters => JSON.parse(Buffer.from(clear).toString()) as Masters;

const newMasters = (): Masters => ({
  store: randomBytes(32).toString('hex'),
  roots: Object.fromEntries(rootNames.map((name) => [name, randomBytes(16).toString('hex')])),
});

function keysOf(masters: Masters): ReadonlyMap<string, Uint8Array> {
  const keys = new Map(rootNames.map((name) => [`${name}/1`, rootOf(masters, name)]));
  for (const [id, key] of Object.entries(masters.versions ?? {}))
    if (key) keys.set(id, Uint8Array.fromHex(key));
    else keys.delete(id);
  return keys;
}

/** A key name younger than the vault has its first root from the store's own key. */
function rootOf({ store, roots }: Masters, name: string): Uint8Array {
  const root = roots[name];
  if (root) return Uint8Array.fromHex(root);
  const made = createHmac('sha256', Uint8Array.fromHex(store)).update(`root ${name}`).digest();
  return new Uint8Array(made.subarray(0, 16));
}
