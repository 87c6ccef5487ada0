import { buildCommand, CardFault, parseAnswer, statusWords } from '../../../core/card/index.ts';
import type { Words } from '../../../core/keys/explain/contract.ts';
import { concat, equal, hex } from '../../../kernel/bytes.ts';
import { decodeAnswer, decodeCommand, nameOf } from '../decode/apdu.ts';
import { decodeAtr } from '../decode/atr.ts';
import { type Bench, slotOf } from './bench.ts';
import { match } from './pattern.ts';
import type { Exchanged, ReportLine, ScriptReport } from './report.ts';
import type { Pattern, Script, Statement, Step } from './syntax.ts';
import { CannotRun, Variables } from './variables.ts';

export type RunOptions = {
  readonly bench: Bench;
  /** What the script knows beforehand; `input` asks for it. */
  readonly values?: Readonly<Record<string, Uint8Array>>;
  /** After a line that is not ok the others are still run. */
  readonly keepGoing?: boolean;
};

type Done = Partial<Pick<ReportLine, 'state' | 'words' | 'slot' | 'command' | 'answer' | 'difference' | 'kept'>>;

/**
 * Runs a script and reports every line. Never throws: what a line cannot do is its state and words. Cards are powered on
 * when they are first spoken to.
 */
export async function runScript(script: Script, options: RunOptions): Promise<ScriptReport> {
  if (script.faults.length > 0) return { ok: false, faults: script.faults, lines: [] };
  const session = new Session(options);
  const lines: ReportLine[] = [];
  let stopped = false;
  for (const statement of script.statements) {
    const line = await (stopped ? { state: 'not_run' as const } : session.run(statement));
    const reported = report(statement, line);
    lines.push(reported);
    if (!options.keepGoing && (reported.state === 'failed' || reported.state === 'refused')) stopped = true;
  }
  await session.end();
  return { ok: lines.every(({ state }) => state === 'ok' || state === 'passed'), faults: [], lines };
}

const report = ({ place, text }: Statement, done: Done): ReportLine => ({
  file: place.file,
  line: place.line,
  text,
  state: 'ok',
  words: null,
  slot: null,
  command: null,
  answer: null,
  difference: null,
  kept: [],
  ...done,
});

const refused = (zh: string, en: string): Done => ({ state: 'refused', words: { zh, en } });
const failed = (zh: string, en: string, rest: Done = {}): Done => ({ state: 'failed', words: { zh, en }, ...rest });

/** Answers that come in pieces end after so many GET RESPONSE: a card could go on for ever. */
const mostPieces = 16;

class Session {
  readonly #bench: Bench;
  readonly #variables: Variables;
  readonly #powered = new Set<string>();
  /** The answer that a `<` is held against: bytes, none because the card is gone, or nothing asked yet. */
  #answered: Uint8Array | 'gone' | null = null;

  constructor({ bench, values = {} }: RunOptions) {
    this.#bench = bench;
    this.#variables = new Variables(values);
  }

  async run({ step }: Statement): Promise<Done> {
    try {
      return await this.#carryOut(step);
    } catch (fault) {
      if (fault instanceof CannotRun) return { state: 'refused', words: fault.words };
      if (fault instanceof CardFault) return { state: 'refused', words: faultWords(fault) };
      throw fault;
    }
  }

  async end(): Promise<void> {
    for (const slot of this.#powered) await this.#bench.reader.disconnect(slot).catch(() => undefined);
  }

  async #carryOut(step: Step): Promise<Done> {
    switch (step.kind) {
      case 'send':
        return this.#send(step.slot, step.exact, this.#variables.bytes(step.pieces));
      case 'answer':
        return this.#answer(step.pattern);
      case 'reset':
        return this.#reset(step.slot);
      case 'insert':
      case 'remove':
      case 'tear':
        return this.#handle(step);
      case 'let': {
        const value = this.#variables.value(step.value);
        this.#variables.set(step.name, value);
        return { kept: [{ name: step.name, value: hex(value) }] };
      }
      case 'input':
        return this.#input(step);
      case 'expect':
        return this.#expect(step);
    }
  }

