import { hex, readUint } from '../../kernel/bytes.ts';
import { fen, formatYuan } from '../../kernel/money.ts';
import { parseAnswer, parseCommand } from './apdu.ts';
import { historyOf } from './atr.ts';
import { type CommandSpec, chipCommands, type DataField, lookUp } from './command-table.ts';
import type { DescribedLine, Words } from './contract.ts';
import { elementName, elementText, selectionName } from './data-elements.ts';
import { debitCommands } from './debit/debit-commands.ts';
import { debitElementName, debitRecord } from './debit/debit-elements.ts';
import { decodeGbk } from './gbk.ts';
import { carriesPin, maskCommand } from './masking.ts';
import { psamCommands } from './psam/psam-commands.ts';
import { statusWords } from './status-words.ts';
import { type ParsedTlv, parseElements, parseTlv, type Tlv } from './tlv.ts';

const line = (depth: number, label: Words, value: string): DescribedLine => ({ depth, label, value });
const say = (zh: string, en: string): Words => ({ zh, en });
const unknownCommand = say('未知命令', 'unknown command');

/**
 * The table entry of a command, looked for among those of user cards, of bank debit chips, of PSAMs: of those that take
 * as much data the one that takes least else, otherwise the first.
 */
function specOf(apdu: Uint8Array): CommandSpec | null {
  const [cla, ins, p1] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined) return null;
  const found = [chipCommands, debitCommands, psamCommands].flatMap((table: Readonly<Record<string, CommandSpec>>) => {
    const spec = table[lookUp<string>(table, { cla, ins, p1 })];
    return spec ? [spec] : [];
  });
  const sent = parseCommand(apdu)?.data.length ?? 0;
  const range = ({ data = [0, 0] }: CommandSpec) => data;
  const takes = (spec: CommandSpec) => sent >= range(spec)[0] && sent <= range(spec)[1];
  const width = (spec: CommandSpec) => range(spec)[1] - range(spec)[0];
  const fitting = found.filter(takes).toSorted((a, b) => width(a) - width(b));
  return fitting[0] ?? found[0] ?? null;
}

export const commandName = (apdu: Uint8Array): Words => specOf(apdu)?.name ?? unknownCommand;

/** A command, field by field; PINs masked unless the data are made up and the caller says `shown`. */
export function describeCommand(apdu: Uint8Array, pins: 'masked' | 'shown' = 'masked'): readonly DescribedLine[] {
  const command = parseCommand(apdu);
  const spec = specOf(apdu);
  const masks = pins === 'masked';
  const head = [line(0, spec?.name ?? unknownCommand, masks ? maskCommand(apdu) : hex(apdu))];
  if (!command) return [...head, line(1, say('错误', 'fault'), 'the lengths do not fit')];
  head.push(line(1, say('类别 指令', 'CLA INS'), hex(apdu.subarray(0, 2))));
  head.push(line(1, say('参数', 'P1 P2'), hex(apdu.subarray(2, 4))));
  const data =
    command.data.length > 0 ? describeFields(spec?.sends ?? [], command.data, masks && carriesPin(apdu), masks) : [];
  const expected = command.le === null ? [] : [line(1, say('期望长度', 'Le'), String(command.le))];
  return [...head, ...data, ...expected];
}

/** An answer, field by field; the command tells what its data are. */
export function describeAnswer(response: Uint8Array, command?: Uint8Array): readonly DescribedLine[] {
  const answer = parseAnswer(response);
  if (!answer) return [line(0, say('应答', 'answer'), `${hex(response)} (too short)`)];
  const spec = command ? specOf(command) : null;
  const status = answer.status.toString(16).toUpperCase().padStart(4, '0');
  const data = answer.data.length > 0 ? describeFields(spec?.answers ?? [], answer.data, false) : [];
  const words = statusWords(answer.status);
  return [line(0, say('状态字', 'status'), `${status} ${words.zh} ${words.en}`), ...data];
}

/** Data cut into fields; what is left over is shown as it is, or hidden where it may be a PIN. */
export function describeFields(
  fields: readonly DataField[],
  data: Uint8Array,
  secret: boolean,
  masks = true,
): DescribedLine[] {
  const lines: DescribedLine[] = [];
  let at = 0;
  for (const field of fields) {
    const end = field.length === null ? data.length : Math.min(at + field.length, data.length);
    if (end > at) lines.push(...describeField(field, data.slice(at, end), masks));
    at = end;
  }
  if (at < data.length) lines.push(line(1, say('其余', 'rest'), secret ? '*'.repeat(8) : hex(data.subarray(at))));
  return lines;
}

function describeField(field: DataField, value: Uint8Array, masks: boolean): DescribedLine[] {
  switch (field.coding) {
    case 'secret':
      return [line(1, field.name, masks ? '*'.repeat(value.length * 2) : hex(value))];
    case 'amount':
      return [line(1, field.name, `${formatYuan(fen(readUint(value)))} (${hex(value)})`)];
    case 'number':
      return [line(1, field.name, String(readUint(value)))];
    case 'text':
      return [line(1, field.name, decodeGbk(value).replace(/\0+$/, ''))];
    case 'tlv':
      return [line(1, field.name, hex(value)), ...describeTlv(value, 2)];
    case 'hex':
      return [line(1, field.name, hex(value))];
  }
}

/**
 * TLV in words: selection answers, directory entries and what bank chips say as BER-TLV, otherwise the elements of a card
 * file, whose tags are one byte each. What is neither is shown as bytes with the place where reading stopped.
 */
export function describeTlv(bytes: Uint8Array, depth = 0): readonly DescribedLine[] {
  const parsed = parseTlv(bytes);
  const isBer = [0x6f, 0x61, 0x77, 0x9f].includes(bytes[0] ?? 0) || debitRecord(bytes) !== null;
  if (parsed.ok && isBer) return describeObjects(parsed.value, depth);
  const elements = parseElements(bytes);
  if (elements) return elements.map(({ tag, value }) => line(depth, elementName(tag), elementText(tag, value)));
  return parsed.ok ? describeObjects(parsed.value, depth) : [line(depth, say('不是TLV', 'not TLV'), faultText(parsed))];
}

function describeObjects(objects: readonly Tlv[], depth: number): DescribedLine[] {
  return objects.flatMap((object) => {
    const text = [0x50, 0x84, 0x9f12].includes(object.tag)
      ? `${hex(object.value)} ${decodeGbk(object.value)}`
      : hex(object.value);
    return [
      line(depth, debitElementName(object.tag) ?? selectionName(object.tag), text),
      ...describeObjects(object.parts, depth + 1),
    ];
  });
}

const faultText = (parsed: ParsedTlv): string => (parsed.ok ? '' : `${parsed.fault} at byte ${parsed.at}`);

/** An answer to reset in words. */
export function describeAtr(atr: Uint8Array): readonly DescribedLine[] {
  const history = historyOf(atr);
  const head = line(0, say('复位应答', 'answer to reset'), hex(atr));
  if (!history) return [head, line(1, say('说明', 'note'), 'not the ATR of a social-security card')];
  const part = (zh: string, en: string, from: number, to: number) =>
    line(1, say(zh, en), hex(history.subarray(from, to)));
  return [
    head,
    part('芯片提供方', 'chip provider', 0, 2),
    part('芯片与操作系统', 'chip and system', 2, 5),
    part('卡片制造方', 'card maker', 5, 7),
    part('城市', 'city', 7, 9),
    part('序列号', 'serial number', 9, 13),
  ];
}
