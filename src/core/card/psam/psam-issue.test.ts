import { beforeEach, describe, expect, test } from 'vitest';
import { bytes, hex } from '../../../kernel/bytes.ts';
import { day } from '../../../kernel/time.ts';
import { cityFactors } from '../../keys/index.ts';
import { des3, pad80, say, sm4Mac } from '../independent.fixture.ts';
import { type Port, SimulatedReader, sw } from '../index.ts';
import { sampleStore } from '../sample-card.fixture.ts';
import { connect } from '../steps/port.ts';
import { lineMac } from './line-protection.ts';
import { Psam } from './psam.ts';
import { readImage } from './psam-image.ts';
import { issuePsam, type PsamIssue } from './psam-issue.ts';
import {
  applicationKey,
  blankPsam,
  createKeyCommand,
  directoryRecord,
  issuedPsam,
  makerKey,
  masterKey,
  protectedCommand,
  psamInIssue,
} from './psam-station.fixture.ts';

const transport = bytes('0F1E2D3C4B5A69788796A5B4C3D2E1F0');
const order: PsamIssue = {
  terminalNumber: '990100000009',
  serial: '99010000000000000009',
  from: day('2025-01-01'),
  through: day('2034-12-31'),
  keys: (['des', 'sm4'] as const).map((family) => ({
    family,
    keys: sampleStore.psamKeys(cityFactors('990100', family), transport),
  })),
  transport,
  makerKey,
  masterKey,
  applicationKey,
};
const K = '11223344556677888877665544332211';
const header = (usage: string, id: string, algorithm = '00') => `${usage}${id}00${algorithm}00000000`;

async function slot(psam: Psam): Promise<{ reader: SimulatedReader; port: Port }> {
  const reader = new SimulatedReader(['sam']);
  reader.insert('sam', psam);
  return { reader, port: await connect(reader, 'sam') };
}

/** Directories, files and keys, without the master keys that only an issue by commands leaves behind. */
const contents = (psam: Psam) =>
  readImage(psam.image()).directories.map(({ keys, ...directory }) => ({
    ...directory,
    keys: keys.filter((key) => key.usage !== 0),
  }));

test('an issue by commands makes what personalisation writes directly', async () => {
  const psam = blankPsam();
  const { port } = await slot(psam);
  expect(await issuePsam(port, order)).toEqual({ ok: true, value: null });
  expect(contents(psam)).toEqual(contents(Psam.personalise(order)));
  const { life, transport, directories } = readImage(psam.image());
  expect({ life, transport }).toEqual({ life: 'issued', transport: null });
  const masters = directories.map(({ keys }) => keys.filter((key) => key.usage === 0).map((key) => hex(key.value)));
  expect(masters).toEqual([[hex(masterKey)], [hex(applicationKey)], [hex(applicationKey)], []]);
});

test('an issued PSAM is not issued again', async () => {
  const psam = blankPsam();
  const { port } = await slot(psam);
  await issuePsam(port, order);
  const before = psam.image();
  expect(await issuePsam(port, order)).toEqual({ ok: false, status: sw.conditions });
  expect(psam.image()).toEqual(before);
});

test('the wrong maker key issues nothing, and fifteen times is the end of it', async () => {
  const psam = blankPsam();
  const { port } = await slot(psam);
  for (let i = 0; i < 15; i++)
    expect(await issuePsam(port, { ...order, makerKey: masterKey })).toEqual({ ok: false, status: sw.macWrong });
  expect(await issuePsam(port, order)).toEqual({ ok: false, status: sw.blocked });
  expect(readImage(psam.image()).directories).toEqual([]);
});

test('torn out at any command, before or after, an issue is begun again and ends the same', async () => {
  const whole = blankPsam();
  const counted = await slot(whole);
  let commands = 0;
  const port: Port = {
    ...counted.port,
    send(apdu) {
      commands++;
      return counted.port.send(apdu);
    },
  };
  await issuePsam(port, order);
  expect(commands).toBeGreaterThan(60);
  for (let at = 0; at < commands; at += 3)
    for (const tear of ['before', 'after'] as const) {
      const psam = blankPsam();
      const { reader, port } = await slot(psam);
      reader.tearOut('sam', tear, at);
      await expect(issuePsam(port, order)).rejects.toThrow('pulled out');
      const kept = Psam.fromImage(psam.image());
      const ended = readImage(kept.image()).life === 'issued';
      const again = await issuePsam((await slot(kept)).port, order);
      expect(again).toEqual(ended ? { ok: false, status: sw.conditions } : { ok: true, value: null });
      expect(contents(kept)).toEqual(contents(whole));
    }
});