  async #send(name: string, exact: boolean, command: Uint8Array): Promise<Done> {
    if (command.length < 4) return refused('命令至少 4 字节', 'a command has at least 4 bytes');
    const slot = this.#slot(name);
    const sent = { slot: name, command: exchanged(nameOf(command), command, decodeCommand(command)) };
    this.#answered = 'gone';
    try {
      await this.#power(slot);
      const response = exact ? await this.#bench.reader.transmit(slot, command) : await this.#converse(slot, command);
      this.#answered = response;
      return { ...sent, answer: exchanged(statusOf(response), response, decodeAnswer(response, command)) };
    } catch (fault) {
      this.#powered.delete(slot);
      if (fault instanceof CardFault && fault.code === 'card.removed') return sent;
      throw fault;
    }
  }

  /** As T=0 wants it: 61xx is fetched, 6Cxx repeated with the right length; the answer comes as one. */
  async #converse(slot: string, command: Uint8Array): Promise<Uint8Array> {
    const { reader } = this.#bench;
    let response = await reader.transmit(slot, command);
    const [high, low] = response.subarray(-2);
    if (response.length === 2 && high === 0x6c)
      response = await reader.transmit(slot, concat(command.slice(0, 4), Uint8Array.of(low as number)));
    const pieces: Uint8Array[] = [];
    while (response.at(-2) === 0x61 && pieces.length < mostPieces) {
      pieces.push(response.slice(0, -2));
      response = await reader.transmit(slot, buildCommand([0x00, 0xc0, 0x00, 0x00], undefined, response.at(-1)));
    }
    return concat(...pieces, response);
  }

  #answer(pattern: Pattern | null): Done {
    const answered = this.#answered;
    if (pattern === null)
      return answered === 'gone' ? {} : failed('卡片应已拔出，却有应答', 'the card should be gone, and it answered');
    if (answered === null || answered === 'gone') return failed('没有应答：卡已拔出', 'no answer: the card is gone');
    const matched = match(pattern, answered, (variable) => this.#variables.read(variable));
    if (matched.fits) {
      for (const [name, value] of matched.kept) this.#variables.set(name, value);
      // Kept from the end of the pattern to its beginning.
      return { kept: [...matched.kept].reverse().map(([name, value]) => ({ name, value: hex(value) })) };
    }
    const { at, expected, came } = matched;
    const difference = { at: at + 1, expected, came };
    return failed(`应答与模式不符，从第 ${at + 1} 字节起`, `the answer parts from the pattern at byte ${at + 1}`, {
      difference,
    });
  }

  async #reset(name: string): Promise<Done> {
    const slot = this.#slot(name);
    this.#answered = 'gone';
    if (this.#powered.has(slot)) await this.#bench.reader.disconnect(slot);
    this.#powered.delete(slot);
    const atr = await this.#power(slot);
    this.#answered = atr;
    return { slot: name, answer: exchanged({ zh: '复位应答', en: 'answer to reset' }, atr, decodeAtr(atr)) };
  }

  #handle(step: Extract<Step, { kind: 'insert' | 'remove' | 'tear' }>): Done {
    const { simulated } = this.#bench;
    if (!simulated)
      return {
        state: 'passed',
        words: { zh: '真实读卡器：由人插拔卡片', en: 'a real reader: people put cards in and out' },
      };
    const slot = this.#slot(step.slot);
    if (step.kind === 'tear') simulated.tear(slot, step.when);
    if (step.kind === 'remove') simulated.remove(slot);
    const no = step.kind === 'insert' ? simulated.insert(slot, step.source) : null;
    if (step.kind !== 'tear') this.#powered.delete(slot);
    return no ? { state: 'refused', words: no, slot: step.slot } : { slot: step.slot };
  }

  #input({ name, fallback }: Extract<Step, { kind: 'input' }>): Done {
    if (!this.#variables.has(name)) {
      if (!fallback)
        return refused(
          `需要 $${name} 的值；用 --set ${name}=十六进制 给出`,
          `$${name} is needed; give it with --set ${name}=hex`,
        );
      this.#variables.set(name, this.#variables.bytes(fallback));
    }
    return {};
  }

  #expect({ left, right, equal: wanted }: Extract<Step, { kind: 'expect' }>): Done {
    const [one, other] = [this.#variables.value(left), this.#variables.value(right)];
    if (equal(one, other) === wanted) return {};
    if (!wanted) return failed('两值相同', 'both values are the same');
    const at = [...one].findIndex((byte, i) => byte !== other[i]);
    const from = at < 0 ? Math.min(one.length, other.length) : at;
    const difference = {
      at: from + 1,
      expected: hex(other.subarray(from, from + 8)),
      came: hex(one.subarray(from, from + 8)),
    };
    return failed(`两值从第 ${from + 1} 字节起不同`, `the values differ from byte ${from + 1}`, { difference });
  }

  #slot(name: string): string {
    const slot = slotOf(this.#bench.reader, name);
    if (slot !== null) return slot;
    const { slots } = this.#bench.reader;
    throw new CannotRun(
      `没有卡槽“${name}”；可用：${slots.join('、')}`,
      `there is no slot "${name}"; there is: ${slots.join(', ')}`,
    );
  }

  /** Powers the card on unless it is; the answer to reset, empty if it was on already. */
  async #power(slot: string): Promise<Uint8Array> {
    if (this.#powered.has(slot)) return new Uint8Array();
    const atr = await this.#bench.reader.connect(slot);
    this.#powered.add(slot);
    return atr;
  }
}

const exchanged = (name: Words, bytes: Uint8Array, lines: Exchanged['lines']): Exchanged => ({
  hex: hex(bytes),
  name,
  lines,
});

function statusOf(response: Uint8Array): Words {
  const answer = parseAnswer(response);
  return answer ? statusWords(answer.status) : { zh: '应答无效', en: 'no valid answer' };
}

const cardWords: Readonly<Partial<Record<CardFault['code'], Words>>> = {
  'card.absent': { zh: '卡槽中没有卡片；先 insert', en: 'there is no card in the slot; insert one first' },
  'card.removed': { zh: '卡片已拔出', en: 'the card was pulled out' },
  'card.not_powered': { zh: '卡片没有上电；先 reset', en: 'the card has no power; reset it first' },
};
const faultWords = ({ code, message }: CardFault): Words =>
  cardWords[code] ?? { zh: `读卡器：${message}`, en: message };
