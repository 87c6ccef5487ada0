import { expect, test } from 'vitest';
import dukpt from '../../../test/vectors/dukpt.json' with { type: 'json' };
import emv from '../../../test/vectors/emv.json' with { type: 'json' };
import macs from '../../../test/vectors/macs.json' with { type: 'json' };
import pins from '../../../test/vectors/pin-blocks.json' with { type: 'json' };
import { bytes, hex } from '../../kernel/bytes.ts';
import { type Cipher, encrypt, encryptCbc, padWithZeros } from './cipher.ts';
import { cmac } from './cmac.ts';
import { combineComponents } from './components.ts';
import type { CipherFamily } from './contract.ts';
import { dukptInitialKey, dukptKey, dukptUseKey } from './dukpt.ts';
import {
  type AesDukptKey,
  type AesDukptUse,
  aesDukptDerivationKey,
  aesDukptInitialKey,
  aesDukptWorkingKey,
} from './dukpt-aes.ts';
import {
  type EmvScheme,
  emvCryptogram,
  emvMasterKey,
  emvResponseCryptogram,
  emvSessionKey,
  visaMessagingKey,
} from './emv.ts';
import { cbcMac, checkBytes, retailMac, unionpayMac, zeroBlock } from './mac.ts';
import type { Padding } from './padding.ts';
import { oddParity } from './parity.ts';
import {
  accountDigits,
  clearPinBlock,
  decryptPinBlock4,
  encipherPinBlock,
  encryptPinBlock4,
  panField,
  pinBlock,
  pinField,
  readPinBlock,
} from './pin-blocks.ts';
import { pkiPin, sm3 } from './pki-pin.ts';

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));
type Clear = 0 | 1 | 2 | 3;

test.each(pins.clear)('$id PIN block of format $format', ({ format, pin, pan = '0', fill = '', block }) => {
  const account = accountDigits(pan);
  expect(hex(clearPinBlock(format as Clear, pin, account, fill))).toBe(block);
  expect(readPinBlock(format as Clear, bytes(block), account)).toMatchObject({ ok: true, pin });
});

test.each(pins.enciphered)('$id enciphered PIN block', ({ key, pin, pan, block }) => {
  expect(hex(encipherPinBlock(bytes(key), pinBlock(pin, pan)))).toBe(block);
});

test.each(pins.format4)('$id PIN block of format 4', ({ key, pin, pan, fill, block, ...parts }) => {
  const [pinPart, panPart] = [pinField(4, pin, fill), panField(pan)];
  const inner = encrypt('aes', bytes(key), pinPart);
  expect({ pin_field: hex(pinPart), pan_field: hex(panPart), inner: hex(inner) }).toMatchObject({
    pin_field: parts.pin_field,
    pan_field: parts.pan_field,
    inner: parts.inner,
  });
  expect(hex(encryptPinBlock4(bytes(key), pin, pan, fill))).toBe(block);
  expect(decryptPinBlock4(bytes(key), bytes(block), pan)).toMatchObject({ ok: true, pin });
});

test.each(pins.format4_read)('$id PIN of a block of format 4', ({ key, pin, pan, block }) => {
  expect(decryptPinBlock4(bytes(key), bytes(block), pan)).toMatchObject({ ok: true, pin });
});

test.each(pins.pan_fields)('PAN field of $pan', ({ pan, field }) => {
  expect(hex(panField(pan))).toBe(field);
});

const { tdea, aes } = dukpt;
const initial = dukptInitialKey(bytes(tdea.base), bytes('FFFF9876543210E00000'));

test('V14 initial key of DUKPT, from any serial number of the device', () => {
  expect(hex(initial)).toBe(tdea.initial);
  expect(hex(dukptInitialKey(bytes(tdea.base), bytes('FFFF9876543210EFF800')))).toBe(tdea.initial);
});

test.each(tdea.keys)('V14 DUKPT key and PIN block of $serial', ({ serial, key, pin_block }) => {
  const future = dukptKey(initial, bytes(serial));
  expect(hex(future)).toBe(key);
  expect(hex(encrypt('des', dukptUseKey(future, 'pin'), bytes(tdea.clear_pin_block)))).toBe(pin_block);
});

test.each(tdea.messages.cases)('V14 DUKPT messages of $serial', ({ serial, ...expected }) => {
  const key = dukptKey(initial, bytes(serial));
  const message = text(tdea.messages.text);
  const data = (use: 'data-request' | 'data-response') =>
    hex(encryptCbc('des', dukptUseKey(key, use), padWithZeros(message, 8)));
  const mac = (use: 'mac-request' | 'mac-response') => hex(retailMac(dukptUseKey(key, use), message, 'zeros'));
  expect({
    data_request: data('data-request'),
    data_response: data('data-response'),
    mac_request: mac('mac-request'),
    mac_response: mac('mac-response'),
  }).toEqual(expected);
});

const base = (name: string): Uint8Array => bytes(aes.bases[name as keyof typeof aes.bases]);
const initialAes = (name: string): Uint8Array => aesDukptInitialKey(base(name), bytes(aes.device));

test.each(aes.initial)('V14 initial key of AES DUKPT, $base bits', ({ base: name, key }) => {
  expect(hex(initialAes(name))).toBe(key);
});

test.each(aes.derivation)('V14 derivation key of AES DUKPT, $base bits, $serial', ({ base: name, serial, key }) => {
  expect(hex(aesDukptDerivationKey(initialAes(name), bytes(serial)))).toBe(key);
});

test.each(aes.working)('V14 working key of AES DUKPT, $base bits, $serial, $kind $use', (vector) => {
  const derivation = aesDukptDerivationKey(initialAes(vector.base), bytes(vector.serial));
  const { serial, use, kind } = vector;
  expect(hex(aesDukptWorkingKey(derivation, bytes(serial), use as AesDukptUse, kind as AesDukptKey))).toBe(vector.key);
});

