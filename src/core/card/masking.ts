import { hex } from '../../kernel/bytes.ts';
import { type CommandSpec, cardCommands, chipCommands } from './command-table.ts';
import { secretPlaces } from './debit/debit-elements.ts';

/** Instructions that carry a PIN in the clear, whatever their class. */
const secret = new Set(
  Object.values<CommandSpec>(chipCommands)
    .filter((spec) => spec.sends.some((field) => field.coding === 'secret'))
    .map((spec) => spec.ins),
);

export const carriesPin = (apdu: Uint8Array): boolean => secret.has(apdu[1] ?? 0);

const { read_binary, update_binary, read_record, update_record, append_record } = cardCommands;
const macLength = 4;

/**
 * A command as hex, every digit of a PIN replaced by `*`: the length of a PIN may be known, its digits never. Of records
 * and bytes that are written, what says who the holder is is masked as in the answer that reads it.
 */
export function maskCommand(apdu: Uint8Array): string {
  const text = hex(apdu);
  if (carriesPin(apdu)) return text.slice(0, 10) + '*'.repeat(Math.max(0, text.length - 10));
  const ins = apdu[1];
  const ofBytes = ins === update_binary.ins;
  if (!ofBytes && ins !== update_record.ins && ins !== append_record.ins) return text;
  const end = Math.max(5, apdu.length - (((apdu[0] as number) & 0x0f) === 0x04 ? macLength : 0));
  const data = apdu.subarray(5, end);
  return text.slice(0, 10) + (ofBytes ? maskBytes(apdu, data) : maskElements(data)) + text.slice(2 * end);
}

/**
 * Data elements that say who the holder is: citizen number, names, sex, birth, addresses, phones, the contact and the
 * account number (V2.0 files; names in `data-elements.ts`).
 */
const personal = new Set([0x08, 0x09, 0x4e, 0x0a, 0x0d, 0x21, 0x23, 0x28, 0x2c, 0x2d, 0x8b]);

/**
 * The answer to `command` as hex. Of records, the values that say who the holder is are replaced by `*`: which elements
 * were read and how long they are may be known, what they say never. A record cut short is masked to its end.
 */
export function maskAnswer(command: Uint8Array, response: Uint8Array): string {
  const ofBytes = command[1] === read_binary.ins;
  if (!ofBytes && command[1] !== read_record.ins) return hex(response);
  const end = Math.max(0, response.length - 2);
  const data = response.subarray(0, end);
  return (ofBytes ? maskBytes(command, data) : maskElements(data)) + hex(response.subarray(end));
}

function maskElements(records: Uint8Array): string {
  let text = '';
  for (let at = 0; at < records.length; ) {
    const start = Math.min(at + 2, records.length);
    const next = Math.min(start + (records[at + 1] ?? 0), records.length);
    const value = hex(records.subarray(start, next));
    text += hex(records.subarray(at, start)) + (personal.has(records[at] ?? 0) ? '*'.repeat(value.length) : value);
    at = next;
  }
  // A record of a bank chip is one template, so the walk above went over it as a whole.
  for (const [from, to] of secretPlaces(records))
    text = text.slice(0, 2 * from) + '*'.repeat(2 * (to - from)) + text.slice(2 * to);
  return text;
}

/** Of transparent files: 0015 is public; 0016 of a card names its holder, and of a PSAM is the terminal number, 6 bytes. */
const [publicFile, holderFile] = [0x95, 0x96];
const terminalNumber = 6;
/** Nothing a PSAM tells is longer; photo, fingerprint and reserved files are. */
const longestOpen = 10;

/** `data` of a transparent file; without a short identifier nobody knows of which, so that nothing is shown. */
function maskBytes([, , p1 = 0, p2]: Uint8Array, data: Uint8Array): string {
  const { length } = data;
  const whole = p2 === 0 && length === terminalNumber;
  const ofHolder = whole ? terminalNumber : p2 === 0 ? 2 : 0;
  const open = p1 < 0x80 ? 0 : p1 === publicFile ? length : p1 === holderFile ? ofHolder : longestOpen;
  const shown = Math.min(open, length);
  return hex(data.subarray(0, shown)) + '*'.repeat(2 * (length - shown));
}
