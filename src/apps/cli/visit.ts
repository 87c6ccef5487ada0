import { Command, InvalidArgumentError, Option } from 'commander';
import { Random } from '../../../sim/city/index.ts';
import {
  type Api,
  type Counter,
  cityPin,
  countersOf,
  drawErrand,
  openWorld,
  playVisit,
} from '../../../sim/days/index.ts';
import { defined } from '../../kernel/assert.ts';
import { parseCardNumber } from '../../kernel/identifiers.ts';
import type { Card } from '../../operations/issuance/contract.ts';
import type { Trace } from '../../operations/trace/contract.ts';
import { systemClock } from '../../platform/clock.ts';
import { homeOf } from '../../platform/config.ts';
import { ApiClient, ApiProblem } from '../client/api.ts';
import { demoPassword } from '../seed/users.ts';
import { runningPort } from '../start/home.ts';
import { type Language, printScene, printTrace } from './visit-print.ts';

type Options = {
  readonly card?: string;
  readonly pin: string;
  readonly kind: 'outpatient' | 'pharmacy';
  readonly url?: string;
  readonly lang: Language;
};

/** One visit on the running platform, with everything that happens at its six stations. */
export const visitCommand = (): Command =>
  new Command('visit')
    .description('play one visit on the running platform, from card to books, and print everything')
    .option('--card <number>', 'whose card; the first in the drawer when missing', cardNumber)
    .option('--pin <digits>', 'what the holder types', cityPin)
    .addOption(new Option('--kind <kind>', 'where').choices(['outpatient', 'pharmacy']).default('outpatient'))
    .option('--url <address>', 'where the platform runs; the one started here when missing', address)
    .addOption(new Option('--lang <language>', 'of sentences and names').choices(['en', 'zh']).default('en'))
    .action(async ({ url = runningHere(), ...options }: Options) => {
      try {
        await play({ ...options, url });
      } catch (fault) {
        throw explained(fault, url);
      }
    });

/** The platform that `npm start` runs in this folder, at the port it was given. */
const runningHere = (): string => `http://127.0.0.1:${runningPort(homeOf()) ?? 8080}`;

function address(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError('It is no address such as http://127.0.0.1:8080.');
  return new URL(text).origin;
}

function cardNumber(text: string): string {
  const number = parseCardNumber(text);
  if (!number.ok) throw new InvalidArgumentError('A card number is a letter, seven digits and a check character.');
  return number.value;
}

async function play({ card, pin, kind, url, lang }: Options & { readonly url: string }): Promise<void> {
  const signIn = async (username: string): Promise<Api> => {
    const client = new ApiClient(url);
    await client.signIn(username, demoPassword);
    return client;
  };
  const world = await openWorld(signIn);
  const desk = kind === 'pharmacy' ? 'pharmacy' : 'hospital';
  const counter: Counter = defined((await countersOf(await signIn(desk), desk))[0], `a terminal of the ${desk}`);
  const day = systemClock.today().toString();
  const drawn = drawErrand(new Random(crypto.randomUUID()), world, { kind, day });
  const card_number = card ?? defined(world.cards[0], 'a card in the drawer').card_number;
  const inspector = await signIn('inspector');
  const { items } = await inspector.get<{ items: Card[] }>(`/api/cards?query=${card_number}`);
  if (items.length === 0) throw new Error(`There is no card ${card_number}.`);
  const errand = { ...drawn, card_number, use_account: true, pins: [pin], end: 'pays' as const };

  let trace_id: string | null = null;
  const played = await playVisit(counter, errand, (scene) => {
    if (scene.scene === 'settled') trace_id = scene.settlement.trace_id;
    printScene(scene, lang);
  });
  if (played.ending === 'no_terminal')
    throw new Error(`Terminal ${counter.terminal_id} or card ${card_number} is in use. Try again in a moment.`);
  if (trace_id) printTrace(await wholeTrace(inspector, trace_id), lang);
}

const reports_within_ms = 5_000;
const look_every_ms = 300;

/** The trace, once chip and wire have told all: both report a moment after the payment, in parts. */
async function wholeTrace(inspector: Api, trace_id: string): Promise<Trace> {
  let before = 0;
  for (const until = performance.now() + reports_within_ms; ; ) {
    const trace = await inspector.get<Trace>(`/api/traces/${trace_id}`);
    const { chip, wire } = trace.stations;
    const told = chip.entries.length > 0 && wire.entries.length > 0 && wire.entries.length === before;
    if (told || performance.now() > until) return trace;
    before = wire.entries.length;
    await new Promise((resolve) => setTimeout(resolve, look_every_ms));
  }
}

/** The fault in words for the person at the console. */
function explained(fault: unknown, url: string): Error {
  if (fault instanceof ApiProblem) return new Error(`Refused: ${fault.problem.detail} (${fault.problem.code})`);
  const cause = (fault as { cause?: { code?: string } }).cause?.code;
  if (cause === 'ECONNREFUSED')
    return new Error(`Nothing answers at ${url}. Start Tessera with "npm start" and try again, or give its --url.`);
  return fault instanceof Error ? fault : new Error(String(fault));
}
