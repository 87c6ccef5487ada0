import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { TerminalJournal } from './journal.ts';
import { moved, type Transaction } from './transaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const requested: Transaction = {
  id: 'a',
  trace_id: 't',
  kind: 'purchase',
  state: 'requested',
  batch: '000001',
  trace: '000001',
  at: '20260302101500',
  chip_at: '20260302101500',
  account_number: '9901001234567890127',
  card_factor: '8660990100000007',
  amount_fen: '12345',
  settlement_number: 'S1',
  sequence: 3,
  psam_serial: null,
  tac: null,
  reversal_reason: null,
};

async function reopened(path: string) {
  const journal = await TerminalJournal.open(path);
  const found = { unfinished: journal.unfinished(), trace: await journal.nextTrace() };
  await journal.close();
  return found;
}

test('what was kept is found again, in its last state; what has ended owes nothing', async () => {
  const path = join(folder, 'kept');
  const journal = await TerminalJournal.open(path);
  expect([await journal.nextTrace(), await journal.nextTrace()]).toEqual(['000001', '000002']);
  await journal.keep(requested);
  await journal.keep(moved(requested, 'approve'));
  await journal.keep({ ...requested, id: 'b', state: 'completed' });
  await journal.close();
  expect(await reopened(path)).toEqual({ unfinished: [moved(requested, 'approve')], trace: '000003' });
});

test('the power may go at any byte: the last whole line counts, and writing goes on', async () => {
  const path = join(folder, 'cut');
  const journal = await TerminalJournal.open(path);
  await journal.keep(requested);
  const first = readFileSync(path).length;
  await journal.keep(moved(requested, 'approve'));
  await journal.close();
  const whole = readFileSync(path);
  for (let cut = 0; cut <= whole.length; cut += cut % 7 === 0 ? 1 : 3) {
    writeFileSync(path, whole.subarray(0, cut));
    const state = cut < first ? [] : cut < whole.length ? ['requested'] : ['approved'];
    expect(
      (await reopened(path)).unfinished.map((transaction) => transaction.state),
      `cut at ${cut}`,
    ).toEqual(state);
    expect((await reopened(path)).trace, `cut at ${cut}`).toBe('000002');
  }
});

test('damage in the middle is not passed over', async () => {
  const path = join(folder, 'damaged');
  const journal = await TerminalJournal.open(path);
  await journal.keep(requested);
  await journal.keep(moved(requested, 'approve'));
  await journal.close();
  const text = readFileSync(path, 'utf8').replace('12345', '12346');
  writeFileSync(path, text);
  await expect(TerminalJournal.open(path)).rejects.toThrow('damaged');
});

test('a full count of trace numbers opens the next batch', async () => {
  const path = join(folder, 'full');
  const journal = await TerminalJournal.open(path);
  await journal.nextTrace();
  await journal.close();
  const { crc32 } = await import('node:zlib');
  const text = JSON.stringify({ counters: { batch: 1, trace: 999_999 } });
  writeFileSync(path, `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`);
  const full = await TerminalJournal.open(path);
  expect([await full.nextTrace(), full.batch]).toEqual(['000001', '000002']);
  await full.close();
});

test('a long journal is rewritten with what is still owed', async () => {
  const path = join(folder, 'long');
  const journal = await TerminalJournal.open(path);
  await journal.keep(requested);
  await journal.nextTrace();
  await journal.close();
  const done = readFileSync(path, 'utf8').split('\n')[0] ?? '';
  writeFileSync(path, readFileSync(path, 'utf8') + `${done}\n`.repeat(Math.ceil(1_000_000 / done.length)));
  expect(await reopened(path)).toEqual({ unfinished: [requested], trace: '000002' });
  expect(readFileSync(path).length).toBeLessThan(2_000);
});

/** The methods of every open file, for tests of a disk that is full. */
async function fileMethods(): Promise<FileHandle> {
  const file = await open(join(folder, 'any'), 'w');
  await file.close();
  return Object.getPrototypeOf(file) as FileHandle;
}

/** The next line gets half of itself onto the disk, and then there is no more room. */
async function fillDisk(path: string): Promise<void> {
  vi.spyOn(await fileMethods(), 'appendFile').mockImplementationOnce(async (line) => {
    writeFileSync(path, String(line).slice(0, 20), { flag: 'a' });
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
}

test('a line for which the disk has no room leaves nothing behind; the next one counts', async () => {
  const path = join(folder, 'full-disk');
  const journal = await TerminalJournal.open(path);
  await journal.keep(requested);
  await fillDisk(path);
  await expect(journal.keep(moved(requested, 'decline'))).rejects.toThrow('no space');
  expect(journal.find('a')).toEqual(requested);
  await journal.keep(moved(requested, 'approve'));
  await journal.close();
  expect((await reopened(path)).unfinished).toEqual([moved(requested, 'approve')]);
});

test('a journal that cannot be cut back takes nothing more, and is whole as far as it goes', async () => {
  const path = join(folder, 'stuck');
  const journal = await TerminalJournal.open(path);
  await journal.keep(requested);
  await fillDisk(path);
  vi.spyOn(await fileMethods(), 'truncate').mockRejectedValueOnce(new Error('input/output error'));
  await expect(journal.keep(moved(requested, 'approve'))).rejects.toThrow('no space');
  await expect(journal.keep(moved(requested, 'approve'))).rejects.toThrow('could not be cut back');
  await journal.close();
  expect((await reopened(path)).unfinished).toEqual([requested]);
});
