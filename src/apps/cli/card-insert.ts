import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { CardFault, cardOf, type Insertable, insertIntoVpcd, type VpcdState, vpcdPort } from '../../core/card/index.ts';
import { lastingCard } from '../../field/desk/index.ts';
import { portOf } from './port.ts';
import { openSamples, type SampleName, sampleNames } from './sample-cards.ts';

type Options = {
  readonly sample?: SampleName;
  readonly host: string;
  readonly port: number;
  readonly save?: boolean;
};

const usage = 'remove, insert, reset, quit';

/** A card of ours in the virtual reader of pcscd, where any PC/SC program finds it. */
export const insertCommand = (): Command =>
  new Command('insert')
    .description('put a simulated card into the virtual reader of pcscd (Debian: vsmartcard-vpcd), until Ctrl-C')
    .argument('[image]', 'file with the image of a chip, PSAM or debit chip')
    .addOption(new Option('--sample <card>', 'a sample card instead of an image').choices(sampleNames))
    .option('--host <name>', 'where vpcd listens', '127.0.0.1')
    .option('--port <number>', 'its port: first slot 35963, second slot 35964', portOf, vpcdPort)
    .option('--save', 'let the card live in its file, which becomes an EEPROM')
    .addHelpText('after', `\nWhile it lies there, type: ${usage}`)
    .action(async (image: string | undefined, options: Options) => {
      const { host, port } = options;
      const words: Readonly<Record<VpcdState, string>> = {
        inserted: `in the reader at ${host}:${port}`,
        removed: 'out of the reader',
        waiting: `waiting for the reader at ${host}:${port} (is pcscd running, with vpcd?)`,
      };
      const card = insertIntoVpcd(await cardAsked(image, options), {
        host,
        port,
        onState: (state) => console.log(words[state]),
        onFault: (fault) => console.error(`the card failed and is out: ${(fault as Error).message}`),
      });
      console.log(`type: ${usage}`);
      const typed = createInterface({ input: process.stdin });
      const end = () => {
        typed.close();
        process.stdin.destroy();
        void card.close();
      };
      typed.on('line', (line) => {
        const word = line.trim();
        if (word === 'quit') return end();
        if (word === 'remove' || word === 'reset') card.remove();
        if (word === 'insert' || word === 'reset') card.insert();
        if (word && !['remove', 'insert', 'reset'].includes(word)) console.log(`type: ${usage}`);
      });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
    });

async function cardAsked(image: string | undefined, { sample, save }: Options): Promise<Insertable> {
  if ((image === undefined) === (sample === undefined))
    throw new Error('Give an image file or --sample, one of the two. 请给出卡映像文件或 --sample，二者选一。');
  if (sample) {
    if (save) throw new Error('--save needs an image file to write to. --save 需要可写回的卡映像文件。');
    const samples = await openSamples();
    return sample === 'psam' ? samples.psam() : samples.chip();
  }
  const file = image as string;
  try {
    return save ? lastingCard(file) : cardOf(new Uint8Array(readFileSync(file)));
  } catch (fault) {
    if (!(fault instanceof CardFault)) throw fault;
    throw new Error(`This is no whole image of a card. 这不是完整的卡映像。\n  ${fault.message}`);
  }
}