describe('while a PSAM is being issued', () => {
  let psam: Psam;
  beforeEach(() => {
    psam = psamInIssue();
  });

  test.each([
    ['11', header('27', '08'), '9000', 'national'],
    ['11', header('28', '3F'), '9000', 'national, for an application'],
    ['12', header('27', '11'), '9000', 'provincial'],
    ['12', header('28', '49'), '9000', 'provincial, for an application'],
    ['13', header('27', '18'), '9000', 'city'],
    ['13', header('27', 'BF'), '9000', 'city, for an application'],
    ['13', header('2E', '05'), '9000', "one of the PSAM's own"],
    ['12', header('22', '01'), '9000', 'a purchase key is named by its version'],
    ['12', header('27', '08'), '6A80', 'a national identifier in the provincial file'],
    ['11', header('27', '40'), '6A80', 'a provincial identifier in the national file'],
    ['13', header('27', 'C0'), '6A80', 'an identifier of no range'],
    ['11', header('2A', '08'), '6A80', 'a type nobody knows'],
    ['11', header('27', '08', '02'), '6A80', 'SSF33'],
    ['11', header('27', '08', '01'), '6A80', 'sixteen bytes for single DES'],
    ['14', header('27', '08'), '6A82', 'no key file'],
    ['19', header('27', '08'), '6A82', 'no key file'],
  ])('into key file %s: %s → %s (%s)', (file, about, status) => {
    expect(say(psam, createKeyCommand(psam, file, about + K, applicationKey))).toBe(status);
  });

  test('a key is made once in each cipher, and as many as fit', () => {
    const create = (about: string) => say(psam, createKeyCommand(psam, '11', about + K, applicationKey));
    expect(create(header('27', '08'))).toBe('9000');
    expect(create(header('47', '08'))).toBe('6A80');
    expect(create(header('27', '08', '03'))).toBe('9000');
    for (const id of ['09', '0A', '0B', '0C', '0D']) expect(create(header('27', id))).toBe('9000');
    expect(create(header('27', '0E'))).toBe('6A84');
  });

  test.each([
    ['80800000080019280000040000', 'an identifier that is there'],
    ['80800000080039280000040000', 'a short identifier that is there'],
    ['80800000080014220000040000', 'a kind nobody knows'],
    ['808000000800143F0000C000FF', 'a key file of another number'],
    ['80800000080014280000000000', 'nothing in it'],
    [`808000002A${directoryRecord('DF03', 'D15600000592')}`, 'a directory in an application'],
  ])('%s is refused: %s', (command) => {
    expect(say(psam, command)).toBe('6A80');
  });

  test('files that do not fit are refused, and so are too many directories', () => {
    expect(say(psam, '8080000008001428007FFF0000')).toBe('6A84');
    say(psam, '00A40000023F00');
    const answers = ['03', '04', '05', '06', '07', '08', '09'].map((n) =>
      say(psam, `808000002A${directoryRecord(`DF${n}`, `D156000005${n}`)}`),
    );
    expect(answers).toEqual([...Array(6).fill('9000'), '6A84']);
    expect(say(psam, `808000002A${directoryRecord('DF0A', 'D15600000503', '02')}`), 'SSF33').toBe('6A80');
  });

  test('without power the authority is gone, and is shown again by the key that rules', () => {
    const kept = Psam.fromImage(psam.image());
    kept.powerOn();
    expect(say(kept, '80800000080014280000040000')).toBe('6982');
    expect(say(kept, '00D6960006FFFFFFFFFFFF')).toBe('6982');
    const shown = (key: Uint8Array) =>
      say(kept, `0082000008${hex(des3(key)(bytes(say(kept, '0084000008').slice(0, 16))))}`);
    expect(shown(makerKey), 'no longer the maker').toBe('63C2');
    expect(shown(masterKey)).toBe('9000');
    expect(say(kept, '80800000080014280000040000')).toBe('9000');
    expect(shown(makerKey), 'the right one gave it its tries again').toBe('63C2');
  });
});

test('a blank PSAM knows neither files nor keys', () => {
  const psam = blankPsam();
  psam.powerOn();
  const answers = ['00A40000023F00', '00B0960006', '00A40000', `808A00002A${directoryRecord('3F00', '7378')}`].map(
    (it) => say(psam, it),
  );
  expect(answers).toEqual(['6A82', '6A82', '6A82', '6982']);
  expect(say(psam, protectedCommand(psam, '841C0000', new Uint8Array(), makerKey))).toBe('6985');
});

