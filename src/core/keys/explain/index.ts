import { cardCheck } from './card-check.ts';
import { diversify, sessionKey } from './card-keys.ts';
import { authenticate, cardMac, tac } from './card-proofs.ts';
import { aes, components, des, kcv, sm3Digest, sm4 } from './ciphers.ts';
import type { Operation, OperationName } from './contract.ts';
import { dukpt, dukptAes } from './dukpt.ts';
import { arpc, arqc, masterKeyOperation, scriptMac, sessionKeyOperation } from './emv.ts';
import { unwrap, wrap } from './key-blocks.ts';
import { cbcMac, cmac, retailMac, unionpayMac } from './macs.ts';
import { pinBlock, pkiPin } from './pins.ts';
import { workingKeys } from './terminal-keys.ts';

export type {
  Choice,
  Explained,
  Match,
  Operation,
  OperationName,
  Parameter,
  RefusalCode,
  Refused,
  Step,
  Values,
  Words,
} from './contract.ts';
export { operationNames, refusalCodes, testKeysOnly } from './contract.ts';
export { LaboratoryRefusal } from './refusal.ts';

/** Every operation by its word on the command line. Test keys only. */
export const laboratory: Readonly<Record<OperationName, Operation>> = {
  kcv,
  diversify,
  'session-key': sessionKey,
  tac,
  'card-mac': cardMac,
  authenticate,
  'retail-mac': retailMac,
  'cbc-mac': cbcMac,
  cmac,
  'unionpay-mac': unionpayMac,
  'pin-block': pinBlock,
  dukpt,
  'dukpt-aes': dukptAes,
  'emv-master-key': masterKeyOperation,
  'emv-session-key': sessionKeyOperation,
  arqc,
  arpc,
  'emv-script-mac': scriptMac,
  'tr31-wrap': wrap,
  'tr31-unwrap': unwrap,
  sm3: sm3Digest,
  sm4,
  des,
  aes,
  'card-check': cardCheck,
  'working-keys': workingKeys,
  components,
  'pki-pin': pkiPin,
};
