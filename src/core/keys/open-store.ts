import { existsSync } from 'node:fs';
import type { KeyStore, MasterKeys } from './contract.ts';
import type { Pkcs11Place } from './pkcs11-module.ts';
import { Pkcs11KeyStore } from './pkcs11-store.ts';
import { SoftwareKeyStore } from './store.ts';
import type { Passphrases } from './vault.ts';

export type { Passphrases } from './vault.ts';

/** Where the keys of an installation are: in a module where one is named, in a file otherwise. */
export type KeyStorePlace = {
  readonly file: string;
  readonly passphrases: Passphrases;
  readonly pkcs11: Pkcs11Place | null;
};

/** The centre's key store. With `make` one is made where there is none yet. */
export function openKeyStore(
  { file, passphrases, pkcs11 }: KeyStorePlace,
  { make = false }: { readonly make?: boolean } = {},
): Promise<KeyStore & MasterKeys> {
  if (pkcs11) return make ? Pkcs11KeyStore.create(pkcs11) : Pkcs11KeyStore.open(pkcs11);
  return make && !existsSync(file)
    ? SoftwareKeyStore.create(file, passphrases)
    : SoftwareKeyStore.open(file, passphrases);
}
