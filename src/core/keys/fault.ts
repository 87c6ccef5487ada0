import type { KeyFaultCode } from './contract.ts';

/** A key that cannot be had: the world's doing, not the caller's. */
export class KeyFault extends Error {
  override name = 'KeyFault';
  readonly code: KeyFaultCode;

  constructor(code: KeyFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
