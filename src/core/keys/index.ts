export { cbcLastBlock, decrypt, encrypt, padWith80 } from './cipher.ts';
export type {
  CardFactors,
  CardKeyName,
  CipherFamily,
  KeyFaultCode,
  KeyStore,
  SealedKey,
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
export { pinBlock } from './pin-blocks.ts';
export { SoftwareKeyStore } from './store.ts';
export { unwrapWorkingKeys, wrapWorkingKeys } from './working-keys.ts';
