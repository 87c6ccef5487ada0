import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  cardOf,
  connect,
  externalAuthenticate,
  type Insertable,
  insertIntoVpcd,
  openPcsc,
  type PcscReader,
  pinStatus,
  type ReaderEvent,
  readHolder,
  SimulatedReader,
  type VirtualCard,
  verifyPin,
} from '../../src/core/card/index.ts';
import { sampleCard, sampleCardNumber, sampleCitizen, samplePsam } from '../../src/core/card/sample-card.fixture.ts';
import type { AgentMessage, ReaderState } from '../../src/field/agent/contract.ts';
import { Counter, openAgent, Pairing } from '../../src/field/agent/index.ts';
import { bytes } from '../../src/kernel/bytes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { Pcscd, whyNoPcscd } from './support/pcscd.ts';

const why = whyNoPcscd();
const first = 'Virtual PCD 00 00';
const second = 'Virtual PCD 00 01';
const atr = '3B6D000000900100018660990100000001';
const selectEnvironment = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF';
const getChallenge = bytes('0084000008');
const spaced = (hex: string) => hex.replace(/..(?=.)/g, '$& ');

describe.skipIf(why)(`our cards and readers with the PC/SC of Debian${why ? ` (${why})` : ''}`, () => {
  const pcscd = new Pcscd();
  let cards: VirtualCard[] = [];
  let readers: PcscReader[] = [];
  let events: ReaderEvent[] = [];
  let watch: PcscReader | null = null;

  beforeAll(async () => {
    Object.assign(process.env, pcscd.environment);
    await pcscd.start();
    watch = await openPcsc({ retry_after_ms: 50 });
  });
  afterAll(async () => {
    await watch?.close();
    await pcscd.close();
  });
  afterEach(async () => {
    await Promise.all(readers.map((reader) => reader.close()));
    await Promise.all(cards.map((card) => card.close()));
    [cards, readers, events] = [[], [], []];
    // The next card must not be taken for this one.
    await reached(() => [first, second].map((slot) => watch?.holdsCard(slot)), [false, false]);
  });

  const insert = (card: Insertable = sampleCard(), slot: 0 | 1 = 0): VirtualCard => {
    const inserted = insertIntoVpcd(card, { port: pcscd.ports[slot], retry_after_ms: 50 });
    cards.push(inserted);
    return inserted;
  };

  /** Our own reader, when it has seen what lies in its slots. */
  const open = async (holds: readonly string[], options = {}): Promise<PcscReader> => {
    const reader = await openPcsc({ retry_after_ms: 50, ...options });
    readers.push(reader);
    reader.listen((event) => events.push(event));
    await reached(() => holds.every((slot) => reader.holdsCard(slot)), true);
    return reader;
  };
  const reached = (what: () => unknown, value: unknown) =>
    expect.poll(what, { timeout: 15_000, interval: 50 }).toEqual(value);

  /** The other programs see a card a moment after it was inserted. */
  const seen = () => expect.poll(() => pcscd.run('opensc-tool', ['-l']), { timeout: 15_000 }).toMatch(/^0 +Yes/m);

  describe('other programs', () => {
    it('opensc-tool lists reader and card, and tells its ATR', async () => {
      insert();
      await seen();
      expect(await pcscd.run('opensc-tool', ['-l'])).toMatch(/^0 +Yes +Virtual PCD 00 00\n1 +No +Virtual PCD 00 01$/m);
      expect(await pcscd.run('opensc-tool', ['-r', '0', '--atr'])).toBe(
        `${atr.toLowerCase().replace(/..(?=.)/g, '$&:')}\n`,
      );
    });

    it('opensc-tool selects the social-security environment and reads EF05', async () => {
      insert();
      await seen();
      const said = await pcscd.run('opensc-tool', [
        ...['-r', '0'],
        ...['-s', selectEnvironment],
        ...['-s', '00C000001E'],
        ...['-s', '00B2012D00'],
      ]);
      expect(said.match(/SW1=0x90, SW2=0x00/g)).toHaveLength(3);
      expect(said).toContain('6F 1C 84 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1');
      expect(said).toContain(sampleCardNumber);
    });

    it('scriptor runs a script: select, read, get challenge; GET BALANCE is refused without the PIN', async () => {
      insert();
      await seen();
      const script = join(pcscd.folder, 'script');
      const commands = [
        selectEnvironment,
        '00C000001E',
        '00B2012D00',
        '00B2012D40',
        '0084000008',
        '00A4040006D15600000503',
        'B026000104',
        'FFFF000000',
      ];
      writeFileSync(script, `${commands.map(spaced).join('\n')}\n`);
      const said = await pcscd.run('scriptor', ['-r', first, script]);
      const answers = [...said.matchAll(/^< ([0-9A-F \n]+?) :/gm)].map(([, hex = '']) => hex.replace(/\s/g, ''));
      expect(answers).toEqual([
        '611E',
        expect.stringMatching(/^6F1C840F.*9000$/),
        '6C40',
        expect.stringMatching(/^0110990100D156000005.*9000$/),
        expect.stringMatching(/^[0-9A-F]{16}9000$/),
        expect.stringMatching(/^61..$/),
        '6982',
        '6D00',
      ]);
    });

    it('pcsc_scan sees the reader, the card and its ATR', async () => {
      insert();
      await seen();
      const said = await pcscd.run('pcsc_scan', ['-n'], 2_000);
      expect(said).toContain(`Reader 0: ${first}`);
      expect(said).toMatch(/Card inserted/);
      expect(said).toContain(`ATR: ${spaced(atr)}`);
    });
  });

  describe('our own reader', () => {
    it('sees a card come, go, come back and be reset', async () => {
      const card = insert();
      const reader = await open([first]);
      expect([...reader.slots].sort()).toEqual([first, second]);
      card.remove();
      await reached(() => reader.holdsCard(first), false);
      card.insert();
      await reached(() => reader.holdsCard(first), true);
      card.remove();
      card.insert();
      const ofFirst = () => events.filter(({ slot }) => slot === first).map(({ kind }) => kind);
      await reached(ofFirst, ['attached', 'inserted', 'removed', 'inserted', 'removed', 'inserted']);
    });

    it('reads the holder, and with the PSAM in the other reader what the PIN guards', async () => {
      insert(sampleCard(), 0);
      insert(samplePsam(), 1);
      const reader = await open([first, 'sam'], { parts: { sam: second } });
      const card = await connect(reader, first);
      const psam = await connect(reader, 'sam');
      expect(card.atr.toHex().toUpperCase()).toBe(atr);
      const holder = await readHolder(card);
      if (!holder.ok) throw new Error('no holder');
      expect(holder.value).toMatchObject({ cardNumber: sampleCardNumber, citizenNumber: sampleCitizen });
      expect((await card.send(bytes('00A4040006D15600000503'))).status).toBe(0x9000);
      expect((await card.send(bytes('00B2012D00'))).status).toBe(0x6982);
      expect(await externalAuthenticate(card, psam, holder.value, 'RK1DF04', bytes('0102030405060708'))).toEqual({
        ok: true,
        value: null,
      });
      expect((await card.send(bytes('00B2012D00'))).status).toBe(0x9000);
    });

    it('resets the card when it is connected to again: what was selected is forgotten', async () => {
      insert();
      const reader = await open([first]);
      await reader.connect(first);
      expect((await reader.transmit(first, bytes(selectEnvironment))).toHex()).toBe('611e');
      await reader.connect(first);
      expect((await reader.transmit(first, bytes('00C000001E'))).toHex()).toBe('6985');
      await reader.disconnect(first);
      await expect(reader.transmit(first, getChallenge)).rejects.toMatchObject({ code: 'card.not_powered' });
    });

    it('says what happened: no card, no such reader, another program, the wrong protocol', async () => {
      const reader = await open([]);
      await reached(() => reader.slots.length, 2);
      await expect(reader.connect(first)).rejects.toMatchObject({ code: 'card.absent' });
      await expect(reader.connect('attic')).rejects.toMatchObject({ code: 'card.slot_unknown' });
      insert();
      await reached(() => reader.holdsCard(first), true);
      await reader.connect(first);
      const other = await open([first], { protocol: 't1' });
      await expect(other.connect(first)).rejects.toMatchObject({
        code: 'card.reader_busy',
        words: { zh: expect.stringContaining('另一个程序') },
      });
      await reader.disconnect(first);
      await expect(other.connect(first)).rejects.toMatchObject({ code: 'card.mute' });
    });

    it('speaks with a card of T=1', async () => {
      const chip = sampleCard();
      insert({
        powerOn: () => {
          chip.powerOn();
          return bytes('3B800181');
        },
        powerOff: () => chip.powerOff(),
        transmit: (apdu) => chip.transmit(apdu),
      });
      const reader = await open([first], { protocol: 't1' });
      expect((await reader.connect(first)).toHex()).toBe('3b800181');
      expect((await reader.transmit(first, getChallenge)).toHex()).toMatch(/^.{16}9000$/);
    });

    it('names a card that is pulled out in the middle of a command', async () => {
      const chip = sampleCard();
      let pull = false;
      const card = insert({
        powerOn: () => chip.powerOn(),
        powerOff: () => chip.powerOff(),
        transmit: (apdu) => {
          if (pull) card.remove();
          return chip.transmit(apdu);
        },
      });
      const reader = await open([first]);
      await reader.connect(first);
      pull = true;
      await expect(reader.transmit(first, getChallenge)).rejects.toMatchObject({ code: 'card.removed' });
      await reached(() => reader.holdsCard(first), false);
    });
  });

  it('the counter agent reads the card through PC/SC for a page, and tells it when the card goes', async () => {
    const card = insert();
    const reader = await open([first]);
    let code = '';
    const pairing = new Pairing({ clock: systemClock, show: (shown) => (code = shown ?? code) });
    const origin = 'https://agency.example';
    const agent = await openAgent({
      counter: new Counter({ reader }),
      pairing,
      clock: systemClock,
      port: 0,
      origins: [origin],
    });
    const page = new WebSocket(`ws://127.0.0.1:${agent.port}/agent`, { origin });
    try {
      await once(page, 'open');
      let states: readonly ReaderState[] = [];
      const answers: AgentMessage[] = [];
      page.on('message', (data) => {
        const message = JSON.parse(String(data)) as AgentMessage;
        if (message.type === 'readers') states = message.readers;
        else answers.push(message);
      });
      const ask = async (request: object) => {
        page.send(JSON.stringify({ id: 1, ...request }));
        await reached(() => answers.length, 1);
        return answers.shift();
      };
      await ask({ type: 'knock' });
      await ask({ type: 'pair', code });
      await ask({ type: 'claim', slot: first });
      expect(await ask({ type: 'connect', slot: first })).toMatchObject({ type: 'done', atr });
      expect(await ask({ type: 'transmit', slot: first, command: selectEnvironment })).toMatchObject({
        response: '611E',
        record: { name: { zh: '选择文件' } },
      });
      expect(states.find(({ slot }) => slot === first)).toEqual({
        slot: first,
        kind: 'pcsc',
        part: 'user',
        card: true,
        owner: 'you',
      });
      card.remove();
      await reached(() => states.find(({ slot }) => slot === first)?.card, false);
      expect(await ask({ type: 'connect', slot: first })).toMatchObject({ type: 'refused', code: 'card.absent' });
    } finally {
      page.terminate();
      await agent.close();
    }
  });

  it('the command line inserts a card from its image, and keeps what changes', async () => {
    const image = join(pcscd.folder, 'card.chip');
    writeFileSync(image, sampleCard().image());
    const child = tessera('card', 'insert', image, '--save', '--port', String(pcscd.ports[0]));
    try {
      await child.says('in the reader');
      const reader = await open([first]);
      const port = await connect(reader, first);
      expect(await verifyPin(port, '000000')).toEqual({ kind: 'wrong', left: 2 });
      const kept = new SimulatedReader();
      kept.insert('user', cardOf(new Uint8Array(readFileSync(image))));
      expect(await pinStatus(await connect(kept, 'user'))).toEqual({ kind: 'wrong', left: 2 });
      child.type('remove');
      await reached(() => reader.holdsCard(first), false);
      child.type('insert');
      await reached(() => reader.holdsCard(first), true);
      expect(await pinStatus(await connect(reader, first))).toEqual({ kind: 'wrong', left: 2 });
      child.type('quit');
      expect(await child.ended).toBe(0);
    } finally {
      child.kill();
    }
  });

  it('the laboratory runs a script on the card in a reader, and says when there is none', async () => {
    insert();
    await seen();
    const script = 'docs/laboratory/1-read-card.apdu';
    const run = tessera('lab', 'run', script, '--reader', first, '--quiet');
    try {
      await run.says('> 00B20135 00');
      expect(await run.ended).toBe(0);
    } finally {
      run.kill();
    }
    const nowhere = tessera('lab', 'run', script, '--reader', 'Nowhere', '--json');
    try {
      await nowhere.says('no_reader');
      expect(await nowhere.ended).toBe(2);
    } finally {
      nowhere.kill();
    }
  });

  it('a service that goes away takes its readers with it, and is found again', async () => {
    insert();
    const reader = await open([first]);
    await reader.connect(first);
    await pcscd.stop();
    await reached(() => [reader.slots.length, reader.running], [0, false]);
    await expect(reader.transmit(first, getChallenge)).rejects.toMatchObject({ code: 'card.slot_unknown' });
    await expect(openPcsc()).rejects.toMatchObject({
      code: 'card.no_service',
      words: { en: expect.stringContaining('systemctl start pcscd') },
    });
    await cards[0]?.close();
    await pcscd.start();
    insert();
    await reached(() => reader.holdsCard(first), true);
    expect((await reader.connect(first)).toHex().toUpperCase()).toBe(atr);
  });
});

type Program = {
  says(text: string): Promise<void>;
  type(line: string): void;
  kill(): void;
  readonly ended: Promise<number | null>;
};

/** `npx tessera` with somebody at the keyboard. */
function tessera(...words: readonly string[]): Program {
  const program = ['--disable-warning=ExperimentalWarning', 'src/apps/cli/main.ts', ...words];
  const child: ChildProcess = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += text;
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then(([code]) => {
    process.removeListener('exit', kill);
    return code as number | null;
  });
  return {
    says: async (text) => void (await expect.poll(() => said, { timeout: 20_000 }).toContain(text)),
    type: (line) => void child.stdin?.write(`${line}\n`),
    kill,
    ended,
  };
}
