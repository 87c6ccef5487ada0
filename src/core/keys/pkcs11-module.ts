import type { Handle, Mechanism, PKCS11, Template } from 'pkcs11js';
import { concat, equal } from '../../kernel/bytes.ts';
import { KeyFault } from './fault.ts';

/** Where a module is and how it is opened: library of its maker, label of the token, PIN of its user. */
export type Pkcs11Place = { readonly library: string; readonly token: string; readonly pin: string };

type Api = typeof import('pkcs11js');
type KeyUse = 'cipher' | 'wrap' | 'seal' | 'bind';
const labels = { wrap: 'tessera/wrap', seal: 'tessera/seal', bind: 'tessera/bind' } as const;

/** The few PKCS#11 calls a key store needs, in bytes; what the module answers is turned into our faults. */
export class Pkcs11Module {
  readonly model: string;
  readonly #api: Api;
  readonly #module: PKCS11;
  readonly #session: Handle;
  readonly #own = new Map<string, Handle>();

  private constructor(api: Api, module: PKCS11, session: Handle, model: string) {
    this.#api = api;
    this.#module = module;
    this.#session = session;
    this.model = model;
  }

  static async open({ library, token, pin }: Pkcs11Place): Promise<Pkcs11Module> {
    const api = await load();
    const module = new api.PKCS11();
    try {
      module.load(library);
      quiet('CKR_CRYPTOKI_ALREADY_INITIALIZED', () => module.C_Initialize());
      const slot = module.C_GetSlotList(true).find((one) => text(module.C_GetTokenInfo(one).label) === token);
      if (!slot) throw new KeyFault('keys.module_missing', `${library} has no token "${token}"`);
      const session = module.C_OpenSession(slot, api.CKF_SERIAL_SESSION | api.CKF_RW_SESSION);
      quiet('CKR_USER_ALREADY_LOGGED_IN', () => module.C_Login(session, api.CKU_USER, pin));
      return new Pkcs11Module(api, module, session, text(module.C_GetTokenInfo(slot).model));
    } catch (fault) {
      throw asFault(fault);
    }
  }

  close(): void {
    this.#module.C_CloseSession(this.#session);
  }

