import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { decrypt, SoftwareKeyStore } from '../keys/index.ts';
import type { Answer, FieldValues, IncomingRequest, TerminalEntry, WireEntry } from './contract.ts';
import { writeIcData } from './ic-data.ts';
import { SwitchServer } from './server.ts';
import type { SessionLimits } from './session.ts';
import { TestTerminal } from './terminal.fixture.ts';

const id = '99010001';
const institution = 'H9901000001';
const trace_id = '01980000-0000-7000-8000-000000000001';
const transport = bytes('00112233445566778899AABBCCDDEEFF');
const purchase: FieldValues = {
  2: '9901001234567890123',
  3: '000000',
  4: '000000012345',
  11: '000123',
  12: '101112',
  13: '0701',
  22: '051',
  25: '00',
  55: writeIcData({ original: bytes('1122334455667788') }),
  60: '22000001000',
  62: Buffer.from('S202507010001'),
  63: `001${trace_id}`,
};
const { 62: _, ...withoutSettlement } = purchase;

let folder: string;
let keys: SoftwareKeyStore;
let masterKey: Uint8Array;
let entry: TerminalEntry;
let seen: IncomingRequest[];
let wire: WireEntry[];
let faults: unknown[];
let clock: StoppedClock;
let handle: (request: IncomingRequest) => Promise<Answer>;
const servers: SwitchServer[] = [];
const terminals: TestTerminal[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-switch-'));
  keys = await SoftwareKeyStore.create(join(folder, 'vault'), ['a passphrase for', 'the test']);
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  const { sealed, injection } = keys.createTerminalKey(id, transport);
  masterKey = decrypt('des', transport, injection);
  entry = { terminal_id: id, institution_code: institution, state: 'active', master_key: sealed, working_keys: null };
  seen = [];
  wire = [];
  faults = [];
  clock = new StoppedClock('2025-07-01T02:03:04Z');
  handle = async () => ({ response_code: '00', reference: '250701000001', balance_fen: fen(6789) });
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.socket.destroy();
  for (const server of servers.splice(0)) await server.stop(100);
});

/** A node of the switch; all nodes of a test share the directory. */
async function node(limits: Partial<SessionLimits> = {}): Promise<{ server: SwitchServer; port: number }> {
  const server = new SwitchServer({
    directory: {
      find: async (terminal_id) => (terminal_id === id ? entry : null),
      keepWorkingKeys: async (_, working_keys) => {
        entry = { ...entry, working_keys };
      },
    },
    keys,
    handle: (request) => {
      seen.push(request);
      return handle(request);
    },
    journal: (passed) => wire.push(passed),
    clock,
    onFault: (fault) => faults.push(fault),
    limits,
  });
  servers.push(server);
  return { server, port: await server.listen(0) };
}

function connectTo(port: number, identity: FieldValues = {}): TestTerminal {
  const terminal = new TestTerminal(port, masterKey, { 41: id, 42: institution.padEnd(15), ...identity });
  terminals.push(terminal);
  return terminal;
}

async function signedIn(limits?: Partial<SessionLimits>): Promise<TestTerminal> {
  const terminal = connectTo((await node(limits)).port);
  await terminal.signIn();
  return terminal;
}

const soon = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a terminal signs in', () => {
  test('and gets working keys and the time of the centre', async () => {
    const answer = await connectTo((await node()).port).signIn();
    expect(answer).toMatchObject({
      mti: '0810',
      tpdu: '6000020001',
      fields: { 11: '000001', 12: '100304', 13: '0701', 39: '00' },
    });
    expect(answer.fields[62]).toHaveLength(40);
    expect(entry.working_keys).not.toBeNull();
  });

  test.each<[string, FieldValues, string]>([
    ['unknown', { 41: '99999999' }, '97'],
    ['of another institution', { 42: 'H9901000002'.padEnd(15) }, '03'],
  ])('a terminal that is %s is told so', async (_, identity, code) => {
    const answer = await connectTo((await node()).port, identity).signIn();
    expect(answer.fields[39]).toBe(code);
    expect(answer.fields[62]).toBeUndefined();
  });

  test('a suspended terminal is not served', async () => {
    entry = { ...entry, state: 'suspended' };
    expect((await connectTo((await node()).port).signIn()).fields[39]).toBe('58');
  });

  test('a terminal that is suspended after its sign-in is told so, signed', async () => {
    const terminal = await signedIn();
    entry = { ...entry, state: 'suspended' };
    clock.advance({ seconds: 6 });
    const answer = await terminal.ask('0200', purchase);
    expect(answer.fields[39]).toBe('58');
    expect(answer.fields[64]).toBeDefined();
    expect(seen).toEqual([]);
  });

  test('a suspended terminal still ends what it began', async () => {
    const terminal = await signedIn();
    entry = { ...entry, state: 'suspended' };
    clock.advance({ seconds: 6 });
    const { 55: __, ...named } = withoutSettlement;
    const reversal = await terminal.ask('0400', { ...named, 39: '98', 61: '0000010001220701' });
    const proof = await terminal.ask('0320', { ...withoutSettlement, 60: '00000001000', 61: '0000010001220701' });
    expect([reversal.fields[39], proof.fields[39]]).toEqual(['00', '00']);
    expect(seen.map(({ kind }) => kind)).toEqual(['reversal', 'tac_upload']);
  });

  test('its keys are known to another node and after a restart', async () => {
    const first = await node();
    const second = await node();
    const terminal = connectTo(first.port);
    await terminal.signIn();
    await first.server.stop();
    const moved = connectTo(second.port);
    Object.assign(moved, { pad: terminal.pad });
    expect((await moved.ask('0200', purchase)).fields[39]).toBe('00');
  });

  test('keys of a sign-in at another node are found when the ones at hand do not fit', async () => {
    const first = await node();
    const terminal = connectTo(first.port);
    await terminal.signIn();
    const elsewhere = connectTo((await node()).port);
    await elsewhere.signIn();
    const back = connectTo(first.port);
    Object.assign(back, { pad: elsewhere.pad });
    clock.advance({ seconds: 1 });
    expect((await back.ask('0200', purchase)).fields[39]).toBe('00');
  });

  test('after the sign-off nothing is served any more', async () => {
    const terminal = await signedIn();
    expect((await terminal.ask('0820', { 11: '000002', 60: '00000001002' })).fields[39]).toBe('00');
    expect((await terminal.ask('0200', purchase)).fields[39]).toBe('A0');
    expect(seen).toEqual([]);
  });
});

