import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytes, concat, equal, hex, uint } from '../../kernel/bytes.ts';
import { cardMac, sessionKey, transactionCode } from '../keys/index.ts';
import { macInput } from './account.rules.ts';
import { type Eeprom, ImageSlots, imageInForce, isEeprom } from './eeprom.ts';
import {
  keyOn,
  lineAuthentication,
  lineCommand,
  say,
  sessionAuthentication,
  sessionCommand,
  status,
} from './host.fixture.ts';
import { blankChip, Chip, FileEeprom, type ProfileName } from './index.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';

/** An EEPROM whose power goes at one of its writes: in the middle of the page, or just behind it. */
class CutEeprom implements Eeprom {
  bytes: Uint8Array;
  writes = 0;
  cut: { readonly at: number; readonly where: 'before' | 'within' | 'behind' } | null = null;

  constructor(image: Uint8Array) {
    this.bytes = image.slice();
  }

  read(): Uint8Array {
    return this.bytes.slice();
  }

  write(at: number, page: Uint8Array): void {
    const cut = this.cut?.at === this.writes ? this.cut.where : null;
    this.writes++;
    const kept = cut === 'before' ? 0 : cut === 'within' ? page.length >> 1 : page.length;
    const grown = new Uint8Array(Math.max(this.bytes.length, at + page.length));
    grown.set(this.bytes);
    grown.set(page.subarray(0, kept), at);
    this.bytes = grown;
    if (cut) throw new Error('power cut');
  }
}

const fixed = (length: number) => new Uint8Array(length).fill(0x42);
const transport = bytes('FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF');
const time = bytes('20260305090807');
const terminal = bytes('990100000007');
const amounts = bytes('00000064 000000C8 0000012C');
const medical = 0xdf04;
type Prepared = readonly string[];

const key = (chip: Chip, directory: number, use: Parameters<typeof keyOn>[2], id = 0) =>
  keyOn(chip.memory, directory, use, id);
const family = 'sm4';
const select = { medical: '00A4000002DF04', purse: '00A40000023F01', master: '00A4000000' } as const;
const show = (chip: Chip, directory: number, id: number) =>
  sessionAuthentication(chip, family, key(chip, directory, 'external', id), hex(uint(id, 1)));
const maintained = (chip: Chip, header: string, data: string, cipher = false) =>
  sessionCommand(chip, family, key(chip, 0x3f00, 'maintenance', 2), header, data, cipher);
const line = (chip: Chip, header: string, data: string, cipher = false) =>
  lineCommand(chip, family, key(chip, 0x3f01, 'maintenance'), header, data, cipher);
const purseShown = (chip: Chip) => lineAuthentication(chip, family, key(chip, 0x3f01, 'external'), '00');

const loadMac = (chip: Chip, sequence: number) =>
  cardMac(
    family,
    sessionKey(family, key(chip, medical, 'load', 1), concat(fixed(4), uint(sequence, 2), bytes('8000'))),
    macInput.loadByCentre({ amount: 5000, terminal, time }),
  );
const purchaseMac = (chip: Chip) =>
  cardMac(
    family,
    sessionKey(family, key(chip, medical, 'purchase', 1), concat(fixed(4), uint(0, 2), bytes('0009'))),
    macInput.purchaseBySam({ amounts, terminal, time }),
  );
const initLoad = `B02800010B 01 00001388 ${hex(terminal)}`;
const initPurchase = `B028010113 01 ${hex(amounts)} ${hex(terminal)}`;
const credit = (chip: Chip, sequence = 0) => `B02A00000B ${hex(time)}${hex(loadMac(chip, sequence))}`;
const loaded = (chip: Chip): Prepared => [select.medical, `0020000003${samplePin}`, initLoad, credit(chip)];

