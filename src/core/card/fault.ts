import type { CardFaultCode } from './contract.ts';

/** A card that cannot be spoken with, or an image that cannot be read. What a card refuses is a status word, not a fault. */
export class CardFault extends Error {
  override name = 'CardFault';
  readonly code: CardFaultCode;

  constructor(code: CardFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
