import type { CardFaultCode } from '../contract.ts';
import { CardFault } from '../fault.ts';

/** What PC/SC says when something goes wrong, as `pcsc-mini` names it, in our words. */
const codes: Readonly<Record<string, CardFaultCode>> = {
  NoService: 'card.no_service',
  ServiceStopped: 'card.no_service',
  UnknownReader: 'card.reader_gone',
  ReaderUnavailable: 'card.reader_gone',
  NoReadersAvailable: 'card.reader_gone',
  NoSmartCard: 'card.absent',
  RemovedCard: 'card.removed',
  SharingViolation: 'card.reader_busy',
  UnresponsiveCard: 'card.mute',
  UnpoweredCard: 'card.mute',
  UnsupportedCard: 'card.mute',
  ProtoMismatch: 'card.mute',
  ResetCard: 'card.not_powered',
  NoCardConnection: 'card.not_powered',
};

/** The fault for what went wrong at a slot; what PC/SC has no clear name for is the reader's fault. */
export function pcscFault(error: unknown, slot: string): CardFault {
  const { code = '', message = String(error) } = (error ?? {}) as { code?: string; message?: string };
  return new CardFault(codes[code] ?? 'card.reader_fault', `${slot}: ${code || message}`);
}
