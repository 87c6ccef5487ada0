import { Command } from 'commander';
import {
  type DescribedLine,
  describeAnswer,
  describeAtr,
  describeCommand,
  describeTlv,
} from '../../core/card/index.ts';
import { dump, unpack } from '../../core/switch/index.ts';
import { parseHex } from '../../kernel/bytes.ts';

const forms = ['iso8583', 'apdu', 'answer', 'tlv', 'atr'] as const;
type Form = (typeof forms)[number];

/** Anything given as hex, field by field, with secrets masked. */
export const decodeCommand = (): Command =>
  new Command('decode')
    .description('an ISO 8583 message, an APDU, an answer, TLV or an ATR given as hex, field by field')
    .argument('[hex...]', 'hex with or without blanks; standard input when missing')
    .option('--as <form>', `${forms.join(' | ')}; guessed when missing`)
    .option('--lang <language>', 'en | zh', 'en')
    .action(async (words: string[], options: { as?: string; lang: string }) => {
      const text = words.length > 0 ? words.join('') : await readAll();
      const bytes = parseHex(text);
      if (!bytes?.length) throw new Error('That is not hex: digits 0-9 and A-F in pairs, blanks allowed.');
      const form = (options.as ?? guess(bytes)) as Form;
      if (!forms.includes(form)) throw new Error(`"${form}" is unknown; one of: ${forms.join(', ')}`);
      console.log(
        `${options.as ? '' : `looks like: ${form}\n`}${decode(form, bytes, options.lang === 'zh' ? 'zh' : 'en')}`,
      );
    });

/** A frame says its own length and begins with a TPDU; an ATR with 3B; a command with a class we know. */
function guess(bytes: Uint8Array): Form {
  if (
    bytes[0] === 0x60 ||
    (bytes[2] === 0x60 && bytes.length === (bytes[0] as number) * 256 + (bytes[1] as number) + 2)
  )
    return 'iso8583';
  if (bytes[0] === 0x3b && bytes.length > 3) return 'atr';
  if ([0x00, 0x04, 0x80, 0x84, 0xb0, 0xbf].includes(bytes[0] as number) && bytes.length >= 4) return 'apdu';
  return bytes.length === 2 ? 'answer' : 'tlv';
}

function decode(form: Form, bytes: Uint8Array, language: 'en' | 'zh'): string {
  if (form === 'iso8583') return decodeMessage(bytes[0] === 0x60 ? bytes : bytes.subarray(2), language);
  const describe = { apdu: describeCommand, answer: describeAnswer, tlv: describeTlv, atr: describeAtr }[form];
  return describe(bytes)
    .map(({ depth, label, value }: DescribedLine) => `${'  '.repeat(depth)}${label[language]}: ${value}`)
    .join('\n');
}

function decodeMessage(body: Uint8Array, language: 'en' | 'zh'): string {
  const unpacked = unpack(body);
  if (!unpacked.ok) {
    const { code, field, at, what } = unpacked.fault;
    throw new Error(`refused (${code}) at byte ${at}${field === null ? '' : `, field ${field}`}: ${what}`);
  }
  return dump(unpacked.message, language);
}

async function readAll(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return text;
}
