import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { xor } from '../../kernel/bytes.ts';
import { KeyFault } from './fault.ts';

/** 32 MiB and about a tenth of a second for each guess at the passphrase. */
const cost = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 } as const;

/** One passphrase for each of two persons; neither opens anything alone. */
export type Passphrases = readonly [first: string, second: string];

/** What one person's passphrase is checked by; `proof` tells a wrong passphrase from damage. */
type Share = { readonly salt: string; readonly proof: string };

/** One file, AES-256-GCM under the XOR of two keys, each made from one person's passphrase with scrypt. */
type VaultFile = { readonly format: 'tessera-keys/2'; readonly shares: readonly Share[]; iv: string; sealed: string };

/** An opened vault: it can be written again without asking its two persons a second time. */
export type Vault = { readonly path: string; readonly shares: readonly Share[]; readonly key: Uint8Array };

type Derived = { key: Uint8Array; proof: Uint8Array };

function derive(passphrase: string, salt: Uint8Array): Promise<Derived> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 64, cost, (error, derived) => {
      if (error) reject(error);
      else
        resolve({
          key: new Uint8Array(derived.subarray(0, 32)),
          proof: new Uint8Array(createHash('sha256').update(derived.subarray(32)).digest().subarray(0, 16)),
        });
    });
  });
}

/** AES-256-GCM: iv 12 ‖ ciphertext ‖ tag 16, bound to `about`. */
export function seal(key: Uint8Array, clear: Uint8Array, about: string): Uint8Array {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  return new Uint8Array(Buffer.concat([iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()]));
}

/** The clear bytes, or null when key, text or `about` is not the one it was sealed with. */
export function unseal(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array | null {
  if (sealed.length < 28) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-16));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]));
  } catch {
    return null;
  }
}

/** Writes a new vault; never over an existing one. After a crash the file is there whole or not at all. */
export async function writeVault(path: string, passphrases: Passphrases, clear: Uint8Array): Promise<Vault> {
  if (passphrases[0] === passphrases[1])
    throw new KeyFault('keys.passphrases_equal', 'the two passphrases of a key store must differ');
  const salts = [randomBytes(16), randomBytes(16)] as const;
  const [first, second] = await Promise.all([derive(passphrases[0], salts[0]), derive(passphrases[1], salts[1])]);
  const vault: Vault = {
    path,
    shares: [first, second].map(({ proof }, i) => ({ salt: salts[i as 0 | 1].toString('hex'), proof: proof.toHex() })),
    key: xor(first.key, second.key),
  };
  await put(vault, clear, async (draft) => {
    try {
      // A link fails where a rename would silently replace the master keys of a city.
      await link(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new KeyFault('keys.file_exists', `there is a key store already: ${path}`);
      throw error;
    } finally {
      await unlink(draft);
    }
  });
  return vault;
}

/** Reads what an opened vault holds now; another process may have written it since. */
export async function rereadVault(vault: Vault): Promise<Uint8Array> {
  const file = parseVault(await readText(vault.path));
  const clear = file && unseal(vault.key, Uint8Array.fromHex(file.iv + file.sealed), 'tessera-keys/2');
  if (!clear) throw new KeyFault('keys.file_damaged', `the key store was changed or damaged: ${vault.path}`);
  return clear;
}

/** Puts other contents into an opened vault. After a crash the file is the old one or the new one, whole. */
export const replaceVault = (vault: Vault, clear: Uint8Array): Promise<void> =>
  put(vault, clear, (draft) => rename(draft, vault.path));

async function put({ path, shares, key }: Vault, clear: Uint8Array, place: (draft: string) => Promise<void>) {
  const sealed = seal(key, clear, 'tessera-keys/2');
  const file: VaultFile = {
    format: 'tessera-keys/2',
    shares,
    iv: sealed.subarray(0, 12).toHex(),
    sealed: sealed.subarray(12).toHex(),
  };
  const draft = `${path}.${randomBytes(4).toString('hex')}.draft`;
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await place(draft);
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}

export async function readVault(path: string, passphrases: Passphrases): Promise<{ vault: Vault; clear: Uint8Array }> {
  const file = parseVault(await readText(path));
  if (!file) throw new KeyFault('keys.file_damaged', `not a key store, or damaged: ${path}`);
  const derived = await Promise.all(
    file.shares.map(({ salt }, i) => derive(passphrases[i as 0 | 1], Uint8Array.fromHex(salt))),
  );
  const wrong = derived.findIndex(({ proof }, i) => proof.toHex() !== file.shares[i]?.proof);
  if (wrong >= 0)
    throw new KeyFault(
      'keys.passphrase_wrong',
      `the passphrase of the ${wrong === 0 ? 'first' : 'second'} person does not open ${path}`,
    );
  const [first, second] = derived as [Derived, Derived];
  const vault: Vault = { path, shares: file.shares, key: xor(first.key, second.key) };
  return { vault, clear: await rereadVault(vault) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new KeyFault('keys.file_missing', `there is no key store at ${path}`);
    throw error;
  }
}

function parseVault(text: string): VaultFile | null {
  try {
    const file = JSON.parse(text) as VaultFile;
    const isHex = (value: unknown) => typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value);
    const shares = file.shares.flatMap(({ salt, proof }) => [salt, proof]);
    const whole = shares.length === 4 && [...shares, file.iv, file.sealed].every(isHex);
    return file.format === 'tessera-keys/2' && whole ? file : null;
  } catch {
    return null;
  }
}
