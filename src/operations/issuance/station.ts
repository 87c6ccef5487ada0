import type { CardReader } from '../../core/card/index.ts';
import {
  authenticateCard,
  buildTlv,
  connect,
  creditLoad,
  getChallenge,
  historyOf,
  initLoad,
  loadMac2Input,
  loadTacInput,
  type Port,
  packPin,
  presentAuthentication,
  readAccount,
  readFile,
  readHolder,
  selectMedical,
  sw,
  verifyPin,
} from '../../core/card/index.ts';
import type { CardKeyName, KeyStore } from '../../core/keys/contract.ts';
import { bytes, concat, equal, hex } from '../../kernel/bytes.ts';
import type { Fen } from '../../kernel/money.ts';
import { type CardData, factorsOf, historyOfCard } from './chip-data.ts';
import { gbkField } from './gbk.rules.ts';

/** What the station asks of the key store: nothing that shows a key. */
export type StationKeys = Pick<KeyStore, 'authentication' | 'commandMac' | 'commandCipher' | 'loadMac' | 'tac'>;

/** Why a card could not be finished. `data`: it does not fit on the chip; the others are the chip's or the reader's. */
export type StationFault = 'other_chip' | 'not_genuine' | 'refused' | 'data' | 'differs';

/** A step that did not do what it should; the station stops there and the card stays begun. */
export class StationError extends Error {
  readonly fault: StationFault;
  constructor(fault: StationFault, at: string) {
    super(`${fault} at ${at}`);
    this.fault = fault;
  }
}

const environment = bytes('00A404000F 7378312E73682EC9E7BBE1B1A3D5CF');
const random8 = (): Uint8Array => crypto.getRandomValues(new Uint8Array(8));

async function send(port: Port, command: Uint8Array, at: string): Promise<void> {
  const { status } = await port.send(command);
  if (status !== sw.ok) throw new StationError('refused', `${at}: ${status.toString(16)}`);
}

async function challenge(port: Port): Promise<Uint8Array> {
  const answer = await getChallenge(port);
  if (!answer.ok) throw new StationError('refused', 'challenge');
  return answer.value;
}

/** Opens a key of the current directory for this session. */
async function present(port: Port, keys: StationKeys, card: CardData, key: CardKeyName): Promise<void> {
  const original = random8();
  const data = keys.authentication(key, factorsOf(card), await challenge(port), original);
  const answer = await presentAuthentication(port, key, data, original);
  if (!answer.ok) throw new StationError('refused', key);
}

/** A command with MAC under STK and a fresh challenge (card.md 3.7). */
async function signed(port: Port, keys: StationKeys, card: CardData, header: readonly number[], data: Uint8Array) {
  const input = concat(Uint8Array.of(...header, data.length + 4), data);
  const mac = keys.commandMac('STK', factorsOf(card), await challenge(port), input);
  await send(port, concat(input, mac), hex(Uint8Array.of(...header)));
}

/** An element of a file by its record number, UPDATE RECORD with MAC. */
type Element = {
  readonly file: number;
  readonly record: number;
  readonly tag: number;
  readonly value: Uint8Array | null;
};

async function write(port: Port, keys: StationKeys, card: CardData, { file, record, tag, value }: Element) {
  if (!value) throw new StationError('data', `tag ${tag.toString(16)}`);
  await signed(port, keys, card, [0x04, 0xdc, record, (file << 3) | 4], buildTlv(tag, value));
}

const compact = (day: string): Uint8Array => bytes(day.replaceAll('-', ''));

/** EF06 of the environment and EF05 of the medical application, as the station writes them (card.md 3.5). */
const holderElements = (card: CardData): Element[] => [
  { file: 6, record: 1, tag: 0x08, value: gbkField(card.citizen_number, 0x12) },
  { file: 6, record: 2, tag: 0x09, value: gbkField(card.name, 0x1e) },
  { file: 6, record: 4, tag: 0x0a, value: gbkField(String(card.sex), 1) },
  { file: 6, record: 5, tag: 0x0b, value: bytes('01') },
  { file: 6, record: 6, tag: 0x0c, value: bytes(card.citizen_number.slice(0, 6)) },
  { file: 6, record: 7, tag: 0x0d, value: compact(card.birth) },
];
const medicalElements = (card: CardData): Element[] => [
  { file: 5, record: 1, tag: 0x81, value: gbkField(card.insurance ?? '', 8) },
  { file: 5, record: 2, tag: 0x84, value: bytes(card.city_code) },
  { file: 5, record: 6, tag: 0x8b, value: gbkField(card.account_number, 0x1d) },
];

/** Connects and makes sure that it is this card's own chip: the factor in its ATR, and what only its IRK can answer. */
async function ownChip(reader: CardReader, slot: string, keys: StationKeys, card: CardData): Promise<Port> {
  const port = await connect(reader, slot);
  const history = historyOf(port.atr);
  if (!history || !equal(history, historyOfCard(card))) throw new StationError('other_chip', 'answer to reset');
  const [factor, original] = [random8(), random8()];
  const shown = await authenticateCard(port, factor, original);
  if (!shown.ok || !equal(shown.value, keys.authentication('IRK', factorsOf(card), factor, original)))
    throw new StationError('not_genuine', 'internal authentication');
  return port;
}

