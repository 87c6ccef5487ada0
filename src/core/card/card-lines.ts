import { fen, formatYuan } from '../../kernel/money.ts';
import {
  applicationLifeWords,
  cardLifeWords,
  directoryWords,
  fileWords,
  mannerWords,
  protectionWords,
  useWords,
} from './card-words.ts';
import type { CardDescription, DescribedDirectory, DescribedFile, DescribedLine, Words } from './contract.ts';
import type { KeyUse } from './structure.ts';

const say = (zh: string, en: string): Words => ({ zh, en });
const line = (depth: number, label: Words, value: string): DescribedLine => ({ depth, label, value });
const yuan = (amount: number): string => formatYuan(fen(amount));

/** A description of a card as lines to print in one language. */
export function cardLines(card: CardDescription, language: 'zh' | 'en'): readonly DescribedLine[] {
  const head = [
    line(0, say('卡片', 'card'), card.profile?.[language] ?? say('自建结构', 'a structure of its own')[language]),
    line(1, say('状态', 'life'), cardLifeWords[card.life][language]),
    line(1, say('代与算法', 'generation, algorithm'), `${card.generation} ${card.algorithm}`),
    line(1, say('历史字节', 'historical bytes'), card.history),
    line(
      1,
      say('存储空间', 'memory'),
      say(`${card.capacity}字节，空余${card.free}`, `${card.capacity} bytes, ${card.free} free`)[language],
    ),
  ];
  return [...head, ...card.directories.flatMap((directory) => directoryLines(directory, language))];
}

function directoryLines(directory: DescribedDirectory, language: 'zh' | 'en'): DescribedLine[] {
  const { depth, account, purses } = directory;
  const kind = directoryWords[directory.kind];
  const { zh, en } = kind;
  const size = say(`${directory.size}字节，空余${directory.free}`, `${directory.size} bytes, ${directory.free} free`);
  const money = [
    ...(account
      ? [
          line(
            depth + 1,
            fileWords.account,
            `${yuan(account.balance)} · ${account.loads}/${account.purchases} · ${account.year} (${account.start_day}): ${yuan(account.self_paid)} / ${yuan(account.pooled)}`,
          ),
        ]
      : []),
    ...Object.entries(purses ?? {}).map(([name, purse]) =>
      line(
        depth + 1,
        name === 'ED' ? say('电子存折', 'deposit') : say('电子钱包', 'purse'),
        `${yuan(purse.balance)} · ${yuan(purse.overdraft)} · ${purse.online}/${purse.offline}`,
      ),
    ),
  ];
  return [
    line(depth, say(`${zh} ${directory.fid}`, `${en} ${directory.fid}`), `${directory.name} ${directory.label}`.trim()),
    line(depth + 1, say('状态', 'life'), applicationLifeWords[directory.life][language]),
    line(depth + 1, say('规则', 'manner'), mannerWords[directory.manner][language]),
    line(depth + 1, say('空间', 'room'), size[language]),
    line(depth + 1, say('建立', 'create'), directory.create[language]),
    line(depth + 1, say('擦除', 'erase'), directory.erase[language]),
    ...directory.keys.map((key) =>
      line(
        depth + 1,
        say('密钥', 'key'),
        `${key.name} ${key.id.toString(16).toUpperCase().padStart(2, '0')} ${useWords[key.use as KeyUse][language]} v${key.version} ${key.tries}/${key.limit} KCV ${key.check_value}`.trim(),
      ),
    ),
    ...directory.pins.map((pin) =>
      line(
        depth + 1,
        say('个人密码', 'PIN'),
        `${pin.set ? '******' : say('未设置', 'not set')[language]} ${pin.tries}/${pin.limit}`,
      ),
    ),
    ...money,
    ...directory.files.flatMap((file) => fileLines(file, depth + 1, language)),
  ];
}

function fileLines(file: DescribedFile, depth: number, language: 'zh' | 'en'): DescribedLine[] {
  const kind = fileWords[file.kind];
  const facts = say(
    `${file.header}+${file.body}字节，已用${file.used}；读：${file.read.zh}；改：${file.update.zh}，${protectionWords[file.protection].zh}`,
    `${file.header}+${file.body} bytes, ${file.used} used; read: ${file.read.en}; update: ${file.update.en}, ${protectionWords[file.protection].en}`,
  );
  const inner = file.records.flatMap((record, i) => {
    const numbered = file.records.length > 1 && record.length > 1;
    const number = numbered ? [line(depth + 1, say('记录', 'record'), String(i + 1))] : [];
    return [...number, ...record.map((it) => ({ ...it, depth: depth + (numbered ? 2 : 1) }))];
  });
  return [line(depth, say(`${file.fid} ${kind.zh}`, `${file.fid} ${kind.en}`), facts[language]), ...inner];
}
