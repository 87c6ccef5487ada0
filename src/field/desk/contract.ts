import Type from 'typebox';
import { FenText, IdText } from '../../platform/http/contract.ts';

/** A terminal as the desk's page sees it. */
export const DeskTerminal = Type.Object({
  terminal_id: Type.String(),
  institution_code: Type.String(),
  state: Type.Union([Type.Literal('ready'), Type.Literal('busy')]),
  card: Type.Union([Type.Object({ card_number: Type.String(), holder_name: Type.String() }), Type.Null()]),
  screen: Type.Object({ lines: Type.Array(Type.String()) }),
});
export type DeskTerminal = Type.Static<typeof DeskTerminal>;

/** A card in the drawer of the simulated city: someone one may send to the counter. */
export const DrawerCard = Type.Object({
  card_number: Type.String(),
  holder_name: Type.String(),
  note: Type.String(),
});
export type DrawerCard = Type.Static<typeof DrawerCard>;

export const InsertCard = Type.Object({ card_number: Type.String({ minLength: 9, maxLength: 9 }) });
/** Keys of the keypad in the order they were pressed. */
export const PressKeys = Type.Object({
  keys: Type.Array(Type.String({ pattern: '^([0-9]|enter|clear|cancel)$' }), { minItems: 1, maxItems: 64 }),
});
export type PressKeys = Type.Static<typeof PressKeys>;
export const PayOrder = Type.Object({ amount_fen: FenText, settlement_no: Type.String(), trace_id: IdText });
export type PayOrder = Type.Static<typeof PayOrder>;

/** One message of a terminal's event stream. */
export type DeskEvent =
  | { readonly type: 'screen'; readonly lines: readonly string[] }
  | { readonly type: 'step'; readonly step: string }
  | { readonly type: 'receipt'; readonly zh: string; readonly en: string }
  | { readonly type: 'done'; readonly paid: boolean; readonly code?: string };
