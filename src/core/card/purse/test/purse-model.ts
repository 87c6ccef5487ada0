import { createCipheriv } from 'node:crypto';

/**
 * A second purse, written from card.md 1.1 to 1.5 and 3.7 alone: it shares no line with the chip, not even the cipher. It
 * says what a card must answer to a command, byte for byte; only the random of an INITIALIZE it takes from the card.
 */

export type ModelPurse = { money: number; limit: number; on: number; off: number };

/** The card both begin with. Keys by name and index: `load 1`, `tac 0`; bytes of records as hex. */
export type ModelCard = {
  readonly cipher: 'des' | 'sm4';
  readonly keys: Readonly<Record<string, Uint8Array>>;
  readonly version: number;
  /** Packed digits, hex. */
  readonly pin: string;
  /** Null on a card that has no deposit. */
  readonly ed: ModelPurse | null;
  readonly ep: ModelPurse;
  /** Composite records; null on a card that has no file 0019. */
  readonly records: readonly string[] | null;
  readonly logSize: number;
};

type Begun = {
  step: number;
  ep: boolean;
  type: number;
  index: number;
  sum: number;
  terminal: string;
  random: string;
  cache: [number, string][];
};

const hex = (value: number, bytes: number): string =>
  value
    .toString(16)
    .toUpperCase()
    .padStart(bytes * 2, '0');
const num = (text: string, from: number, bytes: number): number =>
  Number.parseInt(text.slice(from * 2, (from + bytes) * 2), 16);
const part = (text: string, from: number, bytes?: number): string =>
  text.slice(from * 2, bytes === undefined ? undefined : (from + bytes) * 2);

function ecb(cipher: 'des' | 'sm4', key: Buffer, block: Buffer): Buffer {
  const wide = key.length === 8 ? [key, key, key] : [key, key.subarray(0, 8)];
  const engine =
    cipher === 'sm4' ? createCipheriv('sm4-ecb', key, null) : createCipheriv('des-ede3', Buffer.concat(wide), null);
  return engine.setAutoPadding(false).update(block);
}

/** CBC by hand over 80 00…, shortened to 4 bytes as the family does it. */
export function mac(cipher: 'des' | 'sm4', key: Buffer, text: string): string {
  const size = cipher === 'sm4' ? 16 : 8;
  let input = `${text}80`;
  while ((input.length / 2) % size !== 0) input += '00';
  const data = Buffer.from(input, 'hex');
  let chain: Buffer = Buffer.alloc(size);
  for (let at = 0; at < data.length; at += size) {
    for (let i = 0; i < size; i++) chain[i] = (chain[i] ?? 0) ^ (data[at + i] ?? 0);
    chain = ecb(cipher, key, chain);
  }
  if (cipher === 'des') return chain.subarray(0, 4).toString('hex').toUpperCase();
  return hex((chain.readUInt32BE(0) ^ chain.readUInt32BE(4) ^ chain.readUInt32BE(8) ^ chain.readUInt32BE(12)) >>> 0, 4);
}

function session(cipher: 'des' | 'sm4', key: Uint8Array, eight: string): Buffer {
  const block = Buffer.alloc(cipher === 'sm4' ? 16 : 8);
  Buffer.from(eight, 'hex').copy(block);
  return ecb(cipher, Buffer.from(key), block);
}

const most = 4_294_967_295;

export class PurseModel {
  readonly card: ModelCard;
  readonly ed: ModelPurse | null;
  readonly ep: ModelPurse;
  readonly records: string[] | null;
  readonly log: string[] = [];
  /** Sequence and codes by type. */
  readonly proofs = new Map<number, { at: number; codes: string }>();
  pinShown = false;
  begun: Begun | null = null;

  constructor(card: ModelCard) {
    this.card = card;
    this.ed = card.ed && { ...card.ed };
    this.ep = { ...card.ep };
    this.records = card.records && [...card.records];
  }

  reset(): void {
    this.pinShown = false;
    this.begun = null;
  }

