import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ApduRecord,
  type CardReader,
  connect,
  externalAuthenticate,
  type Insertable,
  joinReaders,
  readHolder,
  SimulatedReader,
} from '../../core/card/index.ts';
import {
  sampleCard,
  sampleCardNumber,
  sampleCitizen,
  samplePin,
  samplePsam,
} from '../../core/card/sample-card.fixture.ts';
import { bytes, hex } from '../../kernel/bytes.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { AgentMessage, ReaderState } from './contract.ts';
import { Counter } from './counter.ts';
import { type PairedPage, Pairing } from './pairing.ts';
import { type CounterAgent, openAgent } from './server.ts';

const origin = 'https://agency.example';
/** A card whose first chip cannot be made now. */
const lostCard = 'L0000000X';
const selectEnvironment = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF';

/** A reader that can be held in the middle of a command. */
class HeldReader extends SimulatedReader {
  #gate: { reach: () => void; open: Promise<void> } | null = null;

  /** The next command waits after the card has it. */
  hold(): { reached: Promise<void>; letGo: () => void } {
    const reached = Promise.withResolvers<void>();
    const open = Promise.withResolvers<void>();
    this.#gate = { reach: reached.resolve, open: open.promise };
    return { reached: reached.promise, letGo: open.resolve };
  }

  override async transmit(slot: string, command: Uint8Array): Promise<Uint8Array> {
    const gate = this.#gate;
    this.#gate = null;
    if (gate) {
      gate.reach();
      await gate.open;
    }
    return super.transmit(slot, command);
  }
}

let reader: HeldReader;
let clock: StoppedClock;
let agent: CounterAgent;
let counter: Counter;
let code: string | null;
let kept: readonly PairedPage[];
let log: ApduRecord[];
let faults: unknown[];
const pages: Page[] = [];

beforeEach(async () => {
  reader = new HeldReader(['user', 'sam']);
  clock = new StoppedClock('2026-03-02T01:00:00Z');
  [code, kept, log, faults] = [null, [], [], []];
  const cards = new Map<string, Insertable>([[sampleCardNumber, sampleCard()]]);
  const tray = {
    find: () => [{ card_number: sampleCardNumber, holder_name: '李试卡', note: '' }],
    take: async (number: string) => {
      if (number === lostCard) throw new Error('the issuing station is away');
      const card = cards.get(number) ?? null;
      cards.delete(number);
      return card;
    },
    putBack: (number: string) => void cards.set(number, sampleCard()),
  };
  const real = new SimulatedReader(['real']);
  counter = new Counter({ reader: joinReaders(reader, real), simulated: { reader, tray }, sam: ['sam'] });
  agent = await openAgent({
    counter,
    pairing: newPairing(),
    clock,
    port: 0,
    origins: [origin],
    onApdu: (record) => log.push(record),
    onFault: (fault) => faults.push(fault),
  });
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.close();
  await agent.close();
  expect(faults).toEqual([]);
});

const newPairing = () =>
  new Pairing({
    clock,
    show: (digits) => {
      code = digits;
    },
    paired: kept,
    keep: (paired) => {
      kept = paired;
    },
  });

type Done = { type: 'done' | 'refused'; id: number | null; code?: string; [value: string]: unknown };