describe('a purchase', () => {
  test('reaches the handler as typed values and comes back signed', async () => {
    const terminal = await signedIn();
    const answer = await terminal.ask('0200', purchase);
    expect(answer).toMatchObject({
      mti: '0210',
      fields: {
        3: '000000',
        4: '000000012345',
        11: '000123',
        13: '0701',
        37: '250701000001',
        39: '00',
        54: '0002156C000000006789',
      },
    });
    expect(answer.fields[2]).toBeUndefined();
    expect(answer.fields[64]).toHaveLength(8);
    expect(seen).toMatchObject([
      {
        kind: 'purchase',
        trace_id,
        terminal_id: id,
        institution_code: institution,
        operator: '001',
        batch: '000001',
        trace: '000123',
        account_number: '9901001234567890123',
        amount_fen: 12345n,
        settlement_number: 'S202507010001',
      },
    ]);
  });

  test.each<[string, string, FieldValues, string]>([
    ['without its settlement', '0200', withoutSettlement, '30'],
    ['with broken chip data', '0200', { ...purchase, 55: bytes('9F26') }, '30'],
    ['of a kind we do not speak', '0200', { ...purchase, 3: '200000' }, '40'],
    ['without field 60', '0200', { ...purchase, 60: undefined }, '30'],
    ['sent as an answer', '0201', purchase, '30'],
  ])('%s is refused and not executed', async (_, mti, fields, code) => {
    const terminal = await signedIn();
    const answer = await terminal.ask(mti, fields).catch(() => null);
    expect(answer?.fields[39]).toBe(code);
    expect(seen).toEqual([]);
  });

  test.each<[string, (frame: Uint8Array) => void]>([
    ['a wrong MAC', (frame) => frame.set([(frame.at(-1) as number) ^ 1], frame.length - 1)],
    ['another amount under the same MAC', (frame) => frame.set([0x46], frame.indexOf(0x45))],
  ])('with %s is answered A0 and not executed', async (_, spoil) => {
    const terminal = await signedIn();
    const frame = terminal.frame('0200', purchase);
    spoil(frame);
    terminal.socket.write(frame);
    const answer = await terminal.answer();
    expect(answer.fields[39]).toBe('A0');
    expect(answer.fields[64]).toBeUndefined();
    expect(seen).toEqual([]);
  });

  test('without a MAC is answered A0', async () => {
    expect((await (await signedIn()).ask('0200', purchase, false)).fields[39]).toBe('A0');
    expect(seen).toEqual([]);
  });

  test('sent twice reaches the handler twice: what a duplicate is, the books know', async () => {
    const terminal = await signedIn();
    await terminal.ask('0200', purchase);
    await terminal.ask('0200', purchase);
    expect(seen).toHaveLength(2);
  });

  test('is answered 96, signed, when the handler fails', async () => {
    handle = () => Promise.reject(new Error('database gone'));
    const answer = await (await signedIn()).ask('0200', purchase);
    expect(answer.fields[39]).toBe('96');
    expect(answer.fields[64]).toBeDefined();
    expect(faults).toHaveLength(1);
  });

  test('is answered 96 when the handler gives what does not fit a field', async () => {
    handle = async () => ({ response_code: '00', authorisation: 'far too long' });
    expect((await (await signedIn()).ask('0200', purchase)).fields[39]).toBe('96');
  });

  test('is not answered before the handler has', async () => {
    const terminal = await signedIn();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    handle = () => promise;
    let answered = false;
    const answer = terminal.ask('0200', purchase).finally(() => {
      answered = true;
    });
    await soon();
    expect(answered).toBe(false);
    resolve({ response_code: '00' });
    expect((await answer).fields[39]).toBe('00');
  });
});

