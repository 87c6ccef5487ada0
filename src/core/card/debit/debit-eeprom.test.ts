import { expect, test } from 'vitest';
import { bytes, concat, hex, uint } from '../../../kernel/bytes.ts';
import { cutEverywhere } from '../cut.fixture.ts';
import { des3, desMac, pad80, say } from '../independent.fixture.ts';
import { findTag, parseTlv } from '../tlv.ts';
import { DebitChip } from './debit-chip.ts';
import { readImage } from './debit-image.ts';
import { unionPayDebit } from './debit-profile.ts';
import { sampleDebit } from './sample-debit.fixture.ts';

const selected = () => '00A4040008A000000333010101';
const options = () => '80A800000A83080156015626030500';
const money = '00000001234500000000000001560000000000015626030500A1B2C3D4';
const first = (kind: string) => () => `80AE${kind}0034${money}090807${'20'.repeat(20)}`;
const declined = () => `80AE0000223030${money}090807`;
const approving = { ...unionPayDebit, lowerOfflineLimit: 9, upperOfflineLimit: 9 };

/** A script under the chip's own key, bound to the first cryptogram of its transaction, which the chip is asked for. */
function script(header: string, data = ''): (chip: DebitChip) => string {
  return (chip) => {
    say(chip, selected());
    say(chip, options());
    const answer = parseTlv(bytes(say(chip, first('00')()).slice(0, -4)));
    if (!answer.ok) throw new Error('not TLV');
    const [counter, cryptogram] = [0x9f36, 0x9f26].map((tag) => findTag(answer.value, tag)?.value as Uint8Array);
    const zeros = new Uint8Array(6);
    const turned = (counter as Uint8Array).map((byte) => byte ^ 0xff);
    const session = des3(readImage(chip.image()).keys.mac)(concat(zeros, counter as Uint8Array, zeros, turned));
    const body = bytes(data);
    const head = concat(bytes(header), uint(body.length + 4, 1));
    const input = concat(head, counter as Uint8Array, cryptogram as Uint8Array, body);
    return hex(concat(head, body, desMac(session, pad80(input, 8)).slice(0, 4)));
  };
}

type Row = readonly [string, readonly ((chip: DebitChip) => string)[], (chip: DebitChip) => string];
const rows: readonly Row[] = [
  ['GET PROCESSING OPTIONS', [selected], options],
  ['GENERATE AC, an approval and its line in the log', [selected, options], first('40')],
  ['GENERATE AC that asks the issuer', [selected, options], first('80')],
  ['GENERATE AC that declines', [selected, options, first('80')], declined],
  ['VERIFY, wrong', [selected], () => '0020008008269999 99FFFFFFFF'],
  ['APPLICATION BLOCK', [], script('841E0000')],
  ['CARD BLOCK', [], script('84160000')],
  ['a script with a wrong MAC', [selected, options, first('00')], () => '841E000004AABBCCDD'],
];

test.each(rows)('%s: cut at every write, the debit chip is before or after', (_, lead, last) => {
  cutEverywhere({
    start: DebitChip.eepromOf(sampleDebit({ profile: approving }).image()),
    open: (eeprom) => DebitChip.fromEeprom(eeprom),
    lead,
    last,
  });
});

test('the transaction counter of a torn chip says whether it had counted', () => {
  cutEverywhere({
    start: DebitChip.eepromOf(sampleDebit().image()),
    open: (eeprom) => DebitChip.fromEeprom(eeprom),
    lead: [selected],
    last: options,
    proves: (chip, counted) => {
      say(chip, selected());
      expect(say(chip, '80CA9F3605')).toBe(`9F3602000${counted ? 1 : 0}9000`);
    },
  });
});
