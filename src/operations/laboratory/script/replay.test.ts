import { expect, test } from 'vitest';
import {
  type ApduRecord,
  buildCommand,
  connect,
  readHolder,
  recordApdus,
  selectMedical,
  verifyPin,
} from '../../../core/card/index.ts';
import { bytes } from '../../../kernel/bytes.ts';
import { sampleCard, samplePin } from '../sample-cards.ts';
import { readLog } from './apdu-log.ts';
import { simulatedBench } from './bench.ts';
import { replay } from './replay.ts';

/** What a terminal does with the sample card, as the platform records it: PIN and personal data masked. */
async function recorded(): Promise<readonly ApduRecord[]> {
  const log: ApduRecord[] = [];
  const port = await connect(
    recordApdus(
      simulatedBench().reader,
      () => '2026-06-30T09:00:00Z',
      (entry) => log.push(entry),
    ),
    'user',
  );
  await readHolder(port);
  await port.send(buildCommand([0x00, 0x84, 0x00, 0x00], undefined, 8));
  await selectMedical(port);
  await verifyPin(port, samplePin);
  await port.send(buildCommand([0xb0, 0x26, 0x00, 0x01], undefined, 4));
  await port.send(buildCommand([0xb0, 0x28, 0x01, 0x01], bytes('01 00000000 00000064 00000000 990100000007')));
  return log;
}

const entriesOf = (log: unknown) => {
  const read = readLog(typeof log === 'string' ? log : JSON.stringify(log));
  return read.ok ? read.entries : [];
};

test('the same card answers the same; only what it makes anew differs', async () => {
  const entries = entriesOf(await recorded());
  const report = await replay(entries, simulatedBench(), bytes(samplePin));
  expect(report).toMatchObject({ ok: true, parted: 0 });
  const fresh = report.entries.filter(({ state }) => state === 'fresh');
  expect(fresh.map(({ command, difference }) => [command.name.en, difference?.field?.en])).toEqual([
    ['GET CHALLENGE', 'challenge'],
    ['GET RESPONSE', 'random'],
  ]);
});

test('without the PIN that the log masks, VERIFY is passed over and the answers part after it', async () => {
  const report = await replay(entriesOf(await recorded()), simulatedBench(), null);
  const [passed, next] = report.entries.slice(report.entries.findIndex(({ state }) => state === 'passed'));
  expect(passed).toMatchObject({ command: { name: { en: 'VERIFY' }, hex: expect.stringContaining('*') }, came: null });
  expect(next).toMatchObject({ state: 'parted', recorded: '000000009000', came: '6982', difference: { at: 1 } });
  expect(report.ok).toBe(false);
});

test('another card parts where it is another', async () => {
  const other = simulatedBench(() => null, { user: sampleCard(2) });
  const report = await replay(entriesOf(await recorded()), other, bytes(samplePin));
  expect(report.entries[0]).toMatchObject({ state: 'parted', recorded: '611E', came: '6118', difference: { at: 2 } });
});

test.each([
  ['[]', 'the log is empty'],
  ['no json', 'not an APDU log'],
  ['{"a":1}', 'not an APDU log'],
  ['[{"command":"00","response":"zz"}]', 'entry 1 has no command or response in hex'],
  [JSON.stringify(Array.from({ length: 501 }, () => ({ command: '00840000', response: '9000' }))), 'at most 500'],
])('%s is no log', (text, words) => {
  const read = readLog(text);
  expect(read.ok ? '' : read.words.en).toContain(words);
});

test('a log is read as the platform, a terminal and a trace write it', () => {
  const entry = {
    at: '',
    slot: 'card',
    command: '0084000008',
    response: '9000',
    what: 'GET CHALLENGE',
    status_word: '9000',
  };
  const expected = [{ slot: 'user', command: '0084000008', response: '9000' }];
  for (const log of [[entry], { apdus: [entry] }, { stations: { chip: { entries: [entry] } } }, entry])
    expect(entriesOf(log)).toEqual(expected);
  expect(
    entriesOf(`${JSON.stringify(entry)}\n${JSON.stringify({ ...entry, slot: 'psam', response: null })}\n`),
  ).toEqual([...expected, { slot: 'sam', command: '0084000008', response: null }]);
});
