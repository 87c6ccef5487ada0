/**
 * A key as it may lie outside the key store: encrypted under the store's own key, with name and check value.
 * The clear key exists only inside the store.
 */
export type SealedKey = {
  readonly name: string;
  readonly version: number;
  /** First 3 bytes of E(key, 0), hex. */
  readonly check_value: string;
  /** Ciphertext and tag, hex. */
  readonly sealed: string;
};

/** The two families of ciphers of LD4 §8-9: 3DES on second-generation cards, SM4 on third-generation ones. */
export type CipherFamily = 'des' | 'sm4';

/** The three diversification factors of a social-security card, 8 bytes each (LD9 §7.3), and its cipher family. */
export type CardFactors = {
  readonly province: Uint8Array;
  readonly city: Uint8Array;
  readonly card: Uint8Array;
  /** SM4 where nothing is said. */
  readonly family?: CipherFamily;
  /** Version of the master keys the card was made under; the first where nothing is said. */
  readonly version?: number;
};

/** A key on its way to a card or PSAM: encrypted under a transport key, with the first 3 bytes of E(key, 0) as hex. */
export type TransportedKey = {
  readonly name: CardKeyName;
  readonly encrypted: Uint8Array;
  readonly check_value: string;
};

/** Names of the keys that live on a user card (LD9 annex B, card.md 3.6). */
export type CardKeyName =
  | 'IRK' // internal authentication
  | 'STK' // maintenance (MAC)
  | 'BK' // block
  | 'PUK' // PIN unblock
  | 'UKSSSE' // update SSSE files
  | 'RKSSSE' // read photo and fingerprint
  | 'RK1DF04' // read DF04
  | 'UK1DF04' // update DF04
  | 'DSK' // set starting day
  | 'DLK' // load
  | 'DPK' // purchase
  | 'DTK' // TAC
  | 'PPK'; // purchase of the PBOC purse and deposit

/**
 * What the centre asks of its security module. Nothing here ever returns a clear key of the centre.
 * All MACs and authentication data are bytes as they travel in APDU and ISO 8583 messages.
 */
export interface KeyStore {
  /** Authentication data a card (IRK) or the host (any other key) gives for `factor` and `original`: 8 bytes (card.md 3.7). */
  authentication(key: CardKeyName, card: CardFactors, factor: Uint8Array, original: Uint8Array): Uint8Array;
  /** MAC of secure messaging for a card command, 4 bytes; `challenge` is the card's random (8 bytes). */
  commandMac(key: CardKeyName, card: CardFactors, challenge: Uint8Array, input: Uint8Array): Uint8Array;
  /** Data of a card command encrypted under the session key of `challenge`: LD1 ‖ data, padded 80 00…, ECB (card.md 3.7). */
  commandCipher(key: CardKeyName, card: CardFactors, challenge: Uint8Array, data: Uint8Array): Uint8Array;
  /** MAC under the session key SESLK of the medical account's load (DLK; session input rnd4 ‖ seq2 ‖ 8000): 4 bytes. */
  loadMac(card: CardFactors, session: { random: Uint8Array; sequence: number }, input: Uint8Array): Uint8Array;
  /** Transaction authentication code of a card (DTK): 4 bytes. */
  tac(card: CardFactors, input: Uint8Array): Uint8Array;
  /** The keys of one card, encrypted under its transport key, for personalisation; called by issuing only. */
  cardKeys(card: CardFactors, transport: Uint8Array): readonly TransportedKey[];
  /** The city-level keys a PSAM carries, encrypted under the PSAM's transport key. */
  psamKeys(factors: Omit<CardFactors, 'card'>, transport: Uint8Array): readonly TransportedKey[];

  /** A fresh terminal master key; `injection` is the same key encrypted under the terminal's 16-byte transport key. */
  createTerminalKey(terminal: string, transport: Uint8Array): { sealed: SealedKey; injection: Uint8Array };
  /**
   * Fresh working keys for a sign-in: `download` is field 62, 40 bytes: PIK16 KCV4 MAK16 KCV4 under the terminal master
   * key (card.md 4.4); the sealed keys are what the switch keeps.
   */
  createWorkingKeys(terminal: SealedKey): { download: Uint8Array; pin: SealedKey; mac: SealedKey };
  /** UnionPay ECB MAC with a 16-byte working key: 8 bytes as they stand in field 64 (card.md 4.4 a). */
  terminalMac(key: SealedKey, message: Uint8Array): Uint8Array;
}

/** A master key by name: a card key's national root, or the transport key `TK-…` agreed with who receives keys. */
export type MasterKeyId = { readonly family: CipherFamily; readonly name: string; readonly version: number };
/** With its check value: first 3 bytes of E(key, 0), hex. */
export type MasterKey = MasterKeyId & { readonly check_value: string };

/** A component of 16 bytes made at random: shown to its custodian once, kept sealed for the combination. */
export type MadeComponent = { readonly component: Uint8Array; readonly check_value: string; readonly sealed: string };
/** Something the store sealed, with the words it was bound to. */
export type SealedPart = { readonly sealed: string; readonly about: string };

/** A city's or province's key on its way to somebody: a TR-31 key block (3DES), or E(transport key, key) in hex (SM4). */
export type ExportedKey = { readonly format: 'tr31' | 'sm4_ecb'; readonly text: string; readonly check_value: string };
export type KeyToExport = MasterKeyId & { readonly province: Uint8Array; readonly city: Uint8Array | null };

/** What a store can promise, in words for the custodian's screen. */
export type StoreCapabilities = {
  readonly kind: 'software' | 'pkcs11';
  readonly model: string;
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
};

/** What custodians do with the master keys. A change is on the disk or in the module when the promise is kept. */
export interface MasterKeys {
  capabilities(): StoreCapabilities;
  /** Every master key that is there and not destroyed. */
  masters(): readonly MasterKey[];
  makeComponent(family: CipherFamily, about: string): MadeComponent;
  /** A component of 16 bytes that a custodian brings, on paper or on a component card, instead of one made here. */
  takeComponent(family: CipherFamily, component: Uint8Array, about: string): Omit<MadeComponent, 'component'>;
  /** The XOR of two or three components, sealed again; 3DES keys get odd parity. */
  combine(family: CipherFamily, parts: readonly SealedPart[], about: string): Omit<MadeComponent, 'component'>;
  /** Installs a combined key. The same key again changes nothing; another one under the same version is a fault. */
  install(key: MasterKeyId, part: SealedPart): Promise<MasterKey>;
  destroy(key: MasterKeyId): Promise<void>;
  /** The key of a province or a city under transport key `TK-…`; a national root never leaves. */
  exportKey(key: KeyToExport, transport: MasterKeyId): ExportedKey;
}

/** What a key store can fail of. The words never contain a key, a passphrase or a path's contents. */
export type KeyFaultCode =
  | 'keys.file_missing'
  | 'keys.file_exists'
  | 'keys.file_damaged'
  | 'keys.passphrase_wrong'
  | 'keys.passphrases_equal'
  | 'keys.sealed_key_damaged'
  | 'keys.version_missing'
  | 'keys.version_taken'
  | 'keys.module_missing'
  | 'keys.module_refuses'
  | 'keys.check_value_wrong';
