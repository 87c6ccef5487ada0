import { hex } from '../../../kernel/bytes.ts';
import { fuzzProgram } from '../fuzz-program.ts';
import { fuzzMachine, type Subject } from '../machine.fuzz.ts';
import { DebitChip } from './debit-chip.ts';
import { debitCommands } from './debit-commands.ts';
import { readImage } from './debit-image.ts';
import { unionPayDebit } from './debit-profile.ts';
import { sampleDebit } from './sample-debit.fixture.ts';

const online = sampleDebit({ profile: { ...unionPayDebit, issuerMandatory: true } }).image();
const offline = sampleDebit({ profile: { ...unionPayDebit, lowerOfflineLimit: 200, upperOfflineLimit: 200 } }).image();

const select = '00A4040008A000000333010101';
const options = '80A800000A83080156015626030500';
const money = '00000001234500000000000001560000000000015626030500A1B2C3D4090807';
const first = (kind: string) => `80AE${kind}0034${money}${'20'.repeat(20)}`;
const second = (kind: string, code = '3030') => `80AE${kind}0022${code}${money}`;

/** Cards that always ask their issuer and insist on it, and cards that may approve alone. */
export const debitSubject: Subject = {
  fresh: (dice) => {
    const chip = DebitChip.fromImage(dice(2) === 0 ? online : offline);
    chip.powerOn();
    return chip;
  },
  commands: debitCommands,
  wellFormed: [
    ['00A404000E315041592E5359532E4444463031', '00C0000020', '00B2010C00'],
    ['00A404000E325041592E5359532E4444463031'],
    [select, options, '00B2010C00', '00B2011400', '00B2021400', '00B2015C2A'],
    [select, options, first('80'), '008200000AAABBCCDDEEFF00113030', second('40')],
    [select, options, first('40'), '00B2015C2A', second('40')],
    [select, options, first('80'), second('40', '5933')],
    [select, options, first('00'), second('00')],
    [select, options, first('80'), '841E000004AABBCCDD', '8416000004AABBCCDD', '8424000004AABBCCDD'],
    [select, options, first('80'), `8424000214${'5A'.repeat(20)}`],
    [select, '002000800826999999FFFFFFFF', '80CA9F1704'],
    ['80CA9F3605', '80CA9F1305', '80CA9F4F1C'],
    ['0084000008'],
  ],
  secrets: [online, offline].flatMap((image) => Object.values(readImage(image).keys)),
  // Transactions are counted and logged, wrong PINs and scripts remembered: the rest must stand.
  essence: (image) => {
    const { life, profile, records, keys, pin, lastOnlineCounter } = readImage(image);
    const bytesOf = (value: unknown) => (value instanceof Uint8Array ? hex(value) : value);
    return JSON.stringify([
      life,
      Object.values(profile).map(bytesOf),
      [...records].map(([key, record]) => [key, hex(record)]),
      Object.values(keys).map(bytesOf),
      pin.digits,
      pin.limit,
      profile.issuerMandatory ? lastOnlineCounter : null,
    ]);
  },
};

if (import.meta.main) fuzzProgram((of) => fuzzMachine(debitSubject, of));
