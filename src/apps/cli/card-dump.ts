import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type CardDescription, CardFault, cardLines, describeCard } from '../../core/card/index.ts';

/** `tessera card dump`: a card's image or EEPROM file in words, keys and PINs hidden. */
export const dumpCommand = (): Command =>
  new Command('dump')
    .description('a card image file in words: files, records, access rights, life; keys and PINs hidden')
    .argument('<file>', 'an image, or the EEPROM file of a card')
    .option('--json', 'as JSON')
    .option('--lang <language>', 'en | zh', 'en')
    .action((file: string, options: { json?: true; lang: string }) => {
      const description = described(file);
      const language = options.lang === 'zh' ? 'zh' : 'en';
      console.log(
        options.json
          ? JSON.stringify(description, null, 2)
          : cardLines(description, language)
              .map(({ depth, label, value }) => `${'  '.repeat(depth)}${label[language]}: ${value}`)
              .join('\n'),
      );
    });

function described(file: string): CardDescription {
  const bytes = readBytes(file);
  try {
    return describeCard(bytes);
  } catch (fault) {
    if (fault instanceof CardFault) throw new Error(`${file}: ${fault.message}. 不是完整的卡片映像。`);
    throw fault;
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new Error(`${file} cannot be read. 无法读取文件。`);
  }
}
