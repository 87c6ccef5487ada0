import { describe, expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { readImage, writeImage } from './chip/chip-image.ts';
import { status } from './host.fixture.ts';
import { blankChip, CardFault, Chip, issueByCommands, type ProfileName, profileNamed, profiles } from './index.ts';
import { sampleOf } from './sample-card.fixture.ts';

const transport = bytes('0102030405060708 1112131415161718');

const blankFor = ({ memory }: Chip, capacity = memory.capacity): Chip => {
  const made = blankChip({ generation: memory.generation, history: memory.history, capacity, transport });
  made.powerOn();
  return made;
};

const names = profiles.map(({ name }) => name) as ProfileName[];
const kinds = names.flatMap((name) => ([2, 3] as const).map((generation) => [name, generation] as const));

describe.each(kinds)('%s of generation %i', (name, generation) => {
  const photo = name === 'social-security' || name === 'three-areas' ? { photo: new Uint8Array(700).fill(0x5a) } : {};
  const direct = sampleOf(name, generation, photo);

  test('is the same card whether built directly or command by command', () => {
    const blank = blankFor(direct);
    issueByCommands((command) => blank.transmit(command), direct.memory, transport);
    expect(blank.memory.directories.map(({ shape }) => shape)).toEqual(
      direct.memory.directories.map(({ shape }) => shape),
    );
    expect(hex(blank.image())).toBe(hex(direct.image()));
  });

  test('is the same card after its image was stored', () => {
    expect(readImage(direct.image())).toEqual(direct.memory);
  });
});

test('a card too small for its target says at which command', () => {
  const direct = sampleOf('small-account');
  const blank = blankFor(direct, 512);
  const issue = () => issueByCommands((command) => blank.transmit(command), direct.memory, transport);
  expect(issue).toThrow(CardFault);
  const again = blankFor(direct, 1000);
  expect(() => issueByCommands((command) => again.transmit(command), direct.memory, transport)).toThrow(
    'CREATE FILE was refused with 6A84',
  );
});

test('a wrong transport key makes no card', () => {
  const direct = sampleOf('small-purse');
  const blank = blankFor(direct);
  expect(() => issueByCommands((command) => blank.transmit(command), direct.memory, bytes('00'.repeat(16)))).toThrow(
    'EXTERNAL AUTHENTICATE was refused with 63CE',
  );
});

test('a structure of its own survives its image, in the middle of its making too', () => {
  const direct = sampleOf('three-areas');
  const blank = blankFor(direct);
  let left = 120;
  expect(() =>
    issueByCommands(
      (command) => {
        if (left-- === 0) throw new Error('out of power');
        return blank.transmit(command);
      },
      direct.memory,
      transport,
    ),
  ).toThrow('out of power');
  expect(readImage(blank.image())).toEqual(blank.memory);
  expect(blank.memory.life).toBe('blank');
});

test('the full card has every area of V2.0', () => {
  const areas = profileNamed('social-security').directories.map(({ shape }) => shape.fid.toString(16));
  expect(areas).toEqual(['3f00', 'df01', 'df02', 'df03', 'df04', 'df05', 'df06', 'df07']);
});

describe('an image', () => {
  const image = sampleOf('small-account').image();

  test.each([
    ['cut short', image.slice(0, 40)],
    ['without its head', image.slice(1)],
    ['with a byte too many', Uint8Array.from([...image, 0])],
    ['with a bit turned', image.map((byte, i) => (i === 60 ? byte ^ 1 : byte))],
    ['of the version before', Uint8Array.from([0x54, 0x43, 1, ...image.slice(3)])],
  ])('%s is refused', (_, damaged) => {
    expect(() => Chip.fromImage(damaged)).toThrow('damaged');
  });

  test('of a card whose life ended is that of a dead card', () => {
    const dead = Chip.fromImage(writeImage({ ...readImage(image), life: 'blocked' }));
    dead.powerOn();
    expect(status(dead, '00A4000000')).toBe('6A81');
    expect(status(dead, '0084000008')).toBe('6A81');
  });
});
