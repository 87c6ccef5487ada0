import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleDebit } from '../../core/card/debit/sample-debit.fixture.ts';
import { isEeprom } from '../../core/card/index.ts';
import { sampleCard, samplePsam } from '../../core/card/sample-card.fixture.ts';
import { bytes, hex } from '../../kernel/bytes.ts';
import { keepImage, lastingCard } from './lasting-card.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-lasting-'));
afterAll(() => rmSync(folder, { recursive: true }));

const purchase = `807001002411223344000100000064000000000000000032202603050908070103${'00'.repeat(8)}`;

test.each([
  ['chip', sampleCard(), ['0020000003000000'], '0020000000', '63C2'],
  ['PSAM', samplePsam(), ['00A4000002DF01', purchase], '00B0990004', '000000019000'],
  [
    'debit chip',
    sampleDebit(),
    ['00A4040008A000000333010101', '80A800000A83080156015626030500'],
    '80CA9F3605',
    '9F360200019000',
  ],
] as const)(
  'a %s in its file remembers in the next process, and the file has become an EEPROM',
  (kind, card, does, asks, says) => {
    const file = join(folder, kind);
    keepImage(file, card.image());
    const first = lastingCard(file);
    first.powerOn();
    for (const command of does) first.transmit(bytes(command));
    expect(isEeprom(new Uint8Array(readFileSync(file)))).toBe(true);
    const next = lastingCard(file);
    next.powerOn();
    if (does.length > 1) next.transmit(bytes(does[0]));
    expect(hex(next.transmit(bytes(asks)))).toBe(says);
  },
);
