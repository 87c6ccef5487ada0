import { describe, expect, it, vi } from 'vitest';
import { cardFaultWords } from '../contract.ts';
import { CardFault } from '../fault.ts';
import { openPcsc } from './pcsc.ts';
import { pcscFault } from './pcsc-fault.ts';

vi.mock('pcsc-mini', () => {
  throw new Error('libpcsclite.so.1: cannot open shared object file: No such file or directory');
});

it('a machine without PC/SC is told what is missing', async () => {
  const fault = await openPcsc().catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(CardFault);
  expect(fault).toMatchObject({ code: 'card.no_library', words: { en: expect.stringContaining('pcscd') } });
});

describe('what PC/SC says', () => {
  it.each([
    ['NoService', 'card.no_service'],
    ['UnknownReader', 'card.reader_gone'],
    ['ReaderUnavailable', 'card.reader_gone'],
    ['NoSmartCard', 'card.absent'],
    ['RemovedCard', 'card.removed'],
    ['ResetCard', 'card.not_powered'],
    ['SharingViolation', 'card.reader_busy'],
    ['UnresponsiveCard', 'card.mute'],
    ['ProtoMismatch', 'card.mute'],
    ['NotTransacted', 'card.reader_fault'],
    ['SomethingNew', 'card.reader_fault'],
  ])('%s is %s', (code, ours) => {
    const fault = pcscFault(Object.assign(new Error('task error'), { code }), 'ACR38U');
    expect(fault.code).toBe(ours);
    expect(fault.message).toBe(`ACR38U: ${code}`);
  });

  it('without a code, in its own words', () => {
    expect(pcscFault(new Error('odd'), 'ACR38U').message).toBe('ACR38U: odd');
    expect(pcscFault(undefined, 'ACR38U').code).toBe('card.reader_fault');
  });
});

it('every fault has words in both languages', () => {
  for (const { zh, en } of Object.values(cardFaultWords)) {
    expect(zh).toMatch(/\p{Script=Han}.*。$/u);
    expect(en).toMatch(/^[A-Z].*\.$/);
  }
});
