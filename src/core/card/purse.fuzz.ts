import { parseArgs } from 'node:util';
import { assert } from '../../kernel/assert.ts';
import { bytes } from '../../kernel/bytes.ts';
import type { CipherFamily } from '../keys/index.ts';
import type { CardKey, Directory } from './chip/memory.ts';
import { Chip } from './index.ts';
import type { ProfileName } from './profiles/index.ts';
import type { ModelCard, ModelPurse } from './purse/test/purse-model.ts';
import { type TrialCard, type TrialReport, tryPurses } from './purse/test/purse-trial.ts';
import { generationOf, purseDirectory, selectPurseFile, withPurseDirectory } from './purse-card.fixture.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';

/** Cards with a purse, and whether they have a deposit beside it. */
const purseProfiles = { 'three-areas': true, 'small-purse': false } as const satisfies Partial<
  Record<ProfileName, boolean>
>;
export type PurseProfile = keyof typeof purseProfiles;

/** A second purchase key, so that an index can be wrong in more ways than not being there. */
const secondKey = bytes('0F1E2D3C4B5A69788796A5B4C3D2E1F0');
const version = 1;

const registers = ({ money, limit, on, off }: ModelPurse) => ({
  balance: money,
  overdraft: limit,
  online: on,
  offline: off,
});

function withSecondKey(directory: Directory): Directory {
  const first = directory.keys.find(({ shape }) => shape.use === 'purchase') as CardKey;
  return { ...directory, keys: [...directory.keys, { ...first, shape: { ...first.shape, id: 2 }, value: secondKey }] };
}

/**
 * Random lives of purses on the real chip, every command over T=0 and every reset through its image, against the second
 * purse of `purse/test`. A difference ends the run with a bug that names seed, sequence and commands.
 */
export function fuzzPurse(of: {
  readonly profile: PurseProfile;
  readonly family: CipherFamily;
  readonly count: number;
  readonly seed: number;
}): TrialReport {
  const { memory } = sampleOf(of.profile, generationOf(of.family));
  const own = withSecondKey(memory.directories.find(({ shape }) => shape.fid === purseDirectory) as Directory);
  const keys = Object.fromEntries(own.keys.map(({ shape, value }) => [`${shape.use} ${shape.id}`, value]));
  const open = (start: ModelCard): TrialCard => {
    assert(own.purse !== null, 'the profile has a purse');
    const purse = {
      ...own.purse,
      purses: { ...(start.ed && { ED: registers(start.ed) }), EP: registers(start.ep) },
      logCapacity: start.logSize,
      composite: (start.records ?? []).map(bytes),
    };
    let chip = new Chip(withPurseDirectory(memory, () => ({ ...own, purse })));
    const select = () => {
      chip.powerOn();
      chip.transmit(selectPurseFile);
    };
    select();
    return {
      transmit: (apdu) => chip.transmit(apdu),
      reset: () => {
        chip = Chip.fromImage(chip.image());
        select();
      },
    };
  };
  const card = { cipher: of.family, keys, pin: samplePin, version, deposit: purseProfiles[of.profile] };
  return tryPurses({ sequences: of.count, seed: of.seed, card, open });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  for (const profile of ['three-areas', 'small-purse'] as const)
    for (const family of ['des', 'sm4'] as const) {
      const began = performance.now();
      const { commands, done } = fuzzPurse({ profile, family, count, seed });
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const transactions = Object.values(done).reduce((sum, times) => sum + times, 0);
      console.log(
        `${profile}, ${family}: ${count} sequences, ${commands} commands, ${transactions} transactions, in ${seconds} s`,
      );
    }
}
