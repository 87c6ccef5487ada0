import { bytes, concat, hex, readUint } from '../../../src/kernel/bytes.ts';

/** One command to the card and its answer, status word last. */
export type Exchange = (command: Uint8Array) => Promise<Uint8Array>;

/** What anyone may read of a card, and how its PIN stands. Days are yyyy-mm-dd, empty where the card has none. */
export type PublicCard = {
  readonly cardNumber: string;
  readonly cityCode: string;
  readonly version: string;
  readonly issued: string;
  readonly expires: string;
  readonly citizenNumber: string;
  readonly name: string;
  readonly pin: PinState;
};
export type PinState =
  | { readonly kind: 'none' | 'blocked' | 'unknown' }
  | { readonly kind: 'set'; readonly left: number };

/** What lies in the reader is no social-security card, or one that does not let itself be read. */
export class UnreadableCard extends Error {
  override name = 'UnreadableCard';
}

/** The name of the social-security environment, `sx1.sh.社会保障` in GBK (card.md 3.1). */
const environment = bytes('7378312E73682E C9E7BBE1B1A3D5CF');
const issueFile = 0x05;
const personFile = 0x06;

/** Reads EF05 and EF06 of the environment (card.md 3.5), and asks how many tries the PIN has. */
export async function readPublic(exchange: Exchange): Promise<PublicCard> {
  await expectOk(exchange, concat(bytes('00A40400'), Uint8Array.of(environment.length), environment));
  const issue = elements(await expectOk(exchange, readFile(issueFile)));
  const person = elements(await expectOk(exchange, readFile(personFile)));
  return {
    cardNumber: text(issue.get(0x07)),
    cityCode: digits(issue.get(0x01)).slice(0, 6),
    version: text(issue.get(0x03)),
    issued: day(issue.get(0x05)),
    expires: day(issue.get(0x06)),
    citizenNumber: text(person.get(0x08)),
    name: text(person.get(0x09)),
    pin: await pinState(exchange),
  };
}

/** VERIFY without digits tells the state of the PIN and takes no try (card.md 3.8). */
async function pinState(exchange: Exchange): Promise<PinState> {
  const { status } = await send(exchange, bytes('0020000000'));
  if (status === 0x9000) return { kind: 'none' };
  if (status === 0x6983) return { kind: 'blocked' };
  return status >> 4 === 0x63c ? { kind: 'set', left: status & 15 } : { kind: 'unknown' };
}

const readFile = (short: number) => Uint8Array.of(0x00, 0xb2, 0x01, (short << 3) | 5, 0x00);

async function expectOk(exchange: Exchange, command: Uint8Array): Promise<Uint8Array> {
  const { status, data } = await send(exchange, command);
  if (status !== 0x9000) throw new UnreadableCard(`${hex(command.subarray(0, 5))}: ${status.toString(16)}`);
  return data;
}

/** An answer that comes in pieces ends after so many: a foreign card could go on for ever. */
const mostPieces = 16;

/** Repeats after 6Cxx with the length the card named, and fetches what 61xx announces (ISO/IEC 7816-3, T=0). */
async function send(exchange: Exchange, command: Uint8Array): Promise<{ status: number; data: Uint8Array }> {
  let answer = await exchange(command);
  const statusOf = () => (answer.length < 2 ? 0 : readUint(answer, answer.length - 2, 2));
  if (statusOf() >> 8 === 0x6c) answer = await exchange(concat(command.slice(0, 4), answer.slice(-1)));
  const parts = [answer.slice(0, -2)];
  while (statusOf() >> 8 === 0x61) {
    if (parts.length > mostPieces) throw new UnreadableCard(`more than ${mostPieces} pieces`);
    answer = await exchange(concat(bytes('00C00000'), answer.slice(-1)));
    parts.push(answer.slice(0, -2));
  }
  return { status: statusOf(), data: concat(...parts) };
}

/** Tag and length of one byte each; what is cut short is left out. */
function elements(file: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = 0; at + 2 <= file.length; ) {
    const end = at + 2 + (file[at + 1] as number);
    if (end <= file.length) found.set(file[at] as number, file.slice(at + 2, end));
    at = end;
  }
  return found;
}

const text = (value: Uint8Array = new Uint8Array()): string =>
  new TextDecoder('gbk').decode(value).replace(/[\0 ]+$/, '');
const digits = (value: Uint8Array = new Uint8Array()): string => hex(value).replace(/F+$/, '');
const day = (value?: Uint8Array): string =>
  /^\d{8}$/.test(digits(value)) ? digits(value).replace(/(....)(..)(..)/, '$1-$2-$3') : '';
