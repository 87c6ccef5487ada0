import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { ChipUpload } from '../../operations/trace/contract.ts';
import { TestTown } from '../terminal/town.fixture.ts';
import { chipUpload } from './report.ts';

let town: TestTown;
beforeAll(async () => {
  town = await TestTown.build();
});
afterAll(() => town.close());

test('what a whole payment leaves at the centre does not say who paid', async () => {
  expect(await town.pay(fen(123_45))).toMatchObject({ paid: true });
  const upload = chipUpload('99010001', '01980000-0000-7000-8000-000000000001', town.events);
  expect(Value.Errors(ChipUpload, upload)).toEqual([]);
  const text = JSON.stringify(upload);
  // Citizen number, name, account number.
  for (const tag of ['0812', '091E', '8B1D']) expect(text).toMatch(new RegExp(`${tag}\\*+`));
  const ascii = (digits: string) => hex(new TextEncoder().encode(digits));
  const secrets = {
    'citizen number': '990100199001011234',
    'account number': town.account_number,
    PIN: '123456',
    'PIN block': '0020000003123456',
  };
  for (const [what, digits] of Object.entries(secrets)) expect(text, what).not.toContain(digits);
  for (const digits of ['990100199001011234', town.account_number]) expect(text).not.toContain(ascii(digits));
  // 林晓春 in GBK.
  expect(text).not.toContain(hex(bytes('C1D6CFFEB4BA')));
  expect(upload.apdus.map(({ command }) => command)).toContain('0020000003******');
});