/** Sets a PIN whatever there was before: PIN REPLACE under PUK, the PIN enciphered under STK (card.md 3.9). */
async function replacePin(port: Port, keys: StationKeys, card: CardData, pin: string): Promise<void> {
  await send(port, environment, 'environment');
  await present(port, keys, card, 'PUK');
  const random = await challenge(port);
  const cipher = keys.commandCipher('STK', factorsOf(card), random, packPin(pin));
  const input = concat(Uint8Array.of(0x84, 0x24, 0x00, 0x01, cipher.length + 4), cipher);
  await send(port, concat(input, keys.commandMac('STK', factorsOf(card), random, input)), 'PIN');
}

/**
 * Personalises the chip in a slot and reads it back. Every step may be repeated, so that a card that was pulled out at any
 * point is put in again and done from the start; nothing else makes a chip this card's. Throws StationError and CardFault.
 */
export async function personaliseCard(
  reader: CardReader,
  slot: string,
  keys: StationKeys,
  card: CardData,
  pin: string,
): Promise<void> {
  const port = await ownChip(reader, slot, keys, card);
  await send(port, environment, 'environment');
  await present(port, keys, card, 'UKSSSE');
  for (const element of holderElements(card)) await write(port, keys, card, element);
  if (!(await selectMedical(port)).ok) throw new StationError('refused', 'medical');
  await present(port, keys, card, 'UK1DF04');
  for (const element of medicalElements(card)) await write(port, keys, card, element);
  await replacePin(port, keys, card, pin);
  await inspect(reader, slot, keys, card, pin);
  await reader.disconnect(slot);
}

/** Quality check: a fresh session, everything read as a terminal reads it and compared. */
async function inspect(reader: CardReader, slot: string, keys: StationKeys, card: CardData, pin: string) {
  await reader.disconnect(slot);
  const port = await ownChip(reader, slot, keys, card);
  const holder = await readHolder(port);
  if (!holder.ok) throw new StationError('differs', 'holder');
  const found = [
    holder.value.cardIdCode,
    holder.value.cardNumber,
    holder.value.citizenNumber,
    holder.value.name,
    holder.value.sex,
    holder.value.birth,
    holder.value.issued,
    holder.value.expiry,
  ];
  const wanted = [
    hex(card.card_id_code),
    card.card_number,
    card.citizen_number,
    card.name,
    String(card.sex),
    ...[card.birth, card.issued_on, card.expires_on].map((day) => day.replaceAll('-', '')),
  ];
  const wrong = wanted.findIndex((value, i) => value !== found[i]);
  if (wrong >= 0) throw new StationError('differs', `item ${wrong}`);
  if (!(await selectMedical(port)).ok) throw new StationError('differs', 'medical');
  if ((await verifyPin(port, pin)).kind !== 'right') throw new StationError('differs', 'PIN');
  const medical = await readFile(port, 5);
  if (!medical.ok) throw new StationError('differs', 'medical file');
  for (const { tag, value } of medicalElements(card)) {
    const there = medical.value.get(tag);
    if (!there || !value || !equal(there, value)) throw new StationError('differs', `tag ${tag.toString(16)}`);
  }
}

/** At the counter: the holder's own PIN on the card, whatever the envelope said. 6 digits. */
export async function setHolderPin(
  reader: CardReader,
  slot: string,
  keys: StationKeys,
  card: CardData,
  pin: string,
): Promise<void> {
  await replacePin(await ownChip(reader, slot, keys, card), keys, card, pin);
  await reader.disconnect(slot);
}

export type TakenUp = { readonly load_sequence: number };

/**
 * Loads the money of the old card onto the chip of the new one, once: the chip of a new card is empty and has never been
 * loaded; one that has been holds it already. Its TAC is verified. `time` is 7 packed bytes.
 */
export async function takeUpMoney(
  reader: CardReader,
  slot: string,
  keys: StationKeys,
  card: CardData,
  money: { readonly pin: string; readonly amount: Fen; readonly terminal: Uint8Array; readonly time: Uint8Array },
): Promise<TakenUp> {
  const { amount, terminal, time } = money;
  const port = await ownChip(reader, slot, keys, card);
  if (!(await selectMedical(port)).ok) throw new StationError('refused', 'medical');
  if ((await verifyPin(port, money.pin)).kind !== 'right') throw new StationError('refused', 'PIN');
  const account = await readAccount(port);
  if (!account.ok) throw new StationError('refused', 'account');
  const started = await initLoad(port, amount, terminal);
  if (!started.ok) throw new StationError('refused', 'load');
  const { sequence, random, balance } = started.value;
  if (sequence > 0) return { load_sequence: sequence };
  const factors = factorsOf(card);
  const session = { random, sequence };
  if (!equal(started.value.mac1, keys.loadMac(factors, session, started.value.mac1Input)))
    throw new StationError('not_genuine', 'MAC1');
  const tac = await creditLoad(port, time, keys.loadMac(factors, session, loadMac2Input(amount, terminal, time)));
  if (!tac.ok) throw new StationError('refused', 'credit');
  const input = loadTacInput({ balanceAfter: (balance + amount) as Fen, sequence, amount, terminal, time });
  if (!equal(tac.value, keys.tac(factors, input))) throw new StationError('not_genuine', 'TAC');
  await reader.disconnect(slot);
  return { load_sequence: sequence + 1 };
}
