import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytes, concat, hex, uint } from '../../kernel/bytes.ts';
import { cardMac, sessionKey, transactionCode } from '../keys/index.ts';
import { macInput } from './account.rules.ts';
import { CutEeprom, cutEverywhere } from './cut.fixture.ts';
import { ImageSlots, isEeprom } from './eeprom.ts';
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
import type { PurseName } from './purse/port.ts';
import {
  offlineSessionInput,
  onlineSessionInput,
  type PurseTransaction,
  purseMacInput,
  purseNumber,
  transactionRules,
  valueBytes,
} from './purse/purse.rules.ts';
import { clearSecurity } from './purse/purse-host.ts';
import { newPurse, purseChip } from './purse-card.fixture.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';

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
  [
    'PIN UNBLOCK, the old PIN',
    'social-security',
    [say1('0020000003000000'), (c) => show(c, 0x3f00, 6)],
    (c) => maintained(c, '84240000', ''),
  ],
  ['PIN UNBLOCK', 'social-security', [(c) => show(c, 0x3f00, 6)], (c) => maintained(c, '84240001', '112233', true)],
  ['APPLICATION BLOCK', 'social-security', [(c) => show(c, 0x3f00, 5)], (c) => maintained(c, '841E0000', '')],
  ['CARD BLOCK', 'social-security', [(c) => show(c, 0x3f00, 5)], (c) => maintained(c, '84160000', '')],
  [
    'APPLICATION UNBLOCK',
    'social-security',
    [say1(select.medical), (c) => show(c, 0x3f00, 5), (c) => maintained(c, '841E0000', ''), (c) => show(c, 0x3f00, 5)],
    (c) => maintained(c, '84180000', ''),
  ],
  [
    'UPDATE STARTING DAY',
    'social-security',
    [say1(select.medical), (c) => show(c, medical, 0x87)],
    say1('B0560000020701'),
  ],
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
  [
    'UPDATE BINARY with a wrong MAC',
    'three-areas',
    [say1(select.purse), say1('0084000004')],
    say1('04D6950006ABCD00000000'),
  ],
  [
    'WRITE KEY, FMCOS',
    'three-areas',
    [say1(select.purse), purseShown],
    (c) => line(c, '84D43E01', `02${'A5'.repeat(16)}`, true),
  ],
  [
    'CREATE FILE, FMCOS',
    'three-areas',
    [(c) => lineAuthentication(c, family, key(c, 0x3f00, 'external'), '00')],
    say1('80E000110728 0010F0F0FFFF'),
  ],
  ['APPLICATION BLOCK, PBOC', 'three-areas', [say1(select.purse)], (c) => line(c, '841E0000', '')],
  ['VERIFY in the purse, wrong', 'three-areas', [say1(select.purse)], say1('0020000003000000')],
  ['CHANGE PIN of the purse', 'three-areas', [say1(select.purse)], say1(`805E010007${samplePin}FF246802`)],
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

/** GET TRANSACTION PROOF says of a load or purchase of the medical account whether it was done. */
const accountTypes: Readonly<Record<string, string>> = { 'CREDIT FOR LOAD': '31', 'DEBIT FOR PURCHASE': '32' };

test.each(rows)('%s: cut at every write, the card is before or after', (name, profile, lead, last) => {
  const type = accountTypes[name];
  cutEverywhere({
    start: Chip.eepromOf(sampleOf(profile).image()),
    open: (eeprom) => Chip.fromEeprom(eeprom, fixed),
    lead,
    last,
    proves:
      type === undefined
        ? undefined
        : (chip, done) => {
            status(chip, select.medical);
            expect(say(chip, `B02E00${type}020000`)).toBe(done ? '6108' : '9406');
          },
  });
});

/** Second steps of a purse: what INITIALIZE was told, and what host or PSAM answer under the random of `fixed`. */
const richPurses = () =>
  purseChip({
    family,
    purses: { ED: newPurse(5_000, { overdraft: 300 }), EP: newPurse(5_000) },
    composite: [bytes('AA0400000000')],
  });
const clear = (chip: Chip) => clearSecurity(family, (use, index) => key(chip, 0x3f01, use, index));
const sum = 250;
type OnlineRow = readonly ['load' | 'unload' | 'overdraft', PurseName, type: number, header: string];
const onlineRows: readonly OnlineRow[] = [
  ['load', 'ED', 1, '80520000'],
  ['load', 'EP', 2, '80520000'],
  ['unload', 'ED', 3, '80540300'],
  ['overdraft', 'ED', 7, '80580000'],
];
const offlineRows = [
  ['purchase', 'ED', 5],
  ['purchase', 'EP', 6],
  ['withdrawal', 'ED', 4],
  ['composite', 'EP', 9],
] as const;
const begin = (transaction: PurseTransaction, purse: PurseName) => {
  const data = concat(bytes('01'), transaction === 'overdraft' ? bytes('') : uint(sum, 4), terminal);
  const { p1 } = transactionRules[transaction];
  return hex(concat(bytes('8050'), uint(p1, 1), uint(purseNumber(purse), 1), uint(data.length, 1), data));
};
const purseLead = (transaction: PurseTransaction, purse: PurseName) =>
  [select.purse, `0020000003${samplePin}`, begin(transaction, purse)].map(say1);
