import { KeyFault, unionpayMac, unwrapWorkingKeys } from '../keys/index.ts';

/**
 * The security module of a terminal, in software: holds the terminal master key and the working keys of the day, and
 * gives out nothing but MACs. The other end of `KeyStore.createWorkingKeys` and `KeyStore.terminalMac`.
 */
export class SoftwarePinPad {
  readonly #masterKey: Uint8Array;
  #macKey: Uint8Array | null = null;

  /** `masterKey` as injected when the terminal was made ready, 16 bytes. */
  constructor(masterKey: Uint8Array) {
    this.#masterKey = masterKey.slice();
  }

  get signedIn(): boolean {
    return this.#macKey !== null;
  }

  /** Takes field 62 of a sign-in answer; false, and the old keys stay, when a check value does not fit. */
  takeWorkingKeys(download: Uint8Array): boolean {
    try {
      this.#macKey = unwrapWorkingKeys(this.#masterKey, download).mac;
      return true;
    } catch (fault) {
      if (fault instanceof KeyFault) return false;
      throw fault;
    }
  }

  forgetWorkingKeys(): void {
    this.#macKey = null;
  }

  /** Field 64 for `input` (MTI through the last field before it); null before a sign-in. */
  mac(input: Uint8Array): Uint8Array | null {
    return this.#macKey && unionpayMac(this.#macKey, input);
  }
}