type Option = 'A' | 'B';

test.each(emv.master_keys)('$id EMV master key, option $option', ({ key, pan, sequence, option, master }) => {
  expect(hex(emvMasterKey({ key: bytes(key), pan, sequence, option: option as Option }))).toBe(master);
});

test.each(emv.session_keys)('$id EMV session key, $scheme', ({ scheme, key, atc, session }) => {
  expect(hex(emvSessionKey({ scheme: scheme as EmvScheme, key: bytes(key), atc: bytes(atc) }))).toBe(session);
});

test.each(emv.session_keys_with_parity)('$id session key with parity, $scheme', ({ scheme, key, atc, session }) => {
  const given = { key: bytes(key), atc: bytes(atc) };
  const made = scheme === 'visa' ? visaMessagingKey(given) : emvSessionKey({ scheme: 'common', ...given });
  expect(hex(oddParity(made))).toBe(session);
});

type Transaction = (typeof emv.transactions)[number];

const cardKey = ({ key, pan, sequence, option }: Pick<Transaction, 'key' | 'pan' | 'sequence' | 'option'>) =>
  emvMasterKey({ key: bytes(key), pan, sequence, option: option as Option });

const sessionOf = (card: Uint8Array, vector: { scheme: string; atc: string; unpredictable?: string }) =>
  vector.scheme === 'visa'
    ? visaMessagingKey({ key: card, atc: bytes(vector.atc) })
    : emvSessionKey({
        scheme: vector.scheme as EmvScheme,
        key: card,
        atc: bytes(vector.atc),
        ...(vector.unpredictable ? { unpredictable: bytes(vector.unpredictable) } : {}),
      });

test.each(emv.transactions)('$id cryptogram $arqc and its response ($scheme, padding $padding)', (vector) => {
  const card = cardKey(vector);
  const session = sessionOf(card, vector);
  expect(hex(emvCryptogram(session, bytes(vector.data), vector.padding as 'zeros' | '80'))).toBe(vector.arqc);
  for (const { method, code, arpc, ...more } of vector.responses) {
    const key = vector.response_key === 'card' ? card : session;
    const proprietary = 'proprietary' in more && more.proprietary ? bytes(more.proprietary) : new Uint8Array(0);
    const answer = { method: method as 1 | 2, key, arqc: bytes(vector.arqc), code: bytes(code), proprietary };
    expect(hex(emvResponseCryptogram(answer))).toBe(arpc);
  }
});

test.each(emv.scripts)('$id script MAC ($scheme)', (vector) => {
  expect(hex(emvCryptogram(sessionOf(cardKey(vector), vector), bytes(vector.data), '80'))).toBe(vector.mac);
});

test('PBOC2 cryptogram under a session key', () => {
  const { session, data, arqc } = emv.pboc_cryptogram;
  expect(hex(emvCryptogram(bytes(session), bytes(data), '80'))).toBe(arqc);
});

test.each(macs.cmac)('CMAC of $cipher over $data ($origin)', ({ cipher, key, data, mac }) => {
  expect(hex(cmac(cipher as Cipher, bytes(key), bytes(data)))).toBe(mac);
});

test.each(macs.cbc)('CBC MAC with padding $padding ($origin)', ({ cipher, key, text: message, padding, mac }) => {
  expect(hex(cbcMac(cipher as Cipher, bytes(key), text(message), padding as Padding))).toBe(mac);
});

test.each(macs.cbc_sm4)('CBC MAC of SM4 with an IV', ({ key, iv, data, mac }) => {
  expect(hex(cbcMac('sm4', bytes(key), bytes(data), 'none', undefined, bytes(iv)))).toBe(mac);
});

test.each(macs.unionpay)('UnionPay MAC with every step ($origin)', ({ family, key, message, field, ...expected }) => {
  const said: Record<string, string> = {};
  const mac = unionpayMac(bytes(key), bytes(message), family as CipherFamily, (step, _, output) => {
    said[step] = hex(output as Uint8Array);
  });
  expect(Buffer.from(mac).toString()).toBe(field);
  expect({
    folded: said['unionpay.fold'],
    first: said['unionpay.first'],
    xor: said['unionpay.xor'],
    second: said['unionpay.second'],
  }).toEqual({ folded: expected.folded, first: expected.first, xor: expected.xor, second: expected.second });
});

test.each(macs.check_values)('check value $value ($cipher $method)', ({ cipher, method, key, value }) => {
  const block =
    method === 'zeros'
      ? zeroBlock(cipher as Cipher, bytes(key))
      : cmac(cipher as Cipher, bytes(key), new Uint8Array(method === 'cmac' ? 16 : 0));
  expect(hex(block).slice(0, value.length)).toBe(value);
});

test('key components of a ceremony', () => {
  const key = combineComponents('des', macs.components.parts.map(bytes));
  expect(hex(checkBytes('des', key).slice(0, 3))).toBe(macs.components.check_value);
});

test.each(macs.ciphers)('$cipher in $mode ($origin)', ({ cipher, mode, key, data, result }) => {
  const work = mode === 'cbc' ? encryptCbc : encrypt;
  expect(hex(work(cipher as Cipher, bytes(key), bytes(data)))).toBe(result);
});

test.each(macs.sm3)('SM3 ($origin)', ({ data, digest }) => {
  expect(hex(sm3(bytes(data)))).toBe(digest);
});

test('V16 PIN of the PKI application', () => {
  const { pin, digest, challenge, answer } = macs.pki_pin;
  expect(hex(sm3(bytes(pin)))).toBe(digest);
  expect(hex(pkiPin(bytes(pin), bytes(challenge)))).toBe(answer);
});
