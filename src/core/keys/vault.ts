import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { equal } from '../../kernel/bytes.ts';
import { KeyFault } from './fault.ts';

/** 32 MiB and about a tenth of a second for each guess at the passphrase. */
const cost = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 } as const;

/** One file, AES-256-GCM under a key made from a passphrase with scrypt. `proof` tells a wrong passphrase from damage. */
type VaultFile = { format: 'tessera-keys/1'; salt: string; proof: string; iv: string; sealed: string };

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
export async function writeVault(path: string, passphrase: string, clear: Uint8Array): Promise<void> {
  const salt = randomBytes(16);
  const { key, proof } = await derive(passphrase, salt);
  const iv_and_text = seal(key, clear, 'tessera-keys/1');
  const file: VaultFile = {
    format: 'tessera-keys/1',
    salt: salt.toString('hex'),
    proof: proof.toHex(),
    iv: iv_and_text.subarray(0, 12).toHex(),
    sealed: iv_and_text.subarray(12).toHex(),
  };
  const draft = `${path}.${randomBytes(4).toString('hex')}.draft`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    // A link fails where a rename would silently replace the master keys of a city.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new KeyFault('keys.file_exists', `there is a key store already: ${path}`);
    throw error;
  } finally {
    await handle.close();
    await unlink(draft);
  }
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}

export async function readVault(path: string, passphrase: string): Promise<Uint8Array> {
  const file = parseVault(await readText(path));
  if (!file) throw new KeyFault('keys.file_damaged', `not a key store, or damaged: ${path}`);
  const { key, proof } = await derive(passphrase, Uint8Array.fromHex(file.salt));
  if (!equal(proof, Uint8Array.fromHex(file.proof)))
    throw new KeyFault('keys.passphrase_wrong', `the passphrase does not open ${path}`);
  const clear = unseal(key, Uint8Array.fromHex(file.iv + file.sealed), 'tessera-keys/1');
  if (!clear) throw new KeyFault('keys.file_damaged', `the key store was changed or damaged: ${path}`);
  return clear;
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
    const file = JSON.parse(text) as Record<keyof VaultFile, unknown>;
    const isHex = (value: unknown) => typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value);
    const whole = [file.salt, file.proof, file.iv, file.sealed].every(isHex);
    return file.format === 'tessera-keys/1' && whole ? (file as VaultFile) : null;
  } catch {
    return null;
  }
}
