import { describeAtr, historyOf } from '../../../core/card/index.ts';
import { hex } from '../../../kernel/bytes.ts';
import { both, type DecodedLine, line, say } from './line.ts';

const conventions: Readonly<Record<number, ReturnType<typeof say>>> = {
  59: say('正向约定', 'direct convention'),
  63: say('反向约定', 'inverse convention'),
};
/** Clock rate conversion and baud rate adjustment, ISO/IEC 7816-3 tables 7 and 8. */
const rates = [372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048];
const adjustments = [0, 1, 2, 4, 8, 16, 32, 64, 12, 20];

/** An answer to reset by ISO/IEC 7816-3, and what the historical bytes of a social-security card say. Never throws. */
export function decodeAtr(atr: Uint8Array): readonly DecodedLine[] {
  const [ts, t0] = atr;
  const head = line(0, say('复位应答', 'answer to reset'), hex(atr));
  if (ts === undefined || t0 === undefined || !conventions[ts])
    return [
      head,
      line(1, say('不是复位应答', 'not an answer to reset'), '', {
        meaning: say('应以 3B 或 3F 开头', 'it begins with 3B or 3F'),
        broken: true,
      }),
    ];
  const lines = [
    head,
    line(1, both('TS'), hex(atr.subarray(0, 1)), { meaning: conventions[ts] ?? null }),
    line(1, both('T0'), hex(atr.subarray(1, 2)), {
      meaning: say(`${t0 & 15} 个历史字节`, `${t0 & 15} historical bytes`),
    }),
  ];
  const { at, protocols } = interfaceBytes(atr, lines);
  const history = atr.subarray(at, at + (t0 & 15));
  lines.push(line(1, say('历史字节', 'historical bytes'), hex(history), { meaning: readable(history) }));
  if (historyOf(atr))
    lines.push(
      ...describeAtr(atr)
        .slice(1)
        .map(({ label, value }) => line(2, label, value)),
    );
  const rest = atr.subarray(at + (t0 & 15));
  if (history.length < (t0 & 15)) lines.push(line(1, say('不完整', 'cut short'), '', { broken: true }));
  else lines.push(...check(atr, rest, protocols));
  return lines;
}

function interfaceBytes(atr: Uint8Array, lines: DecodedLine[]): { at: number; protocols: ReadonlySet<number> } {
  const protocols = new Set<number>();
  let presence = (atr[1] as number) >> 4;
  let at = 2;
  for (let group = 1; presence > 0 && at < atr.length; group++) {
    let next = 0;
    for (const [i, letter] of ['A', 'B', 'C', 'D'].entries()) {
      if (!(presence & (1 << i))) continue;
      const byte = atr[at++];
      if (byte === undefined) return { at, protocols };
      const meaning = interfaceWords(`T${letter}${group}`, byte);
      lines.push(line(1, both(`T${letter}${group}`), hex(Uint8Array.of(byte)), { meaning }));
      if (letter === 'D') {
        next = byte >> 4;
        protocols.add(byte & 15);
      }
    }
    presence = next;
  }
  if (protocols.size === 0) protocols.add(0);
  return { at, protocols };
}

function interfaceWords(name: string, byte: number) {
  if (name === 'TA1') return both(`F = ${rates[byte >> 4] || '?'}, D = ${adjustments[byte & 15] || '?'}`);
  if (name === 'TC1')
    return byte === 255
      ? say('最小保护时间', 'minimal guard time')
      : say(`额外保护时间 ${byte} etu`, `extra guard time ${byte} etu`);
  if (name === 'TC2') return say(`等待时间整数 ${byte}`, `waiting time integer ${byte}`);
  if (name.startsWith('TD')) return say(`协议 T=${byte & 15}`, `protocol T=${byte & 15}`);
  return null;
}

/** Text among the historical bytes, where all of them can be read. */
const readable = (history: Uint8Array) =>
  history.length > 0 && history.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? both(`"${new TextDecoder('ascii').decode(history)}"`)
    : null;

/** TCK closes every answer but one of a card that speaks T=0 alone: all bytes after TS together are zero. */
function check(atr: Uint8Array, rest: Uint8Array, protocols: ReadonlySet<number>): DecodedLine[] {
  const needed = [...protocols].some((protocol) => protocol !== 0);
  if (!needed && rest.length === 0) return [];
  if (needed && rest.length === 0)
    return [line(1, both('TCK'), '', { meaning: say('缺少校验字节', 'the check byte is missing') })];
  const sum = atr.subarray(1).reduce((all, byte) => all ^ byte, 0);
  const meaning =
    rest.length > 1
      ? say('多余字节', 'more bytes than there should be')
      : sum === 0
        ? say('正确', 'right')
        : say('错误', 'wrong');
  return [line(1, both('TCK'), hex(rest), { meaning })];
}