/** A page in a browser, as the agent meets it. */
class Page {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (done: Done) => void>();
  readonly #orphans: Done[] = [];
  readers: readonly ReaderState[] = [];
  #next = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as AgentMessage;
      if (message.type === 'readers') this.readers = message.readers;
      else if (message.id === null) this.#orphans.push(message as Done);
      else this.#waiting.get(message.id)?.(message as Done);
    });
  }

  static async open(from = origin): Promise<Page> {
    const socket = new WebSocket(`ws://127.0.0.1:${agent.port}/agent`, { origin: from });
    await once(socket, 'open');
    const page = new Page(socket);
    pages.push(page);
    return page;
  }

  /** Opened and paired by the code on the agent's screen. */
  static async paired(): Promise<Page> {
    const page = await Page.open();
    await page.ask({ type: 'knock' });
    expect(await page.ask({ type: 'pair', code })).toMatchObject({ type: 'done' });
    return page;
  }

  ask(request: object): Promise<Done> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ ...request, id }));
    });
  }

  say(text: string | Uint8Array): void {
    this.#socket.send(text);
  }

  async orphan(): Promise<Done> {
    await expect.poll(() => this.#orphans.length).toBeGreaterThan(0);
    return this.#orphans.shift() as Done;
  }

  state(slot = 'user'): ReaderState | undefined {
    return this.readers.find((each) => each.slot === slot);
  }

  get closed(): Promise<unknown> {
    return once(this.#socket, 'close');
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** The readers at the counter, as code in the page has them. */
function relay(page: Page): CardReader {
  const value = async (request: object, name: string) => {
    const done = await page.ask(request);
    if (done.type === 'refused') throw new Error(done.code);
    return bytes(String(done[name]));
  };
  return {
    slots: page.readers.map(({ slot }) => slot),
    holdsCard: (slot) => page.state(slot)?.card ?? false,
    connect: (slot) => value({ type: 'connect', slot }, 'atr'),
    transmit: (slot, command) => value({ type: 'transmit', slot, command: hex(command) }, 'response'),
    disconnect: async (slot) => void (await page.ask({ type: 'disconnect', slot })),
    listen: () => () => {},
  };
}

const claimed = async (card: Insertable = sampleCard()): Promise<Page> => {
  reader.insert('user', card);
  const page = await Page.paired();
  expect(await page.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
  expect(await page.ask({ type: 'connect', slot: 'user' })).toMatchObject({ type: 'done' });
  return page;
};

describe('who is let in', () => {
  const knock = (headers: { origin?: string; host?: string }, path = '/agent') =>
    new Promise<number | 'open'>((resolve) => {
      const { origin: from, ...rest } = headers;
      const socket = new WebSocket(`ws://127.0.0.1:${agent.port}${path}`, {
        headers: rest,
        ...(from ? { origin: from } : {}),
      });
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => {});
    });

  it.each([
    ['the page of the agency', { origin }, 'open'],
    ['a page of somebody else', { origin: 'https://evil.example' }, 403],
    ['a page of a longer name', { origin: `${origin}.evil.example` }, 403],
    ['a page of another port', { origin: `${origin}:8443` }, 403],
    ['a page without a name', { origin: 'null' }, 403],
    ['a program that names no origin', {}, 403],
    ['a name that was pointed at this machine', { origin, host: 'evil.example' }, 403],
  ] as const)('%s: %s', async (_, headers, outcome) => {
    expect(await knock(headers)).toBe(outcome);
  });

  it('nothing but the one address', async () => {
    expect(await knock({ origin }, '/')).toBe(404);
    expect((await fetch(`http://127.0.0.1:${agent.port}/agent`)).status).toBe(404);
  });

  it('no more than sixteen pages at once', async () => {
    for (let i = 0; i < 16; i++) await Page.open();
    expect(await knock({ origin })).toBe(503);
  });
});

describe('pairing', () => {
  it('a page that is not paired is told nothing and can do nothing', async () => {
    const page = await Page.open();
    reader.insert('user', sampleCard());
    expect(await page.ask({ type: 'claim', slot: 'user' })).toMatchObject({ code: 'agent.not_paired' });
    expect(await page.ask({ type: 'find_cards', query: '', language: 'zh' })).toMatchObject({
      code: 'agent.not_paired',
    });
    expect(page.readers).toEqual([]);
  });

  it('the code is shown on demand, is good once, and gives a token that opens the door later', async () => {
    const page = await Page.open();
    expect(code).toBeNull();
    await page.ask({ type: 'knock' });
    expect(code).toMatch(/^\d{6}$/);
    const paired = await page.ask({ type: 'pair', code });
    expect(paired.token).toMatch(/^[\w-]{43}$/);
    expect(code, 'no longer shown').toBeNull();
    expect(kept.map((each) => each.origin)).toEqual([origin]);
    expect(JSON.stringify(kept)).not.toContain(paired.token);
    const later = await Page.open();
    expect(await later.ask({ type: 'enter', token: paired.token })).toMatchObject({ type: 'done' });
    await expect.poll(() => later.readers.map(({ slot }) => slot)).toEqual(['user', 'sam', 'real']);
  });

  it('a token is good for where it was given, and for thirty days, also at an agent that was started anew', () => {
    const pairing = newPairing();
    pairing.knock();
    const { token } = pairing.pair(code ?? '', origin) as { token: string };
    const anew = newPairing();
    expect(anew.knows(token, origin)).toBe(true);
    expect(anew.knows(token, 'https://other.example')).toBe(false);
    clock.advance({ days: 29 });
    expect(anew.knows(token, origin)).toBe(true);
    clock.advance({ days: 1 });
    expect(anew.knows(token, origin)).toBe(false);
  });

  it('a wrong code is refused; the fifth ends the code, and a minute passes before the next', async () => {
    const page = await Page.open();
    await page.ask({ type: 'knock' });
    const right = code;
    const wrong = right === '000000' ? '000001' : '000000';
    for (let i = 0; i < 4; i++)
      expect(await page.ask({ type: 'pair', code: wrong })).toMatchObject({ code: 'agent.wrong_code' });
    expect(await page.ask({ type: 'pair', code: wrong })).toMatchObject({ code: 'agent.too_many_tries' });
    expect(await page.ask({ type: 'pair', code: right })).toMatchObject({ code: 'agent.too_many_tries' });
    expect(await page.ask({ type: 'knock' })).toMatchObject({ code: 'agent.too_many_tries' });
    clock.advance({ seconds: 60 });
    expect(await page.ask({ type: 'pair', code: right })).toMatchObject({ code: 'agent.no_code' });
    expect(await page.ask({ type: 'knock' })).toMatchObject({ type: 'done' });
    expect(code).toMatch(/^\d{6}$/);
  });

  it('a code lives three minutes', async () => {
    const page = await Page.open();
    await page.ask({ type: 'knock' });
    const right = code;
    clock.advance({ seconds: 180 });
    expect(await page.ask({ type: 'pair', code: right })).toMatchObject({ code: 'agent.no_code' });
  });

  it('a token nobody was given opens nothing', async () => {
    const page = await Page.open();
    expect(await page.ask({ type: 'enter', token: 'A'.repeat(43) })).toMatchObject({ code: 'agent.unknown_token' });
  });
});

describe('a reader', () => {
  it('is shown with its card as it comes and goes', async () => {
    const page = await Page.paired();
    await expect
      .poll(() => page.state())
      .toEqual({
        slot: 'user',
        kind: 'simulated',
        part: 'user',
        card: false,
        owner: 'nobody',
      });
    expect(page.state('sam')?.part).toBe('sam');
    reader.insert('user', sampleCard());
    await expect.poll(() => page.state()?.card).toBe(true);
    reader.remove('user');
    await expect.poll(() => page.state()?.card).toBe(false);
  });

  it('belongs to one page at a time', async () => {
    const first = await claimed();
    const second = await Page.paired();
    await expect.poll(() => [first.state()?.owner, second.state()?.owner]).toEqual(['you', 'another']);
    expect(await second.ask({ type: 'claim', slot: 'user' })).toMatchObject({ code: 'agent.reader_taken' });
    expect(await second.ask({ type: 'connect', slot: 'user' })).toMatchObject({ code: 'agent.not_claimed' });
    expect(await second.ask({ type: 'transmit', slot: 'user', command: '0084000008' })).toMatchObject({
      code: 'agent.not_claimed',
    });
    expect(await second.ask({ type: 'take_out', slot: 'user' })).toMatchObject({ code: 'agent.not_claimed' });
    await first.ask({ type: 'release', slot: 'user' });
    expect(await second.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
    // What the first page had selected is forgotten.
    expect(await second.ask({ type: 'transmit', slot: 'user', command: '0084000008' })).toMatchObject({
      code: 'card.not_powered',
    });
  });

  it('relays commands and answers; the log says what they mean and keeps secrets', async () => {
    const page = await claimed();
    const ask = (command: string) => page.ask({ type: 'transmit', slot: 'user', command });
    expect((await page.ask({ type: 'connect', slot: 'user' })).atr).toBe('3B6D000000900100018660990100000001');
    expect((await ask(selectEnvironment)).response).toBe('611E');
    expect((await ask('00C000001E')).response).toMatch(/9000$/);
    const read = await ask('00B2013500');
    const length = String(read.response).slice(2, 4);
    const person = await ask(`00B20135${length}`);
    expect(Buffer.from(String(person.response), 'hex').includes(sampleCitizen)).toBe(true);
    const verify = await ask(`0020000003${samplePin}`);
    expect(verify).toMatchObject({
      response: '9000',
      record: { command: '0020000003******', name: { zh: '校验PIN', en: 'VERIFY' }, status: { en: 'done' } },
    });
    const said = JSON.stringify(log);
    expect(log).toHaveLength(5);
    expect(said).not.toContain(samplePin);
    expect(said).not.toContain(Buffer.from(sampleCitizen).toString('hex').toUpperCase());
    expect(JSON.stringify(person.lines)).not.toContain(sampleCitizen);
    const card = await ask('00B2012D00');
    const issue = await ask(`00B2012D${String(card.response).slice(2, 4)}`);
    expect(issue.lines).toContainEqual({
      depth: 2,
      label: { zh: '卡号', en: 'card number' },
      value: sampleCardNumber,
    });
  });

  it('of the counter, the PSAM, works beside the card: what the PIN guards is read with the PSAM’s key', async () => {
    reader.insert('sam', samplePsam());
    const page = await claimed();
    expect(await page.ask({ type: 'claim', slot: 'sam' })).toMatchObject({ type: 'done' });
    const card = await connect(relay(page), 'user');
    const psam = await connect(relay(page), 'sam');
    const holder = await readHolder(card);
    if (!holder.ok) throw new Error('no holder');
    expect(holder.value).toMatchObject({ cardNumber: sampleCardNumber, citizenNumber: sampleCitizen });
    expect((await card.send(bytes('00A4040006D15600000503'))).status).toBe(0x9000);
    expect((await card.send(bytes('00B2012D00'))).status, 'the medical file, before').toBe(0x6982);
    expect(await externalAuthenticate(card, psam, holder.value, 'RK1DF04', bytes('0102030405060708'))).toEqual({
      ok: true,
      value: null,
    });
    expect((await card.send(bytes('00B2012D00'))).status, 'the medical file, after').toBe(0x9000);
  });

  it('whose page closes in the middle of a command is free when the command has ended, its card without power', async () => {
    const first = await claimed();
    const second = await Page.paired();
    const { reached, letGo } = reader.hold();
    void first.ask({ type: 'transmit', slot: 'user', command: '0084000008' });
    await reached;
    const gone = first.closed;
    first.close();
    await gone;
    expect(await second.ask({ type: 'claim', slot: 'user' })).toMatchObject({ code: 'agent.reader_taken' });
    letGo();
    await expect.poll(() => second.state()?.owner).toBe('nobody');
    expect(await second.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
    expect(await second.ask({ type: 'transmit', slot: 'user', command: '0084000008' })).toMatchObject({
      code: 'card.not_powered',
    });
    expect(await second.ask({ type: 'connect', slot: 'user' })).toMatchObject({ type: 'done' });
  });

  it('whose card is pulled in the middle of a command says so, and the page goes on', async () => {
    const page = await claimed();
    const { reached, letGo } = reader.hold();
    const pulled = page.ask({ type: 'transmit', slot: 'user', command: '0084000008' });
    await reached;
    reader.tearOut('user', 'before');
    letGo();
    expect(await pulled).toMatchObject({ type: 'refused', code: 'card.removed' });
    expect(log.at(-1)).toMatchObject({ response: null, status: { zh: '卡已拔出' } });
    await expect.poll(() => page.state()).toMatchObject({ card: false, owner: 'you' });
    expect(await page.ask({ type: 'connect', slot: 'user' })).toMatchObject({ code: 'card.absent' });
    reader.insert('user', sampleCard());
    expect(await page.ask({ type: 'connect', slot: 'user' })).toMatchObject({ type: 'done' });
  });

  it('that is simulated is filled from the drawer and emptied again', async () => {
    const page = await Page.paired();
    await page.ask({ type: 'claim', slot: 'user' });
    await page.ask({ type: 'claim', slot: 'sam' });
    const { cards } = await page.ask({ type: 'find_cards', query: '李', language: 'zh' });
    expect(cards).toEqual([{ card_number: sampleCardNumber, holder_name: '李试卡', note: '' }]);
    const put = { type: 'put_in', slot: 'user', card_number: sampleCardNumber };
    expect(await page.ask(put)).toMatchObject({ type: 'done' });
    expect(await page.ask({ ...put, slot: 'sam' })).toMatchObject({ code: 'agent.card_away' });
    expect(await page.ask({ type: 'take_out', slot: 'user' })).toMatchObject({ type: 'done' });
    expect(reader.holdsCard('user')).toBe(false);
    expect(await page.ask(put)).toMatchObject({ type: 'done' });
    expect(await page.ask(put)).toMatchObject({ code: 'agent.card_away' });
  });

  it('stays as it is when something breaks behind it, and the page goes on', async () => {
    const page = await Page.paired();
    await page.ask({ type: 'claim', slot: 'user' });
    expect(await page.ask({ type: 'put_in', slot: 'user', card_number: lostCard })).toMatchObject({
      type: 'refused',
      code: 'agent.fault',
    });
    expect(faults.splice(0)).toEqual([new Error('the issuing station is away')]);
    expect(await page.ask({ type: 'put_in', slot: 'user', card_number: sampleCardNumber })).toMatchObject({
      type: 'done',
    });
  });

  it('that is real is filled by hand, never by a page', async () => {
    const page = await Page.paired();
    await page.ask({ type: 'claim', slot: 'real' });
    expect(page.state('real')?.kind).toBe('pcsc');
    const put = { type: 'put_in', slot: 'real', card_number: sampleCardNumber };
    expect(await page.ask(put)).toMatchObject({ code: 'agent.not_simulated' });
    expect(await page.ask({ type: 'take_out', slot: 'real' })).toMatchObject({ code: 'agent.not_simulated' });
  });
});

describe('whatever a page says', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '3'],
    ['no request', '{"type":"format_disk"}'],
    ['an id that is none', '{"type":"knock","id":"7"}'],
  ])('%s is malformed, and the conversation goes on', async (_, text) => {
    const page = await Page.paired();
    page.say(text);
    expect(await page.orphan()).toEqual({ type: 'refused', id: null, code: 'agent.malformed' });
    expect(await page.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
  });

  it.each([
    ['a request nobody knows', { type: 'format_disk' }],
    ['a word too many', { type: 'knock', really: true }],
    ['a code of letters', { type: 'pair', code: 'secret' }],
    ['a command that is no hex', { type: 'transmit', slot: 'user', command: '00840000zz' }],
    ['a command of three bytes', { type: 'transmit', slot: 'user', command: '008400' }],
    ['a command that is too long', { type: 'transmit', slot: 'user', command: '00'.repeat(262) }],
    ['a card number with a path in it', { type: 'put_in', slot: 'user', card_number: '../../etc' }],
  ])('%s is malformed, and answered under its number', async (_, request) => {
    const page = await claimed();
    expect(await page.ask(request)).toMatchObject({ type: 'refused', code: 'agent.malformed' });
  });

  it('a reader that is not there is named as such', async () => {
    const page = await Page.paired();
    expect(await page.ask({ type: 'claim', slot: 'attic' })).toMatchObject({ code: 'card.slot_unknown' });
  });

  it('more than thirty-two requests under way are too many', async () => {
    const page = await claimed();
    const { reached, letGo } = reader.hold();
    const asked = Array.from({ length: 33 }, () => page.ask({ type: 'transmit', slot: 'user', command: '0084000008' }));
    await reached;
    expect(await asked[32]).toMatchObject({ code: 'agent.busy' });
    letGo();
    expect((await Promise.all(asked)).filter(({ type }) => type === 'done')).toHaveLength(32);
  });

  it('a message that is too long ends that page’s line, and no other', async () => {
    const other = await Page.paired();
    const page = await Page.paired();
    const gone = page.closed;
    page.say(`"${'x'.repeat(5000)}"`);
    await gone;
    expect(await other.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
  });

  it('the conversation goes on', async () => {
    const page = await Page.paired();
    const anything = fc.oneof(fc.json(), fc.string(), fc.uint8Array({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        page.say(text);
        expect(await page.ask({ type: 'claim', slot: 'user' })).toMatchObject({ type: 'done' });
      }),
      { numRuns: 200 },
    );
  });
});
