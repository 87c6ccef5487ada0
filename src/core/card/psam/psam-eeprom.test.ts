import { expect, test } from 'vitest';
import { cutEverywhere } from '../cut.fixture.ts';
import { say } from '../independent.fixture.ts';
import { Psam } from './psam.ts';
import {
  applicationKey,
  createKeyCommand,
  directoryRecord,
  issuedPsam,
  makerKey,
  masterKey,
  protectedCommand,
  psamInIssue,
} from './psam-station.fixture.ts';

const K = '11223344556677888877665544332211';
const purchase = `0201000000000000${K}`;
const begin = '807000001411223344000000001000062012022913510001 00';
const nothing = new Uint8Array();
const atWork = () => issuedPsam([['11', purchase]]);
const select = () => '00A4000002DF01';

type Row = readonly [
  name: string,
  start: () => Psam,
  lead: readonly ((psam: Psam) => string)[],
  last: (psam: Psam) => string,
];
const rows: readonly Row[] = [
  ['CREDIT_SAM with a wrong MAC2', atWork, [select, () => begin, () => '00C0000008'], () => '807200000400000000'],
  [
    'EXTERNAL AUTHENTICATE, wrong',
    () =>
      issuedPsam([
        ['11', purchase],
        ['11', `0E05000000000000${K}`],
      ]),
    [select, () => '0084000008'],
    () => `0082000508${'00'.repeat(8)}`,
  ],
  ['ERASE', psamInIssue, [], (it) => protectedCommand(it, '848A0100', nothing, makerKey)],
  [
    'CREATE FILE of a directory',
    psamInIssue,
    [(it) => protectedCommand(it, '848A0100', nothing, makerKey), () => `808A00002A${directoryRecord('3F00', '7378')}`],
    () => `808000002A${directoryRecord('DF03', 'D15600000592')}`,
  ],
  [
    'CREATE MASTER FILE',
    psamInIssue,
    [(it) => protectedCommand(it, '848A0100', nothing, makerKey)],
    () => `808A00002A${directoryRecord('3F00', '7378')}`,
  ],
  ['CREATE KEY', psamInIssue, [select], (it) => createKeyCommand(it, '11', purchase, applicationKey)],
  ['CREATE KEY with a wrong MAC', psamInIssue, [select], (it) => createKeyCommand(it, '11', purchase, masterKey)],
  ['END OF ISSUE', psamInIssue, [], (it) => protectedCommand(it, '841C0000', nothing, masterKey)],
];

test.each(rows)('%s: cut at every write, the PSAM is before or after', (_, start, lead, last) => {
  cutEverywhere({ start: Psam.eepromOf(start().image()), open: (eeprom) => Psam.fromEeprom(eeprom), lead, last });
});

test('INIT_SAM: cut at every write, the count says whether the purchase was begun', () => {
  cutEverywhere({
    start: Psam.eepromOf(atWork().image()),
    open: (eeprom) => Psam.fromEeprom(eeprom),
    lead: [select],
    last: () => begin,
    proves: (psam, begun) => {
      say(psam, select());
      expect(say(psam, '00B0990004')).toBe(`0000000${begun ? 1 : 0}9000`);
    },
  });
});
