import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { bodyOf, FrameDecoder, type Message, pack, unpack } from '../../core/switch/index.ts';
import { WireLink } from './link.ts';

const message = (trace: string, mti = '0820'): Message => ({
  tpdu: '6000010002',
  header: '603100310001',
  mti,
  fields: { 11: trace, 39: mti === '0830' ? '00' : undefined, 41: '99010001' },
});

let server: Server;
let link: WireLink;
const sockets: Socket[] = [];
afterEach(() => {
  link.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

/** A host that does `answer` with each trace number it gets. */
async function host(answer: (trace: string, socket: Socket) => void, timeout_ms = 5_000): Promise<void> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    const decoder = new FrameDecoder();
    socket.on('data', (chunk: Buffer) =>
      decoder.push(chunk, (body) => {
        const unpacked = unpack(body);
        if (unpacked.ok) answer(unpacked.message.fields[11] ?? '', socket);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  link = new WireLink({ host: '127.0.0.1', port: (server.address() as { port: number }).port, timeout_ms });
}

const ask = async (trace: string) => (await link.ask(message(trace), pack(message(trace))))?.message.fields[11];
const yes = (trace: string) => pack(message(trace, '0830'));

test('answers find their questions, in whatever order and pieces they come', async () => {
  const held: string[] = [];
  await host((trace, socket) => {
    held.push(trace);
    if (held.length < 3) return;
    for (const each of held.reverse()) for (const byte of yes(each)) socket.write(Uint8Array.of(byte));
  });
  expect(await Promise.all(['000001', '000002', '000003'].map(ask))).toEqual(['000001', '000002', '000003']);
});

test('an answer that comes too late is dropped, and the next question gets its own', async () => {
  await host((trace, socket) => {
    if (trace === '000001') setTimeout(() => socket.write(yes(trace)), 100);
    else socket.write(yes(trace));
  }, 80);
  expect(await ask('000001')).toBeUndefined();
  expect(await ask('000002')).toBe('000002');
});

test('a connection that was lost is made again', async () => {
  await host((trace, socket) => {
    if (trace === '000001') socket.destroy();
    else socket.write(yes(trace));
  });
  const began_ms = performance.now();
  expect(await ask('000001')).toBeUndefined();
  expect(performance.now() - began_ms).toBeLessThan(2_500);
  expect(await ask('000002')).toBe('000002');
});

test('rubbish is not taken for an answer', async () => {
  await host((trace, socket) => {
    socket.write(Uint8Array.of(0, 3, 1, 2, 3));
    socket.write(yes(trace));
  });
  expect(await ask('000001')).toBe('000001');
  expect(bodyOf(yes('000001'))).toHaveLength(yes('000001').length - 2);
});

test('no host, no answer', async () => {
  await host(() => {});
  server.close();
  link.close();
  expect(await ask('000001')).toBeUndefined();
});