  /** What the card must answer: data and status as hex. `said` is what it did answer, for its random. */
  answer(command: string, said: string): string {
    const [head, p1, p2] = [command.slice(0, 4), num(command, 2, 1), num(command, 3, 1)];
    const carries = command.length > 10;
    const data = carries ? part(command, 5, num(command, 4, 1)) : '';
    if (head === '805C') return this.#balance(p1, p2);
    if (head === '805A') return data.length === 4 ? this.#prove(p1, p2, data) : '6700';
    const begun = this.begun;
    this.begun = null;
    switch (head) {
      case '0020':
        this.pinShown = data === this.card.pin;
        return '9000';
      case '00B2':
        return this.#read(p1, p2);
      case '8050':
        return this.#begin(p1, p2, data, said);
      case '8052':
        return data.length !== 22 ? '6700' : this.#online(begun, [0], p1 === 0 && p2 === 0, data);
      case '8058':
        return data.length !== 28 ? '6700' : this.#online(begun, [4], p1 === 0 && p2 === 0, data);
      case '8054':
        if (p1 === 3) return data.length !== 22 ? '6700' : this.#online(begun, [5], p2 === 0, data);
        if (p1 !== 1) return '6A86';
        return data.length !== 30 ? '6700' : this.#offline(begun, p2 === 0, data);
      case '80DC':
        return this.#cache(begun, p1, p2, data);
      default:
        return '6D00';
    }
  }

  key(name: string, index: number): Uint8Array | undefined {
    return this.card.keys[`${name} ${index}`];
  }

