import { Command } from 'commander';
import { parseHex } from '../../kernel/bytes.ts';
import { decode, type Form, forms } from '../../operations/laboratory/index.ts';
import { textOf } from './lab-input.ts';
import { LabFault, type Language, labour, speaks } from './lab-language.ts';
import { decodedText } from './lab-print.ts';

const isForm = (word: string | undefined): word is Form => forms.some((form) => form === word);

/** `tessera lab decode [form] hex…`: tags of EMV, PBOC and the social-security card by name, bits one by one. */
export const decodeLab = (language: Language): Command =>
  new Command('decode')
    .description(
      language === 'zh'
        ? '解析 APDU、应答、ATR、TLV 或 ISO 8583 报文；不遮盖任何内容'
        : 'an APDU, an answer, an ATR, TLV or an ISO 8583 message; nothing is masked',
    )
    .argument('[words...]', `[${forms.join('|')}] hex…`)
    .option('--command <hex>', language === 'zh' ? '应答所对应的命令' : 'the command that an answer belongs to')
    .option('--json', language === 'zh' ? '以 JSON 输出' : 'as JSON')
    .addHelpText('after', `\n${speaks[language].note}`)
    .action((words: string[], options: { command?: string; json?: boolean }) =>
      labour(language, options.json ?? false, async () => {
        const form = isForm(words[0]) ? words[0] : null;
        const rest = form ? words.slice(1) : words;
        const bytes = hexOf('HEX', await textOf('HEX', rest.length > 0 ? rest.join(' ') : '-'));
        const command =
          options.command === undefined ? undefined : hexOf('--command', await textOf('--command', options.command));
        const decoded = decode(bytes, form, command);
        if (!decoded.whole) process.exitCode = 2;
        if (options.json) return console.log(JSON.stringify(decoded, null, 2));
        if (!form) console.log(`${speaks[language].looksLike}${speaks[language].colon}${decoded.form}`);
        console.log(decodedText(decoded.lines, language));
      }),
    );

export function hexOf(option: string, text: string): Uint8Array {
  const stranger = text.search(/[^0-9A-Fa-f\s:-]/);
  if (stranger >= 0)
    throw LabFault.of(
      option,
      'not_hex',
      `第 ${stranger + 1} 个字符“${text.charAt(stranger)}”不是十六进制；只用 0-9、A-F，可带空格或冒号`,
      `character ${stranger + 1} “${text.charAt(stranger)}” is not hex; use 0-9 and A-F, blanks or colons allowed`,
    );
  const digits = text.replace(/[\s:-]/g, '');
  const bytes = parseHex(digits);
  if (!bytes)
    throw LabFault.of(
      option,
      'half_byte',
      `有 ${digits.length} 个数字，缺半个字节`,
      `${digits.length} digits leave half a byte`,
    );
  if (bytes.length === 0) throw LabFault.of(option, 'missing', '没有数据', 'there are no data');
  return bytes;
}