  /** ECB over whole blocks of 8, with a 3DES key of the module. */
  encrypt(key: Handle, blocks: Uint8Array): Uint8Array {
    return this.#call(() => {
      this.#module.C_EncryptInit(this.#session, { mechanism: this.#api.CKM_DES3_ECB }, key);
      return this.#module.C_Encrypt(this.#session, Buffer.from(blocks), Buffer.alloc(blocks.length));
    });
  }

  random(length: number): Uint8Array {
    return this.#call(() => this.#module.C_GenerateRandom(this.#session, Buffer.alloc(length)));
  }

  /** AES-256-GCM inside the module: iv 12 ‖ ciphertext ‖ tag 16, bound to `about`. */
  seal(clear: Uint8Array, about: string): Uint8Array {
    const iv = this.random(12);
    const sealed = this.#call(() => {
      this.#module.C_EncryptInit(this.#session, this.#gcm(iv, about), this.#key(labels.seal));
      return this.#module.C_Encrypt(this.#session, Buffer.from(clear), Buffer.alloc(clear.length + 32));
    });
    return concat(iv, sealed);
  }

  unseal(sealed: Uint8Array, about: string): Uint8Array | null {
    if (sealed.length < 28) return null;
    return this.#try(() => {
      this.#module.C_DecryptInit(this.#session, this.#gcm(sealed.subarray(0, 12), about), this.#key(labels.seal));
      return this.#module.C_Decrypt(this.#session, Buffer.from(sealed.subarray(12)), Buffer.alloc(sealed.length));
    });
  }

  /** A 3DES key under the module's own (AES key wrap, 24 bytes), then HMAC-SHA-256 that binds it to `about`. */
  wrap(key: Handle, about: string): Uint8Array {
    const wrapped = this.#call(() =>
      this.#module.C_WrapKey(this.#session, this.#keyWrap(), this.#key(labels.wrap), key, Buffer.alloc(64)),
    );
    return concat(wrapped, this.#bind(wrapped, about));
  }

  /** The wrapped key as an object of this session; its bytes stay in the module. Null when it is not ours. */
  unwrap(sealed: Uint8Array, about: string): Handle | null {
    const wrapped = sealed.slice(0, 24);
    if (sealed.length !== 56 || !equal(this.#bind(wrapped, about), sealed.slice(24))) return null;
    const template = this.#template('cipher', { token: false });
    return this.#try(() =>
      this.#module.C_UnwrapKey(this.#session, this.#keyWrap(), this.#key(labels.wrap), Buffer.from(wrapped), template),
    );
  }

  /** A 3DES key of this session, or under a label one of the token. It can be taken out only wrapped, if at all. */
  createKey(clear: Uint8Array, place: { readonly label?: string; readonly wrappable?: boolean }): Handle {
    const template = this.#template('cipher', { token: place.label !== undefined, ...place });
    return this.#call(() =>
      this.#module.C_CreateObject(this.#session, [
        ...template,
        { type: this.#api.CKA_VALUE, value: Buffer.from(clear) },
      ]),
    );
  }

  /** A 3DES key of the token made inside the module. */
  generateKey(label: string): Handle {
    return this.#generate(this.#api.CKM_DES2_KEY_GEN, this.#template('cipher', { token: true, label }));
  }

  createData(label: string, value: Uint8Array): void {
    this.#call(() =>
      this.#module.C_CreateObject(this.#session, [
        { type: this.#api.CKA_CLASS, value: this.#api.CKO_DATA },
        { type: this.#api.CKA_TOKEN, value: true },
        { type: this.#api.CKA_PRIVATE, value: true },
        { type: this.#api.CKA_LABEL, value: label },
        { type: this.#api.CKA_VALUE, value: Buffer.from(value) },
      ]),
    );
  }

  /** Objects of the token whose label begins so. */
  list(kind: 'key' | 'data', beginning: string): readonly { readonly label: string; readonly handle: Handle }[] {
    const { CKA_CLASS, CKA_TOKEN, CKA_LABEL, CKO_DATA, CKO_SECRET_KEY } = this.#api;
    const handles = this.#search([
      { type: CKA_CLASS, value: kind === 'data' ? CKO_DATA : CKO_SECRET_KEY },
      { type: CKA_TOKEN, value: true },
    ]);
    return handles
      .map((handle) => ({ handle, label: String(this.#attribute(handle, CKA_LABEL)) }))
      .filter(({ label }) => label.startsWith(beginning));
  }

  find(kind: 'key' | 'data', label: string): Handle | null {
    const { CKA_CLASS, CKA_TOKEN, CKA_LABEL, CKO_DATA, CKO_SECRET_KEY } = this.#api;
    const [found] = this.#search([
      { type: CKA_CLASS, value: kind === 'data' ? CKO_DATA : CKO_SECRET_KEY },
      { type: CKA_TOKEN, value: true },
      { type: CKA_LABEL, value: label },
    ]);
    return found ?? null;
  }

  value(data: Handle): Uint8Array {
    return new Uint8Array(this.#attribute(data, this.#api.CKA_VALUE));
  }

  destroy(handle: Handle): void {
    this.#call(() => this.#module.C_DestroyObject(this.#session, handle));
  }

  /** The store's own three keys: wrapping, sealing, binding. */
  makeOwnKeys(): void {
    const { CKM_AES_KEY_GEN, CKM_GENERIC_SECRET_KEY_GEN } = this.#api;
    for (const [use, mechanism] of [
      ['wrap', CKM_AES_KEY_GEN],
      ['seal', CKM_AES_KEY_GEN],
      ['bind', CKM_GENERIC_SECRET_KEY_GEN],
    ] as const) {
      const label = labels[use];
      if (!this.find('key', label)) this.#generate(mechanism, this.#template(use, { token: true, label }));
    }
  }

  #key(label: string): Handle {
    const handle = this.#own.get(label) ?? this.find('key', label);
    if (!handle) throw new KeyFault('keys.file_missing', 'the token holds no keys of this platform yet');
    this.#own.set(label, handle);
    return handle;
  }

  #bind(wrapped: Uint8Array, about: string): Uint8Array {
    return this.#call(() => {
      this.#module.C_SignInit(this.#session, { mechanism: this.#api.CKM_SHA256_HMAC }, this.#key(labels.bind));
      return this.#module.C_Sign(this.#session, Buffer.concat([Buffer.from(about), wrapped]), Buffer.alloc(32));
    });
  }

  #gcm(iv: Uint8Array, about: string): Mechanism {
    const { CKM_AES_GCM: mechanism, CK_PARAMS_AES_GCM: type } = this.#api;
    const [iv_bytes, aad] = [Buffer.from(iv), Buffer.from(about)];
    return { mechanism, parameter: { type, iv: iv_bytes, aad, ivBits: 96, tagBits: 128 } as never };
  }

  #keyWrap(): Mechanism {
    return { mechanism: this.#api.CKM_AES_KEY_WRAP };
  }

  #generate(mechanism: number, template: Template): Handle {
    return this.#call(() => this.#module.C_GenerateKey(this.#session, { mechanism }, template));
  }

  /** A key has one use: who could wrap a key and decrypt with the same key would see what was wrapped. */
  #template(use: KeyUse, given: { token: boolean; label?: string; wrappable?: boolean }): Template {
    const api = this.#api;
    const { type, may } = {
      cipher: { type: api.CKK_DES2, may: [api.CKA_ENCRYPT] },
      wrap: { type: api.CKK_AES, may: [api.CKA_WRAP, api.CKA_UNWRAP] },
      seal: { type: api.CKK_AES, may: [api.CKA_ENCRYPT, api.CKA_DECRYPT] },
      bind: { type: api.CKK_GENERIC_SECRET, may: [api.CKA_SIGN] },
    }[use];
    const uses = [api.CKA_ENCRYPT, api.CKA_DECRYPT, api.CKA_WRAP, api.CKA_UNWRAP, api.CKA_SIGN, api.CKA_VERIFY];
    return [
      { type: api.CKA_CLASS, value: api.CKO_SECRET_KEY },
      { type: api.CKA_KEY_TYPE, value: type },
      { type: api.CKA_TOKEN, value: given.token },
      { type: api.CKA_PRIVATE, value: true },
      { type: api.CKA_SENSITIVE, value: true },
      { type: api.CKA_EXTRACTABLE, value: given.wrappable ?? false },
      ...uses.map((one) => ({ type: one, value: may.includes(one) })),
      ...(use === 'cipher' ? [] : [{ type: api.CKA_VALUE_LEN, value: 32 }]),
      ...(given.label ? [{ type: api.CKA_LABEL, value: given.label }] : []),
    ];
  }

  #attribute(handle: Handle, type: number): Buffer {
    return this.#call(() => {
      const [found] = this.#module.C_GetAttributeValue(this.#session, handle, [{ type }]);
      return Buffer.from(found?.value as Buffer);
    });
  }

  #search(template: Template): readonly Handle[] {
    return this.#call(() => {
      this.#module.C_FindObjectsInit(this.#session, template);
      const found: Handle[] = [];
      for (let next = this.#next(); next; next = this.#next()) found.push(next);
      this.#module.C_FindObjectsFinal(this.#session);
      return found;
    });
  }

  #next(): Handle | null {
    return this.#module.C_FindObjects(this.#session);
  }

  #call<T>(work: () => T): T {
    try {
      return work();
    } catch (fault) {
      throw asFault(fault);
    }
  }

  /** Null where the module refuses what it was given. */
  #try<T>(work: () => T): T | null {
    try {
      return work();
    } catch (fault) {
      if (fault instanceof KeyFault) throw fault;
      return null;
    }
  }
}

/** The package is optional: it is compiled where a compiler is, and everything but PKCS#11 runs without it. */
async function load(): Promise<Api> {
  try {
    const { default: api } = (await import('pkcs11js')) as unknown as { default: Api };
    return api;
  } catch {
    throw new KeyFault('keys.module_missing', 'the package pkcs11js is not there: install a C++ compiler, then npm i');
  }
}

/** Whether this installation could speak PKCS#11. */
export const canSpeakPkcs11 = (): Promise<boolean> =>
  load().then(
    () => true,
    () => false,
  );

/** Labels come padded with blanks or with zero bytes. */
const text = (label: string): string => label.replaceAll('\0', ' ').trim();

function quiet(code: string, work: () => void): void {
  try {
    work();
  } catch (fault) {
    if ((fault as Error).message !== code) throw fault;
  }
}

/** What a module says of itself is a code of the standard and names no key. */
const asFault = (fault: unknown): KeyFault =>
  fault instanceof KeyFault ? fault : new KeyFault('keys.module_refuses', `PKCS#11: ${(fault as Error).message}`);
