import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { SealedKey } from '../keys/contract.ts';
import type { WireEntry } from './contract.ts';
import { recordWire, registerTerminals, setTerminalState, TerminalStore, wireOfTrace } from './store.ts';

const { database, owner } = await createTestDatabase();
const key = (name: string): SealedKey => ({ name, version: 1, check_value: 'A1B2C3', sealed: 'AA' });
const trace_id = '01980000-0000-7000-8000-000000000001';
const entry: WireEntry = {
  trace_id,
  at_ms: 1_751_335_384_123,
  peer: '127.0.0.1:40000',
  terminal_id: '99010001',
  mti: '0200',
  kind: 'purchase',
  request: Uint8Array.of(0x60, 1, 2),
  fault: null,
  answer: { mti: '0210', response_code: '00', elapsed_ms: 3, body: Uint8Array.of(0x60, 3) },
};

test('a terminal is registered, signs in, is suspended, gets another master key', async () => {
  const terminals = new TerminalStore(database);
  expect(await terminals.find('99010001')).toBeNull();
  const terminal = { terminal_id: '99010001', institution_code: 'H9901000001', master_key: key('TMK') };
  await registerTerminals(database, [terminal]);
  const known = { ...terminal, state: 'active', working_keys: null };
  expect(await terminals.find('99010001')).toEqual(known);

  const working_keys = { pin: key('PIK'), mac: key('MAK') };
  await terminals.keepWorkingKeys('99010001', working_keys);
  expect(await terminals.find('99010001')).toEqual({ ...known, working_keys });

  expect(await setTerminalState(database, '99010001', 'suspended')).toBe(true);
  expect(await setTerminalState(database, '99010009', 'suspended')).toBe(false);
  expect(await terminals.find('99010001')).toMatchObject({ state: 'suspended' });

  await registerTerminals(database, [{ ...terminal, master_key: key('TMK2') }]);
  expect(await terminals.find('99010001')).toMatchObject({ master_key: { name: 'TMK2' }, working_keys: null });
});

test('the wire log keeps messages in order under their trace id', async () => {
  const broken: WireEntry = {
    ...entry,
    terminal_id: null,
    mti: null,
    kind: null,
    request: new Uint8Array(0),
    fault: 'too_short',
    answer: null,
  };
  await recordWire(database, [entry, broken]);
  await recordWire(database, []);
  const rows = await wireOfTrace(database, trace_id);
  expect(rows.map(({ direction, mti, response_code, fault }) => [direction, mti, response_code, fault])).toEqual([
    ['in', '0200', null, null],
    ['out', '0210', '00', null],
    ['in', null, null, 'too_short'],
  ]);
  expect(rows[0]?.body).toEqual(Buffer.from(entry.request));
  expect(rows[1]?.body).toEqual(Buffer.of(0x60, 3));
  expect(rows.map(({ at }) => at.getTime() - entry.at_ms)).toEqual([0, 3, 0]);
});

test('the application can neither change nor delete what passed on the wire', async () => {
  await recordWire(database, [entry]);
  await expect(database.query("update switch.wire_log set mti = '0000'")).rejects.toThrow('permission denied');
  await expect(database.query('delete from switch.wire_log')).rejects.toThrow('permission denied');
  await expect(
    owner.query("insert into switch.wire_log (trace_id, at, peer, request) values (gen_random_uuid(), now(), '', '')"),
  ).rejects.toThrow('check');
});