/** What leads up to a command, and the command: both may ask the card for a challenge as they go. */
type Row = readonly [
  name: string,
  profile: ProfileName,
  lead: readonly ((chip: Chip) => string)[],
  last: (chip: Chip) => string,
];
const say1 = (text: string) => () => text;
const rows: readonly Row[] = [
  ['VERIFY, wrong', 'social-security', [], say1('0020000003000000')],
  ['VERIFY, right after a wrong one', 'social-security', [say1('0020000003000000')], say1(`0020000003${samplePin}`)],
  ['CHANGE PIN', 'social-security', [], say1(`805E010007${samplePin}FF246802`)],
  ['EXTERNAL AUTHENTICATE, wrong', 'social-security', [say1('0084000008')], say1(`0082000410${'00'.repeat(16)}`)],
  ['UPDATE RECORD', 'social-security', [(c) => show(c, 0x3f00, 4)], (c) => maintained(c, '04DC022C', '020131')],
  [
    'UPDATE BINARY',
    'social-security',
    [(c) => show(c, 0x3f00, 4)],
    (c) => maintained(c, '04D68800', 'FFD8'.repeat(60)),
  ],
  [
    'WRITE KEY',
    'social-security',
    [say1(select.medical), (c) => show(c, 0x3f00, 4)],
    (c) => maintained(c, '84D43E01', 'A5'.repeat(16), true),
  ],
  ['PIN UNBLOCK', 'social-security', [(c) => show(c, 0x3f00, 6)], (c) => maintained(c, '84240001', '112233', true)],
  ['APPLICATION BLOCK', 'social-security', [(c) => show(c, 0x3f00, 5)], (c) => maintained(c, '841E0000', '')],
  ['CARD BLOCK', 'social-security', [(c) => show(c, 0x3f00, 5)], (c) => maintained(c, '84160000', '')],
  [
    'CREATE FILE',
    'social-security',
    [(c) => show(c, 0x3f00, 4)],
    say1('00E000001C621A8201018302EF2080020010850101AB0A80010190008001069700'),
  ],
  [
    'CREDIT FOR LOAD',
    'social-security',
    [say1(select.medical), say1(`0020000003${samplePin}`), say1(initLoad)],
    (c) => credit(c),
  ],
  [
    'DEBIT FOR PURCHASE',
    'social-security',
    [0, 1, 2, 3].map((i) => (c: Chip) => loaded(c)[i] as string).concat(say1(initPurchase)),
    (c) => `B02C01000F 00000009 ${hex(time)}${hex(purchaseMac(c))}`,
  ],
  ['UPDATE BINARY with MAC', 'three-areas', [say1(select.purse)], (c) => line(c, '04D69500', 'ABCD')],
  ['APPEND RECORD', 'three-areas', [say1(select.purse), purseShown], say1('00E200C805AA03010203')],
  [
    'RELOAD PIN',
    'three-areas',
    [say1(select.purse)],
    (c) => `805E000007 246802${hex(transactionCode(family, key(c, 0x3f01, 'reload'), bytes('246802')))}`,
  ],
  [
    'PIN UNBLOCK with key',
    'three-areas',
    [say1(select.purse)],
    (c) => lineCommand(c, family, key(c, 0x3f01, 'unblock'), '802C0000', '8642', true),
  ],
];

