export { cbcLastBlock, decrypt, encrypt, padWith80 } from './cipher.ts';
export type {
  CardFactors,
  CardKeyName,
  CipherFamily,
  ExportedKey,
  KeyFaultCode,
  KeyStore,
  MasterKey,
  MasterKeyId,
  MasterKeys,
  SealedKey,
  StoreCapabilities,
  TransportedKey,
} from './contract.ts';
export { emvCryptogram, emvMasterKey, emvResponseCryptogram, emvSessionKey } from './emv.ts';
export {
  authenticationData,
  cardMac,
  decryptData,
  diversify,
  encryptData,
  familyOfAlgorithm,
  familyRules,
  foldAuthentication,
  sessionKey,
  transactionCode,
} from './family.ts';
export { KeyFault } from './fault.ts';
export { cardFactors, cardKeyNames, cityFactors, psamKeyNames } from './hierarchy.ts';
export { keyCheckValue, retailMac, unionpayMac } from './mac.ts';
export { type KeyStorePlace, openKeyStore, type Passphrases } from './open-store.ts';
export { pinBlock } from './pin-blocks.ts';
export { canSpeakPkcs11, type Pkcs11Place } from './pkcs11-module.ts';
export { Pkcs11KeyStore } from './pkcs11-store.ts';
export { SoftwareKeyStore } from './store.ts';
export { unwrapKeyBlock } from './tr31.ts';
export { unwrapWorkingKeys, wrapWorkingKeys } from './working-keys.ts';
