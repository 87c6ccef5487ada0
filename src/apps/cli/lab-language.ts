import type { CommanderError } from 'commander';
import type { ValueFault } from '../../operations/laboratory/index.ts';

export type Language = 'en' | 'zh';

/** `--language` before the environment: LC_ALL, LC_MESSAGES, LANG, as other programs read them. */
export function languageOf(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = words.findIndex((word) => word === '--language' || word.startsWith('--language='));
  const said = at < 0 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1]);
  const wanted = said ?? environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? 'en';
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** What the commands say in each language. */
export const speaks = {
  en: {
    note: 'Test data only: never enter a production key, a real PIN or a real card number.',
    operations: 'Operations',
    result: 'result',
    matches: 'matches',
    differs: 'does not match',
    expected: 'expected',
    would: 'it would if …',
    wouldNot: 'No variation we know of gives it.',
    colon: ': ',
    looksLike: 'looks like',
    ok: 'ok',
    failed: 'failed',
    refused: 'refused',
    passed: 'passed over',
    not_run: 'not run',
    same: 'same',
    fresh: 'fresh',
    parted: 'parted',
    came: 'came',
    byte: 'byte',
    lines: (ok: number, all: number) => `${ok} of ${all} lines ok`,
    replayed: (all: number, parted: number) =>
      parted === 0 ? `${all} exchanges, none parts` : `${parted} of ${all} exchanges part`,
  },
  zh: {
    note: '仅限测试数据：请勿输入生产密钥、真实密码或真实卡号。',
    operations: '运算',
    result: '结果',
    matches: '相符',
    differs: '不相符',
    expected: '期望',
    would: '以下情况会相符：',
    wouldNot: '没有已知的变化能得出此值。',
    colon: '：',
    looksLike: '看起来是',
    ok: '通过',
    failed: '失败',
    refused: '不能执行',
    passed: '略过',
    not_run: '未执行',
    same: '相同',
    fresh: '随机不同',
    parted: '不同',
    came: '实际',
    byte: '字节',
    lines: (ok: number, all: number) => `${all} 行中 ${ok} 行通过`,
    replayed: (all: number, parted: number) => (parted === 0 ? `${all} 条，没有不同` : `${all} 条中 ${parted} 条不同`),
  },
} as const;

type Words = { readonly zh: string; readonly en: string };

/** Something that could not be read: what, where, how to put it right. Exit code 2. */
export class LabFault extends Error {
  override name = 'LabFault';
  readonly faults: readonly ValueFault[];

  constructor(faults: readonly ValueFault[]) {
    super(faults.map(({ parameter, words }) => `${parameter} ${words.en}`).join('\n'));
    this.faults = faults;
  }

  static of(parameter: string, code: string, zh: string, en: string): LabFault {
    return new LabFault([{ parameter, code, words: { zh, en } }]);
  }

  /** What commander found wrong, in both languages. */
  static ofCommander({ code, message }: CommanderError): LabFault {
    const subject = /'([^']+)'/.exec(message)?.[1] ?? '';
    const zh: Readonly<Record<string, string>> = {
      'commander.unknownOption': `没有选项 ${subject}；加 --help 查看可用选项`,
      'commander.unknownCommand': `没有命令 ${subject}；tessera lab 列出全部`,
      'commander.missingArgument': `缺少参数 ${subject}`,
      'commander.optionMissingArgument': `选项 ${subject} 需要一个值`,
      'commander.excessArguments': '参数过多；带空格的值请加引号',
      'commander.invalidArgument': `选项 ${subject} 的值不对`,
    };
    const en: Readonly<Record<string, string>> = {
      'commander.unknownOption': `there is no option ${subject}; --help shows those there are`,
      'commander.unknownCommand': `there is no command ${subject}; tessera lab lists them`,
      'commander.excessArguments': 'too many arguments; put a value with blanks in quotes',
    };
    const words: Words = { zh: zh[code] ?? message, en: en[code] ?? message.replace(/^error: /, '') };
    return new LabFault([{ parameter: '', code: code.replace('commander.', ''), words }]);
  }
}

export function tellFault({ faults }: LabFault, language: Language, json: boolean): void {
  if (json) console.log(JSON.stringify({ ok: false, faults }, null, 2));
  else
    for (const { parameter, words } of faults)
      console.error(parameter ? `${parameter}${speaks[language].colon}${words[language]}` : words[language]);
}

/** Runs the work of a command; what it could not read is told and ends with 2. */
export async function labour(language: Language, json: boolean, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (fault) {
    if (!(fault instanceof LabFault)) throw fault;
    tellFault(fault, language, json);
    process.exitCode = 2;
  }
}
