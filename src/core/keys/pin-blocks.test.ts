import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laboratory } from './explain/index.ts';
import {
  accountDigits,
  clearPinBlock,
  decipherPinBlock,
  decryptPinBlock4,
  encipherPinBlock,
  encryptPinBlock4,
  readPinBlock,
} from './pin-blocks.ts';

const pin = fc.stringMatching(/^\d{4,12}$/);
const pan = fc.stringMatching(/^\d{12,19}$/);
const random = fc.stringMatching(/^[A-F]{16}$/);
const bytesOf = (...lengths: readonly number[]) =>
  fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));

test('a PIN that was put into a block is read from it, formats 0 to 3', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 2, 3),
      pin,
      pan,
      random,
      bytesOf(8, 16, 24),
      (format, digits, number, fill, key) => {
        const kind = format as 0 | 1 | 2 | 3;
        const account = accountDigits(number);
        const block = encipherPinBlock(key, clearPinBlock(kind, digits, account, fill));
        const read = readPinBlock(kind, decipherPinBlock(key, block), account);
        expect(read.ok && read.pin).toBe(digits);
      },
    ),
  );
});

test('a PIN that was put into a block is read from it, format 4', () => {
  fc.assert(
    fc.property(pin, pan, random, bytesOf(16, 24, 32), (digits, number, fill, key) => {
      const block = encryptPinBlock4(key, digits, number, fill);
      expect(decryptPinBlock4(key, block, number)).toEqual({ ok: true, pin: digits, fill });
    }),
  );
});

test('any bytes are read or refused as a PIN block', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2, 3), fc.uint8Array({ maxLength: 16 }), (format, block) => {
      const read = readPinBlock(format as 0 | 1 | 2 | 3, block, '012345678901');
      if (read.ok) expect(read.pin).toMatch(/^\d{4,12}$/);
      else expect(['length', 'format', 'pin_length', 'digits', 'fill']).toContain(read.fault);
    }),
  );
});

test.each([
  ['0', { block: '041274EDCBA9876F', pan: '4012345678909' }, '1234'],
  ['0', { block: '141274EDCBA9876F', pan: '4012345678909' }, 'format'],
  ['0', { block: '0F1274EDCBA9876F', pan: '4012345678909' }, 'length is not'],
  ['0', { block: '051274EDCBA9876F', pan: '4012345678909' }, 'no digits'],
  ['0', { block: '041274EDCBA9876E', pan: '4012345678909' }, 'fill'],
])('reading format %s of %o says %s', (format, values, said) => {
  const run = () => laboratory['pin-block'].explain({ action: 'read', format, ...values }).result;
  if (/^\d+$/.test(said)) expect(run()).toBe(said);
  else expect(run).toThrow(said);
});
