import { type CardFaultCode, cardFaultWords, type Words } from './contract.ts';

/** A card that cannot be spoken with, or an image that cannot be read. What a card refuses is a status word, not a fault. */
export class CardFault extends Error {
  override name = 'CardFault';
  readonly code: CardFaultCode;

  constructor(code: CardFaultCode, message: string) {
    super(message);
    this.code = code;
  }

  /** What happened and what to do, for people. */
  get words(): Words {
    return cardFaultWords[this.code];
  }
}