  #purse(ep: boolean): ModelPurse | null {
    return ep ? this.ep : this.ed;
  }

  /** The purse a transaction has begun on. */
  #begunOn(ep: boolean): ModelPurse {
    return this.#purse(ep) as ModelPurse;
  }

  #balance(p1: number, p2: number): string {
    if (p1 !== 0 || p2 < 1 || p2 > 2) return '6A86';
    const purse = this.#purse(p2 === 2);
    if (!purse) return '6A82';
    if (p2 === 1 && !this.pinShown) return '6982';
    return `${hex(purse.money, 4)}9000`;
  }

  #prove(p1: number, type: number, data: string): string {
    if (p1 !== 0 || type < 1 || type > 9) return '6A86';
    const proof = this.proofs.get(type);
    return proof && proof.at === num(data, 0, 2) ? `${proof.codes}9000` : '9406';
  }

  #read(number: number, p2: number): string {
    const file = p2 === 0xc4 ? this.log : this.records;
    if (file === null) return '6A82';
    const record = file[number - 1];
    return record === undefined ? '6A83' : `${record}9000`;
  }

  #begin(step: number, p2: number, data: string, said: string): string {
    if (step > 5) return '6A86';
    if (data.length !== (step === 4 ? 14 : 22)) return '6700';
    const ep = p2 === 2;
    if (p2 < 1 || p2 > 2 || (ep && (step === 2 || step === 4 || step === 5)) || (!ep && step === 3)) return '6A86';
    const purse = this.#purse(ep);
    if (!purse) return '6A82';
    const type = [ep ? 2 : 1, ep ? 6 : 5, 4, 9, 7, 3][step] as number;
    const index = num(data, 0, 1);
    const name = ['load', 'purchase', 'purchase', 'purchase', 'overdraft', 'unload'][step] as string;
    const key = this.key(name, index);
    if (!key) return '9403';
    if (!this.pinShown && !(ep && step !== 0)) return '6982';
    const host = step === 0 || step === 4 || step === 5;
    const sum = step === 4 ? 0 : num(data, 1, 4);
    if (sum === 0 && step !== 3 && step !== 4) return '6A80';
    const sequence = host ? purse.on : purse.off;
    if (sequence === 65535) return '9402';
    if (step !== 0 && sum > purse.money) return '9401';
    if (step === 0 && purse.money + sum > most) return '6985';
    const terminal = data.slice(-12);
    // The random stands before MAC1 or at the end.
    const random = host ? said.slice(-20, -12) : said.slice(-12, -4);
    this.begun = { step, ep, type, index, sum, terminal, random, cache: [] };
    const family = this.card.cipher === 'sm4' ? '03' : '00';
    const limit = step === 0 || step === 5 ? '' : hex(purse.limit, 3);
    const plain = `${hex(purse.money, 4)}${hex(sequence, 2)}${limit}${hex(this.card.version, 1)}${family}${random}`;
    if (!host) return `${plain}9000`;
    const shown = step === 4 ? hex(purse.limit, 3) : hex(sum, 4);
    const code = this.hostMac(`${hex(purse.money, 4)}${shown}${hex(type, 1)}${terminal}`);
    return `${plain}${code}9000`;
  }

  /** A MAC under the session key of what has begun with the host. */
  hostMac(text: string): string {
    const { step, ep, index, random } = this.begun as Begun;
    const key = this.key(step === 0 ? 'load' : step === 4 ? 'overdraft' : 'unload', index) as Uint8Array;
    const input = `${random}${hex(this.#begunOn(ep).on, 2)}8000`;
    return mac(this.card.cipher, session(this.card.cipher, key, input), text);
  }

  /** A MAC under the session key of what has begun with a terminal; its sequence has 4 bytes. */
  samMac(terminalSequence: string, text: string): string {
    const { ep, index, random } = this.begun as Begun;
    const input = `${random}${hex(this.#begunOn(ep).off, 2)}${terminalSequence.slice(4)}`;
    const key = session(this.card.cipher, this.key('purchase', index) as Uint8Array, input);
    return mac(this.card.cipher, key, text);
  }

  #tac(text: string): string {
    const key = Buffer.from(this.key('tac', 0) as Uint8Array);
    if (this.card.cipher === 'sm4') return mac('sm4', key, text);
    return mac('des', Buffer.from(Array.from({ length: 8 }, (_, i) => (key[i] ?? 0) ^ (key[i + 8] ?? 0))), text);
  }

  #online(begun: Begun | null, steps: number[], headerFits: boolean, data: string): string {
    if (!begun || !steps.includes(begun.step)) return '6901';
    if (!headerFits) return '6A86';
    this.begun = begun;
    const { step, ep, type, terminal } = begun;
    const purse = this.#begunOn(ep);
    const sum = step === 4 ? num(data, 0, 3) : begun.sum;
    const what = step === 4 ? part(data, 0, 3) : hex(sum, 4);
    const [time, mac2] = [data.slice(-22, -8), data.slice(-8)];
    const tail = `${what}${hex(type, 1)}${terminal}${time}`;
    const right = this.hostMac(tail) === mac2;
    const money = step === 0 ? purse.money + sum : step === 5 ? purse.money - sum : purse.money - purse.limit + sum;
    const code = `${hex(Math.max(0, Math.min(money, most)), 4)}${hex(purse.on, 2)}${tail}`;
    const answer = right && step === 5 ? this.hostMac(code) : this.#tac(code);
    this.begun = null;
    if (!right) return '9302';
    if (money < 0) return '9401';
    if (money > most) return '6985';
    purse.money = money;
    if (step === 4) purse.limit = sum;
    purse.on += 1;
    this.#done(
      type,
      purse.on,
      purse.limit,
      sum,
      terminal,
      time,
      step === 5 ? `${answer}00000000` : `00000000${answer}`,
    );
    return `${answer}9000`;
  }

  #offline(begun: Begun | null, headerFits: boolean, data: string): string {
    if (!begun || begun.step < 1 || begun.step > 3) return '6901';
    if (begun.step === 3 && begun.cache.length === 0) return '6901';
    if (!headerFits) return '6A86';
    this.begun = begun;
    const { ep, type, sum, terminal } = begun;
    const purse = this.#begunOn(ep);
    const [terminalSequence, time, mac1] = [part(data, 0, 4), part(data, 4, 7), part(data, 11)];
    const right = this.samMac(terminalSequence, `${hex(sum, 4)}${hex(type, 1)}${terminal}${time}`) === mac1;
    const mac2 = this.samMac(terminalSequence, hex(sum, 4));
    this.begun = null;
    if (!right) return '9302';
    const tac = this.#tac(`${hex(sum, 4)}${hex(type, 1)}${terminal}${terminalSequence}${time}`);
    purse.money -= sum;
    purse.off += 1;
    for (const [at, record] of begun.cache) (this.records as string[])[at] = record;
    this.#done(type, purse.off, purse.limit, sum, terminal, time, `${mac2}${tac}`);
    return `${tac}${mac2}9000`;
  }

  #done(type: number, at: number, limit: number, sum: number, terminal: string, time: string, codes: string): void {
    this.proofs.set(type, { at, codes });
    this.log.unshift(`${hex(at, 2)}${hex(limit, 3)}${hex(sum, 4)}${hex(type, 1)}${terminal}${time}`);
    this.log.length = Math.min(this.log.length, this.card.logSize);
  }

  #cache(begun: Begun | null, tag: number, p2: number, data: string): string {
    if (data.length < 4) return '6700';
    if (begun?.step !== 3) return '6901';
    if (p2 % 8 !== 0) return '6A86';
    if (p2 !== 0xc8) return '6A82';
    if (this.records === null) return '6A82';
    const at = this.records.findIndex((record) => num(record, 0, 1) === tag);
    const old = this.records[at];
    if (old === undefined) return '6A83';
    if (num(data, 0, 1) !== tag || num(data, 1, 1) !== data.length / 2 - 2) return '6A80';
    if (data.length > old.length) return '6A84';
    const record = `${old.slice(0, 4)}${data.slice(4)}`.padEnd(old.length, '0');
    this.begun = { ...begun, cache: [...begun.cache, [at, record]] };
    return '9000';
  }
}