/** After a cut the card proves by GET TRANSACTION PROVE whether it was done, and its balance says the same. */
const purseProves = (purse: PurseName, type: number, moved: number) => (chip: Chip, done: boolean) => {
  status(chip, select.purse);
  expect(say(chip, `805A00${hex(uint(type, 1))}020001`)).toBe(done ? '6108' : '9406');
  status(chip, `0020000003${samplePin}`);
  expect(say(chip, `805C00${hex(uint(purseNumber(purse), 1))}04`)).toBe(
    `${hex(uint(5_000 + (done ? moved : 0), 4))}9000`,
  );
};

test.each(onlineRows)('%s of %s: cut at every write, the card proves which', (transaction, purse, type, header) => {
  const value = valueBytes(transaction, sum);
  const moved = { load: sum, unload: -sum, overdraft: sum - 300 }[transaction];
  cutEverywhere({
    start: Chip.eepromOf(richPurses().image()),
    open: (eeprom) => Chip.fromEeprom(eeprom, fixed),
    lead: purseLead(transaction, purse),
    last: (chip) => {
      const input = purseMacInput.onlineByHost({ value, type, terminal, time });
      const use = { use: transactionRules[transaction].key, index: 1 };
      const mac = clear(chip).sessionMac(use, onlineSessionInput(fixed(4), 0), input);
      const data = concat(transaction === 'overdraft' ? value : bytes(''), time, mac);
      return hex(concat(bytes(header), uint(data.length, 1), data));
    },
    proves: purseProves(purse, type, moved),
  });
});

test.each(offlineRows)('%s of %s: cut at every write, the card proves which', (transaction, purse, type) => {
  const cache = transaction === 'composite' ? [say1('80DCAAC806AA0401020304')] : [];
  const proves = purseProves(purse, type, -sum);
  cutEverywhere({
    start: Chip.eepromOf(richPurses().image()),
    open: (eeprom) => Chip.fromEeprom(eeprom, fixed),
    lead: [...purseLead(transaction, purse), ...cache],
    last: (chip) => {
      const input = purseMacInput.offlineBySam({ value: valueBytes(transaction, sum), type, terminal, time });
      const session = offlineSessionInput(fixed(4), 0, uint(9, 4));
      const mac = clear(chip).sessionMac({ use: 'purchase', index: 1 }, session, input);
      return hex(concat(bytes('805401000F'), uint(9, 4), time, mac));
    },
    proves: (chip, done) => {
      proves(chip, done);
      // The composite record changes with the money or not at all.
      const changed = done && transaction === 'composite';
      expect(say(chip, '00B201CC06')).toBe(changed ? 'AA04010203049000' : 'AA04000000009000');
    },
  });
});

/** A card in the hand of its issuer: an MF with keys, a purse directory, a file of each kind. */
const blankRows: readonly (readonly [string, lead: readonly string[], last: string | ((chip: Chip) => string)])[] = [
  ['CREATE FILE of the MF’s key file', [], '80E00000073F010001F0FFFF'],
  ['CREATE FILE of a directory', [], '80E03F01113803 00F0F095FFFFA00000000386980701'],
  ['CREATE FILE of records', [], '80E00011072A0302F0F0FFFF'],
  ['CREATE FILE of a purse', ['80E03F0111380300F0F095FFFFA00000000386980701'], '80E00002072F0208F000FF18'],
  ['WRITE KEY', ['80E00000073F010001F0FFFF'], '80D401011536F0F0FF33A0A1A2A3A4A5A6A7A8A9AAABACADAEAF'],
  ['WRITE KEY of a PIN', ['80E00000073F010001F0FFFF'], '80D401000A3AF0EF01331357908642'],
  ['APPEND RECORD', ['80E00011072A0302F0F0FFFF'], '00E20088020102'],
  ['UPDATE BINARY', ['80E000150728001EF0F0FFFF'], '00D695000400112233'],
  ['ERASE DF', ['80E00011072A0302F0F0FFFF'], '800E000000'],
  ['END OF ISSUE', [], (chip) => lineCommand(chip, family, transport, '841C0000', '')],
  ['EXTERNAL AUTHENTICATE of a blank card, wrong', ['0084000008'], `0082000010${'00'.repeat(16)}`],
];

test.each(blankRows)('%s: cut at every write, a card in the making is before or after', (_, lead, last) => {
  const history = bytes('00900100018660990100000001');
  const blank = blankChip({ generation: 3, history, capacity: 0x1000, transport });
  cutEverywhere({
    start: Chip.eepromOf(blank.image()),
    open: (eeprom) => Chip.fromEeprom(eeprom),
    lead: [(chip) => lineAuthentication(chip, family, transport, '00'), ...lead.map(say1)],
    last: typeof last === 'string' ? say1(last) : last,
  });
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
