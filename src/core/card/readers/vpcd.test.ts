import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { bytes, concat, hex } from '../../../kernel/bytes.ts';
import type { Insertable } from '../reader.ts';
import { sampleCard } from '../sample-card.fixture.ts';
import { insertIntoVpcd, type VirtualCard, type VpcdState } from './vpcd.ts';
import { openFrames, readRequest, vpcdFrame } from './vpcd-frame.ts';

const [powerOff, powerOn, reset, askAtr] = [0x00, 0x01, 0x02, 0x04].map((byte) => vpcdFrame(Uint8Array.of(byte)));
const challenge = vpcdFrame(bytes('00 84 00 00 08'));

describe('frames', () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });

  it('come out whole, however the stream is cut', () => {
    fc.assert(
      fc.property(payloads, cuts, (sent, sizes) => {
        const stream = concat(...sent.map(vpcdFrame));
        const cut = openFrames();
        const got: Uint8Array[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          got.push(...cut(stream.slice(at, at + size)));
          at += size;
        }
        expect(got.map(hex)).toEqual(sent.map(hex));
      }),
    );
  });

  it.each([
    ['00', { kind: 'power_off' }],
    ['01', { kind: 'power_on' }],
    ['02', { kind: 'reset' }],
    ['04', { kind: 'atr' }],
    ['03', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
    ['0084', { kind: 'apdu', apdu: bytes('0084') }],
  ])('a payload %s asks for what card.md 6.1 says', (payload, request) => {
    expect(readRequest(bytes(payload))).toEqual(request);
  });
});

describe('a card in the slot of vpcd', () => {
  let server: Server;
  let card: VirtualCard | null = null;
  const lines: Socket[] = [];

  afterEach(async () => {
    await card?.close();
    for (const line of lines.splice(0)) line.destroy();
    await new Promise((done) => server.close(done));
  });

  /** Our side of vpcd: waits for the card and speaks with it. */
  async function openSlot(): Promise<{ port: number; line: () => Promise<Line> }> {
    server = createServer((socket) => void lines.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const line = async () => {
      await expect.poll(() => lines.length).toBeGreaterThan(0);
      return speak(lines.shift() as Socket);
    };
    return { port: (server.address() as { port: number }).port, line };
  }

  type Line = { ask(...frames: readonly Uint8Array[]): Promise<string>; socket: Socket };

  function speak(socket: Socket): Line {
    const cut = openFrames();
    const heard: Uint8Array[] = [];
    let wake = () => {};
    socket.on('data', (piece: Buffer) => {
      heard.push(...cut(piece));
      wake();
    });
    return {
      socket,
      async ask(...frames) {
        socket.write(concat(...frames));
        while (heard.length === 0) await new Promise<void>((done) => (wake = done));
        return hex(heard.shift() as Uint8Array);
      },
    };
  }

  const insert = (port: number, what: Insertable = sampleCard(), states: VpcdState[] = []) => {
    card = insertIntoVpcd(what, { port, retry_after_ms: 10, out_ms: 10, onState: (state) => states.push(state) });
    return card;
  };

  it('gives its ATR with and without power, and answers as it does in any reader', async () => {
    const { port, line } = await openSlot();
    const chip = sampleCard();
    insert(port, chip);
    const slot = await line();
    expect(await slot.ask(askAtr!)).toBe('3B6D000000900100018660990100000001');
    expect(await slot.ask(challenge)).toBe('6F00');
    expect(await slot.ask(powerOn!, challenge)).toMatch(/^[0-9A-F]{16}9000$/);
    expect(await slot.ask(vpcdFrame(bytes('00A404000F 7378312E73682E C9E7BBE1B1A3D5CF')))).toBe('611E');
    expect(await slot.ask(askAtr!)).toBe('3B6D000000900100018660990100000001');
    expect(await slot.ask(vpcdFrame(bytes('00C000001E')))).toMatch(/^6F1C840F.*9000$/);
    expect(await slot.ask(powerOff!, challenge)).toBe('6F00');
  });

  it('forgets at a reset what it had waiting', async () => {
    const { port, line } = await openSlot();
    insert(port);
    const slot = await line();
    expect(await slot.ask(powerOn!, vpcdFrame(bytes('00A404000F 7378312E73682E C9E7BBE1B1A3D5CF')))).toBe('611E');
    expect(await slot.ask(reset!, vpcdFrame(bytes('00C000001E')))).toBe('6985');
  });

  it('answers what other programs ask of any card (OpenSC’s first questions) by a status word', async () => {
    const { port, line } = await openSlot();
    insert(port);
    const slot = await line();
    expect(await slot.ask(powerOn!, vpcdFrame(bytes('00A4040007 62 76 01 FF 000000')))).toBe('6A82');
    expect(await slot.ask(vpcdFrame(bytes('B03C000000')))).toBe('6D00');
    expect(await slot.ask(vpcdFrame(bytes('00A4040006 A00000000101')))).toBe('6A82');
    expect(await slot.ask(vpcdFrame(bytes('00CA')))).toBe('6700');
    expect(await slot.ask(vpcdFrame(new Uint8Array(65535).fill(0x00)))).toBe('6700');
  });

  it('lives through any bytes, and still answers', async () => {
    const { port, line } = await openSlot();
    insert(port);
    const slot = await line();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), async (payloads) => {
        const asked = payloads.filter((payload) => payload.length > 1 || payload[0] === 0x04).length;
        slot.socket.write(concat(...payloads.map(vpcdFrame)));
        for (let i = 0; i < asked; i++) expect((await slot.ask(new Uint8Array())).length).toBeGreaterThanOrEqual(4);
        expect(await slot.ask(powerOn!, askAtr!)).toMatch(/^3B6D/);
      }),
      { numRuns: 200 },
    );
  });

  it('comes back when the reader went away, and stays away when it was pulled out', async () => {
    const { port, line } = await openSlot();
    const states: VpcdState[] = [];
    const pulled = insert(port, sampleCard(), states);
    const first = await line();
    await first.ask(powerOn!, askAtr!);
    first.socket.destroy();
    const second = await line();
    expect(await second.ask(challenge), 'without power after a new start').toBe('6F00');
    const ended = once(second.socket, 'close');
    pulled.remove();
    await ended;
    expect(states).toEqual(['waiting', 'inserted', 'waiting', 'inserted', 'removed']);
    pulled.insert();
    expect(await (await line()).ask(powerOn!, askAtr!)).toMatch(/^3B6D/);
    expect(pulled.state).toBe('inserted');
  });

  it('is out of the reader without an answer when the card itself fails', async () => {
    const { port, line } = await openSlot();
    const faults: unknown[] = [];
    const broken: Insertable = {
      powerOn: () => bytes('3B00'),
      powerOff: () => {},
      transmit: () => {
        throw new Error('the disk is full');
      },
    };
    card = insertIntoVpcd(broken, { port, onFault: (fault) => faults.push(fault) });
    const slot = await line();
    const ended = once(slot.socket, 'close');
    slot.socket.write(concat(powerOn!, challenge));
    await ended;
    expect(faults).toEqual([new Error('the disk is full')]);
    expect(card.state).toBe('removed');
  });
});
