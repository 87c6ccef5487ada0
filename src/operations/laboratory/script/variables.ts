import type { Words } from '../../../core/keys/explain/contract.ts';
import { concat, hex, xor } from '../../../kernel/bytes.ts';
import { operationNamed } from '../values.ts';
import { work } from '../work.ts';
import type { Argument, Expression, Piece, Place } from './syntax.ts';

/** A line that cannot be carried out; its words become the report's. */
export class CannotRun extends Error {
  override name = 'CannotRun';
  readonly words: Words;

  constructor(zh: string, en: string) {
    super(en);
    this.words = { zh, en };
  }
}

/** The most bytes one value may have. */
const longest = 4_096;

type Range = { readonly name: string; readonly from: number; readonly to: number | null; readonly place: Place };

/** What a script has been given, kept and computed. */
export class Variables {
  readonly #values: Map<string, Uint8Array>;

  constructor(given: Readonly<Record<string, Uint8Array>>) {
    this.#values = new Map(Object.entries(given));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  set(name: string, value: Uint8Array): void {
    if (value.length > longest) throw new CannotRun(`值超过 ${longest} 字节`, `a value has at most ${longest} bytes`);
    this.#values.set(name, value);
  }

  read({ name, from, to, place }: Range): Uint8Array {
    const value = this.#values.get(name);
    if (!value)
      throw new CannotRun(
        `第 ${place.column} 列：没有变量 $${name}`,
        `column ${place.column}: there is no variable $${name}`,
      );
    const end = to ?? value.length;
    if (from > end || end > value.length)
      throw new CannotRun(
        `第 ${place.column} 列：$${name} 只有 ${value.length} 字节`,
        `column ${place.column}: $${name} has ${value.length} bytes only`,
      );
    return value.slice(from, end);
  }

  bytes(pieces: readonly Piece[]): Uint8Array {
    const parts = pieces.map((piece) => {
      if (piece.kind === 'bytes') return piece.value;
      if (piece.kind === 'variable') return this.read(piece);
      const inside = this.bytes(piece.pieces);
      if (inside.length > 255) throw new CannotRun('[ ] 中超过 255 字节', 'more than 255 bytes in [ ]');
      return concat(Uint8Array.of(inside.length), inside);
    });
    const whole = concat(...parts);
    if (whole.length > longest) throw new CannotRun(`值超过 ${longest} 字节`, `a value has at most ${longest} bytes`);
    return whole;
  }

  value(expression: Expression): Uint8Array {
    if (expression.kind === 'pieces') return this.bytes(expression.pieces);
    if (expression.kind === 'xor') return this.#xor(expression);
    const values = Object.fromEntries(
      expression.arguments.map((argument) => [argument.name, this.#argument(expression.operation, argument)]),
    );
    const worked = work(expression.operation, values);
    if (!worked.ok) {
      const [fault] = worked.faults;
      const where = fault?.parameter ? `${expression.operation}.${fault.parameter}` : expression.operation;
      throw new CannotRun(`${where}：${fault?.words.zh ?? ''}`, `${where}: ${fault?.words.en ?? ''}`);
    }
    const { result } = worked.explained;
    return /^([0-9A-F]{2})*$/.test(result) ? Uint8Array.fromHex(result) : new TextEncoder().encode(result);
  }

  #xor({ of, place }: Expression & { kind: 'xor' }): Uint8Array {
    const [first = new Uint8Array(), ...others] = of.map((pieces) => this.bytes(pieces));
    if (others.some(({ length }) => length !== first.length))
      throw new CannotRun(
        `第 ${place.column} 列：^ 两边长度不同`,
        `column ${place.column}: the values of ^ are not of one length`,
      );
    return others.reduce(xor, first);
  }

  /** Bytes as hex, a blank between the pieces: they may be the fields of a message. Where no bytes are asked for, a word that stands alone is passed on as it stands. */
  #argument(operation: string, { name, pieces, word }: Argument): string {
    const parameter = operationNamed(operation)?.parameters.find(({ key }) => key === name);
    const asks = pieces === null || (parameter?.kind !== 'hex' && word !== '');
    return asks ? word : pieces.map((piece) => hex(this.bytes([piece]))).join(' ');
  }
}
