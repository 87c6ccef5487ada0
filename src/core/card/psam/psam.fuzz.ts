import { hex } from '../../../kernel/bytes.ts';
import { fuzzProgram } from '../fuzz-program.ts';
import { fuzzMachine, type Subject } from '../machine.fuzz.ts';
import { samplePsam } from '../sample-card.fixture.ts';
import { Psam } from './psam.ts';
import { psamCommands } from './psam-commands.ts';
import { readImage } from './psam-image.ts';
import { terminalSequenceFile } from './psam-layout.ts';
import { blankPsam, directoryRecord, psamInIssue } from './psam-station.fixture.ts';

const issued = samplePsam().image();
const blank = blankPsam().image();
const inIssue = psamInIssue().image();

/** PSAMs of all three lives: at work, blank, and half issued with the issuer gone. */
export const psamSubject: Subject = {
  fresh: (dice) => {
    const psam = Psam.fromImage([issued, blank, inIssue, issued][dice(4)] as Uint8Array);
    psam.powerOn();
    psam.transmit(Uint8Array.from([0, 0xa4, 0, 0, 2, 0xdf, 1 + dice(2)]));
    return psam;
  },
  commands: psamCommands,
  wellFormed: [
    ['00A40000023F00', '00B0960006', '00B095000F', '00B0810010'],
    ['00A4040006D15600000590', '00B0990004', '00B09C000A', '00B0910018'],
    ['00A4040009A00000000386980790'],
    ['00A404000F7378322E73682EC9E7BBE1B1A3D5CF'],
    ['00A4000002DF01', `BFDE270810${'00'.repeat(16)}`, '80FA0000080102030405060708'],
    ['00A4000002DF01', `BFDE280910${'00'.repeat(16)}`, `80FA070010${'00'.repeat(16)}`, `80FA010008${'00'.repeat(8)}`],
    [`BFDE280918${'00'.repeat(24)}`, `80FA050020${'00'.repeat(32)}`],
    [`801A284908${'00'.repeat(8)}`, `80FA050010${'00'.repeat(16)}`],
    [`801A270808${'00'.repeat(8)}`, `80FA000008${'00'.repeat(8)}`],
    [
      '00A4000002DF01',
      `8070010024A1B2C3D40001${'00'.repeat(12)}32202603050908070100${'00'.repeat(8)}`,
      '00C0000008',
      '8072000004AABBCCDD',
    ],
    [
      '00A4000002DF02',
      `807000001CA1B2C3D400010000006406202603050908070103${'00'.repeat(8)}`,
      '00C0000008',
      '8072000004AABBCCDD',
    ],
    ['0084000008', '848A010004AABBCCDD'],
    ['0084000004', `84D4001124${'5A'.repeat(36)}`],
    ['0084000008', `84D401111C${'5A'.repeat(28)}`],
    ['0084000008', '841C000004AABBCCDD'],
    ['00A40000023F00', '0084000008', `0082000008${'5A'.repeat(8)}`],
    [`808A00002A${directoryRecord('3F00', '7378')}`],
    [`808000002A${directoryRecord('DF03', 'D15600000592')}`, '80800000080014280000040000'],
    ['00D6960006FFFFFFFFFFFF', '04D6990008FFFFFFFF00000000'],
    ['BFEC00000199'],
  ],
  secrets: [issued, blank, inIssue].flatMap((image) => {
    const { directories, transport } = readImage(image);
    return [...directories.flatMap(({ keys }) => keys), ...(transport ? [transport] : [])].map((key) => key.value);
  }),
  // Purchases begun are counted and wrong proofs counted down, without any key: all else must stand.
  essence: (image) => {
    const { life, transport, directories } = readImage(image);
    const key = ({ tries: _, value, ...about }: { tries: number; value: Uint8Array }) => [about, hex(value)];
    const told = directories.map(({ files, keys, name, ...about }) => [
      about,
      hex(name),
      files.map(({ content, ...file }) => [file, file.fid === terminalSequenceFile ? '' : hex(content)]),
      keys.map(key),
    ]);
    return JSON.stringify([life, transport && key(transport), told]);
  },
};

if (import.meta.main) fuzzProgram((of) => fuzzMachine(psamSubject, of));