describe('at work', () => {
  test.each([
    ['80800000080014280000040000', '6982', 'no more files'],
    [`808A00002A${directoryRecord('3F00', '7378')}`, '6982', 'no other master file'],
    ['00D6990004FFFFFFFF', '6982', 'the count of purchases is the card’s own'],
    ['848A010004FFFFFFFF', '6985', 'no way back to blank'],
    ['841C000004FFFFFFFF', '6985', 'ended once'],
    ['84D400112400', '6700', 'a key cut short'],
  ])('%s → %s: %s', (command, status) => {
    expect(say(issuedPsam([]), command)).toBe(status);
  });

  test('keys still move under the master key of their application, and under no other', () => {
    const psam = issuedPsam([['11', header('27', '08') + K]]);
    expect(say(psam, createKeyCommand(psam, '13', header('27', '18') + K, masterKey))).toBe('6988');
    expect(say(psam, createKeyCommand(psam, '13', header('27', '18') + K, applicationKey))).toBe('9000');
    const change = (usage: string, id: string, value: string) => {
      const clear = bytes(`13${usage}${id}07${value}`);
      const padded = bytes(`${hex(clear)}80000000`);
      return say(psam, protectedCommand(psam, '84D40111', des3(applicationKey)(padded), applicationKey));
    };
    const other = '0123456789ABCDEFFEDCBA9876543210';
    expect(change('27', '08', other)).toBe('9000');
    expect(change('47', '08', other), 'another usage').toBe('6A88');
    say(psam, `801A270808${'00'.repeat(8)}`);
    const own = des3(bytes(other))(bytes('0000000000000000FFFFFFFFFFFFFFFF'));
    expect(say(psam, '80FA0000080102030405060708')).toBe(`${hex(des3(own)(bytes('0102030405060708')))}9000`);
    const kept = readImage(psam.image()).directories[1]?.keys.find((key) => key.id === 8);
    expect(kept).toMatchObject({ version: 7, usage: 0x27, algorithm: 0 });
  });

  test('a replayed key is refused: the challenge is another', () => {
    const psam = issuedPsam([]);
    const command = createKeyCommand(psam, '11', header('27', '08') + K, applicationKey);
    expect(say(psam, command)).toBe('9000');
    expect(say(psam, command)).toBe('6984');
    say(psam, '0084000008');
    expect(say(psam, command)).toBe('6988');
  });

  test('a master key bears as many wrong MACs as it was made for', () => {
    const psam = issuedPsam([]);
    const wrong = () => {
      say(psam, '0084000008');
      return say(psam, `84D4001124${'00'.repeat(36)}`);
    };
    expect([wrong(), wrong(), wrong(), wrong()]).toEqual(['6988', '6988', '6988', '6983']);
    expect(say(psam, createKeyCommand(psam, '11', header('27', '08') + K, applicationKey))).toBe('6983');
  });

  test('a file of the maintenance key is written with MAC, one of an authentication key after it was shown', () => {
    const psam = psamInIssue();
    expect(say(psam, '80800000080014280000040080')).toBe('9000');
    expect(say(psam, '80800000080015280000040505')).toBe('9000');
    for (const about of [header('01', '01'), header('0E', '05')])
      expect(say(psam, createKeyCommand(psam, '11', about + K, applicationKey))).toBe('9000');
    say(psam, '00A40000023F00');
    expect(say(psam, protectedCommand(psam, '841C0000', new Uint8Array(), masterKey))).toBe('9000');
    say(psam, '00A4000002DF01');
    expect(say(psam, '00D694000401020304')).toBe('6982');
    expect(say(psam, '04D6940008010203040000'.padEnd(26, '0'))).toBe('6984');
    expect(say(psam, protectedCommand(psam, '04D69400', bytes('01020304'), bytes(K)))).toBe('9000');
    expect(say(psam, '00B0940004')).toBe('010203049000');
    expect(say(psam, '00B0950004')).toBe('6982');
    expect(say(psam, '00D695000401020304')).toBe('6982');
    const challenge = say(psam, '0084000008').slice(0, 16);
    expect(say(psam, `0082000508${hex(des3(bytes(K))(bytes(challenge)))}`)).toBe('9000');
    expect(say(psam, '00D695000401020304')).toBe('9000');
    expect(say(psam, '00B0950004')).toBe('010203049000');
    say(psam, '00A40000023F00');
    say(psam, '00A4000002DF01');
    expect(say(psam, '00B0950004'), 'forgotten with the directory').toBe('6982');
  });
});

test('line protection of a 16-byte cipher folds its last block (LD9 §7.2.3)', () => {
  const data = bytes('84D4001124');
  const expected = sm4Mac(bytes(K), pad80(data, 16), bytes('0102030405060708 0000000000000000'));
  expect(lineMac({ algorithm: 3, value: bytes(K) }, bytes('0102030405060708'), data)).toEqual(expected);
});
