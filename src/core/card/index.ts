export { transactionType } from './account.rules.ts';
export { buildCommand, parseAnswer, parseCommand } from './apdu.ts';
export { recordApdus } from './apdu-log.ts';
export { buildAtr, historyOf } from './atr.ts';
export { describeCard } from './card-description.ts';
export { type CardKind, cardOf, type KeptCard, kindOf } from './card-kinds.ts';
export { cardLines } from './card-lines.ts';
export { Chip } from './chip/chip.ts';
export type { ApduRecord, CardDescription, CardFaultCode, CardGeneration, DescribedLine, Words } from './contract.ts';
export { DebitChip } from './debit/debit-chip.ts';
export { type CoveredKey, type DebitPersonalisation, unionPayDebit } from './debit/debit-profile.ts';
export type { DebitProfile } from './debit/memory.ts';
export { describeAnswer, describeAtr, describeCommand, describeTlv } from './description.ts';
export { type Eeprom, isEeprom } from './eeprom.ts';
export { CardFault } from './fault.ts';
export { FileEeprom } from './file-eeprom.ts';
export { blankChip, issueByCommands } from './issue-commands.ts';
export { maskCommand } from './masking.ts';
export { type MapRow, type MemoryMap, memoryMap } from './memory-map.ts';
export {
  type OfflineRefusal,
  type OfflineSettlement,
  settledOffline,
} from './offline-settlement.rules.ts';
export {
  chipHistory,
  familyOf,
  medicalDirectory,
  type PersonalElement,
  type Personalisation,
  packPin,
  personalise,
} from './personalisation.ts';
export { type Profile, type ProfileName, profileNamed, profiles } from './profiles/index.ts';
export { purseApplicationName } from './profiles/purse-area.ts';
export { Psam, type PsamPersonalisation } from './psam/psam.ts';
export { issuePsam, type PsamIssue } from './psam/psam-issue.ts';
export type { PsamKeyName } from './psam/psam-keys.ts';
export { psamApplication, pursePsamApplication } from './psam/psam-layout.ts';
export { purseTransactionType } from './psam/purchase.ts';
export type { PurseName } from './purse/port.ts';
export { purseType } from './purse/purse.rules.ts';
export {
  clearSecurity,
  hostAccepts,
  hostAcceptsPurchase,
  hostMac2,
  type OfflineTransaction,
  type OnlineTransaction,
  type PurseSecurity,
} from './purse/purse-host.ts';
export { type CardReader, type Insertable, type ReaderEvent, SimulatedReader, type Tear } from './reader.ts';
export { joinReaders } from './readers/joined.ts';
export { openPcsc, type PcscOptions, type PcscReader } from './readers/pcsc.ts';
export { insertIntoVpcd, type VirtualCard, type VpcdOptions, type VpcdState, vpcdPort } from './readers/vpcd.ts';
export { statusWords, sw } from './status-words.ts';
export {
  type AccountState,
  creditLoad,
  debitPurchase,
  initLoad,
  initPurchase,
  type LoadStarted,
  type LogLine,
  loadMac2Input,
  loadTacInput,
  type PurchaseAmounts,
  type PurchaseDone,
  type PurchaseStarted,
  packTime,
  psamCreditPurchase,
  psamInitPurchase,
  purchaseTacInput,
  readAccount,
  readLog,
  type SamAuthorisation,
  selectMedical,
  transactionProof,
} from './steps/account-steps.ts';
export {
  authenticateCard,
  changePin,
  checkAuthentication,
  externalAuthenticate,
  getChallenge,
  type PinResult,
  pinStatus,
  presentAuthentication,
  psamAuthentication,
  verifyPin,
} from './steps/authentication.ts';
export { type Holder, readFile, readHolder } from './steps/holder.ts';
export { readOfflineSettlement, writeOfflineSettlement } from './steps/offline-settlement.ts';
export { type Answered, connect, type Port } from './steps/port.ts';
export { type PsamState, readPsamState, readTerminalNumber } from './steps/psam-steps.ts';
export {
  cacheComposite,
  creditPurse,
  debitPurse,
  debitPurseUnload,
  type HostAnswer,
  initPurseOffline,
  initPurseOnline,
  type PurseAuthorisation,
  type PurseLogLine,
  type PurseOrder,
  type PurseStarted,
  type PurseStartedOnline,
  psamInitPurse,
  purseProof,
  readPurse,
  readPurseLog,
  selectPurse,
  selectPursePsam,
  updateOverdraft,
} from './steps/purse-steps.ts';
export { buildTlv, findTag, type ParsedTlv, parseElements, parseTlv, type Tlv, type TlvFault } from './tlv.ts';
