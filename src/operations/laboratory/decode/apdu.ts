import { describeAnswer, describeCommand, parseAnswer, parseCommand, statusWords } from '../../../core/card/index.ts';
import type { Words } from '../../../core/keys/explain/contract.ts';
import { hex } from '../../../kernel/bytes.ts';
import { knownFurther, type OtherCommand, otherCommand, type Part } from './commands.ts';
import { read } from './forms.ts';
import { type DecodedLine, line, say } from './line.ts';
import { parameterWords } from './parameters.ts';
import { tagNamed } from './tags.ts';
import { decodeTag, decodeTlv } from './tlv.ts';

const unknownCommand = 'unknown command';

/** The name of a command: of the social-security card and its PSAM first, then of EMV, the PBOC purse and ISO. */
export function nameOf(apdu: Uint8Array): Words {
  const own = describeCommand(apdu)[0]?.label;
  return own && own.en !== unknownCommand ? own : (otherCommand(apdu)?.name ?? say('未知命令', unknownCommand));
}

/** A command taken apart. Nothing is masked: the laboratory works with test data. Never throws. */
export function decodeCommand(apdu: Uint8Array): readonly DecodedLine[] {
  const rest = parseCommand(apdu) ? {} : { broken: true as const };
  const lines = describeCommand(apdu, 'shown').map(({ depth, label, value }) => line(depth, label, value, rest));
  const other = lines[0]?.name.en === unknownCommand ? otherCommand(apdu) : null;
  return (other ? decodeOther(apdu, other) : lines).map((each) =>
    each.name.en === 'P1 P2' ? { ...each, meaning: parameterWords(apdu) } : each,
  );
}

function decodeOther(apdu: Uint8Array, { name, sends }: OtherCommand): readonly DecodedLine[] {
  const command = parseCommand(apdu);
  const head = line(0, name, hex(apdu));
  if (!command)
    return [
      head,
      line(1, say('错误', 'fault'), '', { meaning: say('长度不符', 'the lengths do not fit'), broken: true }),
    ];
  return [
    head,
    line(1, say('类别 指令', 'CLA INS'), hex(apdu.subarray(0, 2))),
    line(1, say('参数', 'P1 P2'), hex(apdu.subarray(2, 4))),
    ...decodeParts(sends, command.data),
    ...(command.le === null ? [] : [line(1, say('期望长度', 'Le'), String(command.le))]),
  ];
}

/** An answer taken apart; the command it answers tells what its data are. Never throws. */
export function decodeAnswer(response: Uint8Array, command?: Uint8Array): readonly DecodedLine[] {
  const answer = parseAnswer(response);
  if (!answer)
    return [line(0, say('应答', 'answer'), hex(response), { meaning: say('过短', 'too short'), broken: true })];
  const status = line(0, say('状态字', 'status'), hex(response.subarray(-2)), { meaning: statusWords(answer.status) });
  if (answer.data.length === 0) return [status];
  const other = command ? otherCommand(command) : null;
  const own = command && describeCommand(command)[0]?.label.en !== unknownCommand && !isTemplate(answer.data);
  if (own && !knownFurther(command))
    return [
      status,
      ...describeAnswer(response, command)
        .slice(1)
        .map(({ depth, label, value }) => line(depth, label, value)),
    ];
  return [
    status,
    ...decodeParts(other?.answers ?? [{ bytes: null, name: say('数据', 'data'), tag: 'TLV' }], answer.data),
  ];
}

/** Templates have tags, whichever table the command stands in. */
const isTemplate = (data: Uint8Array): boolean => [0x61, 0x6f, 0x70, 0x77].includes(data[0] as number);

function decodeParts(parts: readonly Part[], data: Uint8Array): DecodedLine[] {
  const lines: DecodedLine[] = [];
  let at = 0;
  for (const { bytes, name, tag } of parts) {
    const value = data.slice(at, bytes === null ? data.length : at + bytes);
    at += value.length;
    if (value.length > 0) lines.push(...decodePart(name, tag, value));
  }
  if (at < data.length) lines.push(line(1, say('其余', 'rest'), hex(data.subarray(at))));
  return lines;
}

function decodePart(name: Words, tag: string, value: Uint8Array): readonly DecodedLine[] {
  const whole = line(1, name, hex(value));
  switch (tag) {
    case '':
      return [whole];
    case 'TLV':
      return [whole, ...decodeTlv(value, 2)];
    case 'GPO':
      return [
        whole,
        ...(value[0] === 0x80
          ? formatOne(value, [
              ['82', 2],
              ['94', null],
            ])
          : decodeTlv(value, 2)),
      ];
    case 'AC':
      return [
        whole,
        ...(value[0] === 0x80
          ? formatOne(value, [
              ['9F27', 1],
              ['9F36', 2],
              ['9F26', 8],
              ['9F10', null],
            ])
          : decodeTlv(value, 2)),
      ];
    default: {
      const known = tagNamed(tag);
      return [known ? { ...whole, meaning: read(known, value).meaning } : whole];
    }
  }
}

/** Response format 1 (tag 80): the values one behind the other, without tags (EMV Book 3 §6.5). */
function formatOne(template: Uint8Array, order: readonly (readonly [string, number | null])[]): DecodedLine[] {
  const data = template.slice(2);
  const lines: DecodedLine[] = [];
  let at = 0;
  for (const [id, bytes] of order) {
    const value = data.slice(at, bytes === null ? data.length : at + bytes);
    at += value.length;
    if (value.length > 0) lines.push(...decodeTag(id, value, 2));
  }
  return lines;
}