test.each<[string, string, FieldValues]>([
  ['load', '0200', { ...withoutSettlement, 3: '600000', 25: '91', 60: '45000001000' }],
  ['balance', '0200', { ...withoutSettlement, 3: '310000', 4: undefined, 60: '01000001000' }],
  ['reversal', '0400', { ...withoutSettlement, 39: '98', 61: '0000010001220701' }],
  ['tac_upload', '0320', { ...withoutSettlement, 60: '00000001000', 61: '0000010001220701' }],
  ['black_list', '0800', { 11: '000124', 60: '00000001380' }],
])('a %s reaches the handler by its name', async (kind, mti, fields) => {
  expect((await (await signedIn()).ask(mti, fields)).fields[39]).toBe('00');
  expect(seen).toMatchObject([{ kind }]);
});

test('a black-list download says which version the terminal holds', async () => {
  const terminal = await signedIn();
  const download = { 11: '000124', 60: '00000001380' };
  await terminal.ask('0800', { ...download, 62: Buffer.from('42') });
  expect(seen).toMatchObject([{ kind: 'black_list', black_list_version: 42n, settlement_number: null }]);
  expect((await terminal.ask('0800', { ...download, 62: Buffer.from('-1') })).fields[39]).toBe('30');
});

test('the journal holds request and answer under one trace id, secrets zeroed', async () => {
  const terminal = await signedIn();
  await terminal.ask('0200', purchase);
  expect(wire.map(({ mti, kind, answer }) => [mti, kind, answer?.mti, answer?.response_code])).toEqual([
    ['0800', 'sign_in', '0810', '00'],
    ['0200', 'purchase', '0210', '00'],
  ]);
  expect(wire[1]?.trace_id).toBe(trace_id);
  const log = wire
    .flatMap(({ request, answer }) => [request, answer?.body ?? request])
    .map(hex)
    .join();
  expect(log).toContain('00'.repeat(40));
  expect(log).not.toContain('9901001234567890123');
});

describe('a session', () => {
  test('serves frames however they are cut', async () => {
    const terminal = await signedIn();
    for (const byte of terminal.frame('0820', { 60: '00000001301' })) {
      terminal.socket.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    expect((await terminal.answer()).fields[39]).toBe('00');
  });

  test('notes what it cannot take apart, and closes after too much of it', async () => {
    const terminal = await signedIn({ bad_frames: 3 });
    terminal.socket.write(bytes('0003 010203'));
    expect((await terminal.ask('0820', { 60: '00000001301' })).fields[39]).toBe('00');
    terminal.socket.write(bytes('0003 010203 0003 010203'));
    await terminal.hangUp();
    expect(wire.filter((passed) => passed.fault?.startsWith('too_short'))).toHaveLength(3);
  });

  test('closes when the stream is lost', async () => {
    const terminal = await signedIn();
    terminal.socket.write(bytes('FFFF 00'));
    await terminal.hangUp();
  });

  test('closes when a frame does not end, and when nothing is said', async () => {
    const slow = await signedIn({ slow_ms: 200 });
    slow.socket.write(bytes('0003 01'));
    await slow.hangUp();
    const idle = await signedIn({ idle_ms: 200 });
    await idle.hangUp();
  });

  test('has only so many requests under way', async () => {
    const terminal = await signedIn({ in_flight: 2 });
    const waiting: ((answer: Answer) => void)[] = [];
    handle = () => new Promise((resolve) => waiting.push(resolve));
    for (let i = 0; i < 5; i++) terminal.socket.write(terminal.frame('0200', { ...purchase, 11: `${i}` }));
    await expect.poll(() => waiting.length).toBe(2);
    await soon();
    expect(waiting).toHaveLength(2);
    for (let i = 0; i < 5; i++) {
      await expect.poll(() => waiting.length).toBeGreaterThan(0);
      waiting.shift()?.({ response_code: '00' });
      expect((await terminal.answer()).fields[11]).toBe(`00000${i}`);
    }
  });

  test('is drained on stop: what was asked is answered, then it closes', async () => {
    const terminal = await signedIn();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    handle = () => promise;
    const answer = terminal.ask('0200', purchase);
    await expect.poll(() => seen.length).toBe(1);
    const stopped = servers.splice(0)[0]?.stop();
    resolve({ response_code: '00' });
    expect((await answer).fields[39]).toBe('00');
    await stopped;
    await terminal.hangUp();
  });
});