describe.each(rows)('%s', (_, profile, lead, last) => {
  const start = Chip.eepromOf(sampleOf(profile).image());

  /** A card at the command, with the command ready: everything before it is done. */
  function prepared() {
    const eeprom = new CutEeprom(start);
    const chip = Chip.fromEeprom(eeprom, fixed);
    chip.powerOn();
    for (const make of lead) expect(status(chip, make(chip))).toMatch(/^(9000|61..|63C.)$/);
    return { eeprom, chip, command: bytes(last(chip)), before: chip.image() };
  }

  test('cut at every write leaves the card before or after', () => {
    const whole = prepared();
    const writes = whole.eeprom.writes;
    whole.chip.transmit(whole.command);
    const after = whole.chip.image();
    const count = whole.eeprom.writes - writes;
    expect(count).toBeGreaterThan(0);
    expect(equal(after, whole.before)).toBe(false);
    const seen = new Set<string>();
    for (let at = 0; at < count; at++)
      for (const where of ['before', 'within', 'behind'] as const) {
        const { eeprom, chip, command, before } = prepared();
        eeprom.cut = { at: eeprom.writes + at, where };
        expect(() => chip.transmit(command)).toThrow('power cut');
        const found = imageInForce(eeprom.bytes);
        const is = equal(found, before) ? 'before' : equal(found, after) ? 'after' : 'between';
        // Half of the last page may already be the whole of it, where the other half has not changed.
        const allowed =
          at < count - 1 || where === 'before' ? ['before'] : where === 'behind' ? ['after'] : ['before', 'after'];
        expect(allowed, `write ${at}, ${where}`).toContain(is);
        seen.add(is);
        // The same chip, put in again, and a new one from the same bytes hold the same.
        eeprom.cut = null;
        expect(hex(chip.transmit(bytes('0084000008')))).toBe('6F00');
        chip.powerOn();
        expect(equal(chip.image(), found)).toBe(true);
        expect(equal(Chip.fromEeprom(eeprom).image(), found)).toBe(true);
        expectProof(chip, is === 'after');
      }
    expect([...seen].sort()).toEqual(['after', 'before']);
  });

  /** GET TRANSACTION PROOF says of a load or purchase whether it was done. */
  function expectProof(chip: Chip, done: boolean): void {
    const type = { 'CREDIT FOR LOAD': '31', 'DEBIT FOR PURCHASE': '32' }[_];
    if (!type) return;
    status(chip, select.medical);
    expect(say(chip, `B02E00${type}020000`)).toBe(done ? '6108' : '9406');
  }
});

test('a card is made in an EEPROM, command by command, and goes on after a cut', () => {
  const blank = blankChip({ generation: 3, history: bytes('00900100018660990100000001'), capacity: 0x1000, transport });
  const eeprom = new CutEeprom(Chip.eepromOf(blank.image()));
  const chip = Chip.fromEeprom(eeprom);
  chip.powerOn();
  status(chip, lineAuthentication(chip, 'sm4', transport, '00'));
  expect(status(chip, '80E00011 07 28 0010 F0F0 FFFF')).toBe('9000');
  eeprom.cut = { at: eeprom.writes + 1, where: 'within' };
  expect(() => chip.transmit(bytes('80E0001207280010F0F0FFFF'))).toThrow('power cut');
  eeprom.cut = null;
  chip.powerOn();
  expect(chip.memory.directories[0]?.shape.files.map(({ fid }) => fid)).toEqual([0x11]);
  status(chip, lineAuthentication(chip, 'sm4', transport, '00'));
  expect(status(chip, '80E00012 07 28 0010 F0F0 FFFF')).toBe('9000');
  expect(chip.image()).toEqual(Chip.fromEeprom(eeprom).image());
});

test('a commit writes the pages that changed, not the image', () => {
  const chip = sampleOf('social-security', 3, { photo: new Uint8Array(4096).fill(9) });
  const eeprom = new CutEeprom(Chip.eepromOf(chip.image()));
  const kept = Chip.fromEeprom(eeprom);
  kept.powerOn();
  // The first two commits fill both slots.
  for (const _ of [1, 2]) status(kept, '0020000003000000');
  status(kept, `0020000003${samplePin}`);
  const writes = eeprom.writes;
  status(kept, '0020000003000000');
  expect(eeprom.writes - writes).toBeLessThan(6);
});

describe('an EEPROM file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-eeprom-'));
  const path = join(folder, 'card');

  test('keeps a card, and grows with it', () => {
    writeFileSync(path, Chip.eepromOf(sampleOf('small-account').image()));
    const chip = Chip.fromEeprom(new FileEeprom(path));
    chip.powerOn();
    for (const digits of ['000000', '000001']) status(chip, `0020000003${digits}`);
    const again = Chip.fromEeprom(new FileEeprom(path));
    again.powerOn();
    expect(status(again, '0020000000')).toBe('63C1');
    expect(isEeprom(new FileEeprom(path).read())).toBe(true);
  });

  test('without a whole slot is refused', () => {
    truncateSync(path, 100);
    expect(() => new ImageSlots(new FileEeprom(path))).toThrow('neither of its slots');
    truncateSync(path, 2);
    expect(() => new ImageSlots(new FileEeprom(path))).toThrow('no EEPROM');
    rmSync(folder, { recursive: true });
  });
});
