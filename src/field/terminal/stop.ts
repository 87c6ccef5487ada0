import { CardFault } from '../../core/card/index.ts';
import type { ResponseCode } from '../../core/switch/index.ts';
import { ChipRefused } from './chip-conversation.ts';
import type { TerminalRefusalCode } from './contract.ts';

/** The "no" that ends a payment; thrown within a payment only, so that its steps read as they are taken. */
export class Stop extends Error {
  readonly code: TerminalRefusalCode;
  readonly response_code: ResponseCode | null;
  readonly tries_left: number | null;

  constructor(code: TerminalRefusalCode, more: { response_code?: ResponseCode; tries_left?: number } = {}) {
    super(code);
    this.code = code;
    this.response_code = more.response_code ?? null;
    this.tries_left = more.tries_left ?? null;
  }
}

/** Bugs and faults of the machine go on as they are; what a card can do is a "no". */
export function stopOf(fault: unknown): Stop {
  if (fault instanceof Stop) return fault;
  if (fault instanceof ChipRefused) return new Stop('terminal.card_failed');
  if (!(fault instanceof CardFault)) throw fault;
  if (fault.code === 'card.removed' || fault.code === 'card.absent') return new Stop('terminal.card_removed');
  return new Stop('terminal.card_unreadable');
}
