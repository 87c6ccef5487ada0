import { Command } from 'commander';
import { openPcsc, SimulatedReader } from '../../core/card/index.ts';
import { agentPort } from '../../field/agent/contract.ts';
import { type CardTray, Counter, openAgent, Pairing } from '../../field/agent/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { homeOf } from '../../platform/config.ts';
import { localOrigins } from '../field/agent.ts';
import { keptPages, shownCode } from '../field/pairing-files.ts';
import { runningPort } from '../start/home.ts';
import { portOf } from './port.ts';
import { openSamples, type Samples } from './sample-cards.ts';

type Options = {
  readonly port: number;
  readonly origin?: readonly string[];
  readonly simulated?: boolean;
  readonly psam?: string;
  readonly code?: boolean;
};

/** The counter agent: the readers of this machine for the page in its browser. */
export const agentCommand = (): Command =>
  new Command('agent')
    .description('counter agent: connects the card readers of this machine with the page in its browser')
    .option('--port <number>', 'port on 127.0.0.1', portOf, agentPort)
    .option('--origin <address...>', 'where the pages come from, such as https://agency.example')
    .option('--simulated', 'a simulated reader with a sample card and a sample PSAM instead of real readers')
    .option('--psam <name>', 'the reader whose name holds this text is the one with the PSAM')
    .option('--code', 'only tell the pairing code that the agent of npm start shows now')
    .action(async (options: Options) => {
      const home = homeOf();
      if (options.code) return tellCode(home);
      const { counter, close } = options.simulated ? simulatedCounter(await openSamples()) : await realCounter(options);
      const origins = options.origin?.map(originOf) ?? localOrigins(runningPort(home) ?? 8080);
      const agent = await openAgent({
        counter,
        pairing: new Pairing({ clock: systemClock, show: showOnScreen, ...keptPages(home) }),
        clock: systemClock,
        port: options.port,
        origins,
        onApdu: ({ at, slot, name, command, response }) =>
          console.log(`${at} ${slot}  ${name.en}\n  > ${command}\n  < ${response ?? 'card removed'}`),
        onFault: (fault) => console.error(fault),
      });
      console.log(`The counter agent listens on 127.0.0.1:${agent.port}, for pages of ${origins.join(', ')}`);
      const end = () => void agent.close().then(close);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
    });

function tellCode(home: string): void {
  const code = shownCode(home);
  if (code) {
    console.log(code);
    return;
  }
  console.error('No code is shown now: press “Pair” on the page first. 现在没有配对码，请先在页面上点“配对”。');
  process.exitCode = 1;
}

function showOnScreen(code: string | null): void {
  if (code) console.log(`\n  Pairing code 配对码:  ${code.slice(0, 3)} ${code.slice(3)}\n`);
}

async function realCounter({ psam }: Options) {
  const reader = await openPcsc(psam === undefined ? {} : { parts: { sam: psam } });
  return { counter: new Counter({ reader, sam: ['sam'] }), close: () => reader.close() };
}

function simulatedCounter(samples: Samples) {
  const reader = new SimulatedReader(['simulated', 'sam']);
  reader.insert('sam', samples.psam());
  const chip = samples.chip();
  let inDrawer = true;
  const tray: CardTray = {
    find: (_, language) => [
      {
        card_number: samples.card_number,
        holder_name: language === 'zh' ? '李试卡' : 'Li Shika',
        note: language === 'zh' ? '样卡' : 'sample card',
      },
    ],
    async take(card_number) {
      if (!inDrawer || card_number !== samples.card_number) return null;
      inDrawer = false;
      return chip;
    },
    putBack: () => {
      inDrawer = true;
    },
  };
  const counter = new Counter({ reader, simulated: { reader, tray }, sam: ['sam'] });
  return { counter, close: async () => {} };
}

/** As a browser writes it: scheme, name, port where it is not the usual one. */
function originOf(text: string): string {
  if (!URL.canParse(text))
    throw new Error(
      `"${text}" is no address such as https://agency.example. 这不是网址，例如 https://agency.example。`,
    );
  return new URL(text).origin;
}
