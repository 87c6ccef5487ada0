import { concat, uint } from '../../../kernel/bytes.ts';
import { encryptData } from '../../keys/index.ts';
import { buildCommand } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { type Answered, ask, type Port } from '../steps/port.ts';
import { lineMac } from './line-protection.ts';
import { type PsamDirectory, type PsamFile, type PsamKey, sm4Environment } from './memory.ts';
import { identityOf, keysOf, type PsamPersonalisation } from './psam.ts';
import { cipherOf, keyFiles } from './psam-keys.ts';
import { psamLayout } from './psam-layout.ts';

export type PsamIssue = PsamPersonalisation & {
  /** The maker's key, 16 bytes (3DES): the PSAM knows it while it is blank. */
  readonly makerKey: Uint8Array;
  /** The key that rules the finished PSAM, and the one under which keys of its applications may be changed; 3DES. */
  readonly masterKey: Uint8Array;
  readonly applicationKey: Uint8Array;
};

type CoverKey = Pick<PsamKey, 'algorithm' | 'value'>;
/** One command of an issue; with `cover` it carries a MAC under that key over the PSAM's challenge. */
type Step = { readonly header: readonly number[]; readonly data: Uint8Array; readonly cover: CoverKey | null };

/**
 * Issues a blank PSAM by commands (card.md 1.7): erase, master file, files, keys under their masters, end of issue. The
 * clear keys pass through this process, so it belongs to the issuing station. The first refusal ends it; an interrupted
 * issue may simply be begun again.
 */
export async function issuePsam(port: Port, of: PsamIssue): Promise<Answered<null>> {
  for (const { header, data, cover } of issueSteps(of)) {
    let sent = data;
    if (cover) {
      const challenge = await ask(port, [0x00, 0x84, 0x00, 0x00], undefined, 8, (random) => random, 8);
      if (!challenge.ok) return challenge;
      const head = concat(Uint8Array.from(header), uint(data.length + 4, 1));
      sent = concat(data, lineMac(cover, challenge.value, concat(head, data)));
    }
    const answer = await port.send(buildCommand(header, sent));
    if (answer.status !== sw.ok) return { ok: false, status: answer.status };
  }
  return { ok: true, value: null };
}

function* issueSteps(of: PsamIssue): Generator<Step> {
  const plain = (header: readonly number[], data: Uint8Array): Step => ({ header, data, cover: null });
  const select = (fid: number) => plain([0x00, 0xa4, 0x00, 0x00], uint(fid, 2));
  const maker = masterKey(of.makerKey);
  const ruling = masterKey(of.masterKey);
  const directories = psamLayout(identityOf(of), 0, keysOf(of));
  const [top, ...others] = directories as [PsamDirectory, ...PsamDirectory[]];
  yield { header: [0x84, 0x8a, 0x01, 0x00], data: new Uint8Array(), cover: maker };
  yield plain([0x80, 0x8a, 0x00, 0x00], directoryAttributes(top));
  for (const directory of others) yield plain([0x80, 0x80, 0x00, 0x00], directoryAttributes(directory));
  for (const directory of directories.filter(({ fid }) => fid !== sm4Environment)) {
    const own = directory === top ? ruling : masterKey(of.applicationKey);
    yield select(directory.fid);
    for (const file of directory.files) yield plain([0x80, 0x80, 0x00, 0x00], fileAttributes(file));
    for (const { fid, kind, content } of directory.files)
      if (kind === 'binary') yield plain([0x00, 0xd6, 0x80 | fid, 0x00], content);
    yield keyStep(own, directory === top ? maker : ruling);
    for (const key of directory.keys) yield keyStep(key, own);
  }
  yield select(top.fid);
  yield { header: [0x84, 0x1c, 0x00, 0x00], data: new Uint8Array(), cover: ruling };
}

type LoadedKey = Omit<PsamKey, 'tries' | 'limit'>;

const masterKey = (value: Uint8Array): LoadedKey => ({
  file: keyFiles.national,
  usage: 0,
  id: 0,
  version: 0,
  algorithm: 0,
  value,
});

function keyStep({ file, usage, id, version, algorithm, value }: LoadedKey, cover: CoverKey): Step {
  const clear = concat(Uint8Array.of(usage, id, version, algorithm, 0, 0, 0, 0), value);
  const family = cipherOf(cover.algorithm)?.family ?? 'des';
  return { header: [0x84, 0xd4, 0x00, file], data: encryptData(family, cover.value, clear), cover };
}

/** 42 bytes: identifier, kind 10, name of at most 16 bytes with its length, attributes of the master key. */
function directoryAttributes({ fid, name, master }: PsamDirectory): Uint8Array {
  const head = [0x10, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0x82, 0xff, 0x81, 0xff, 0xff, 0xff, name.length];
  const key = [0, 0, 0, master.algorithm, 0, 0, 0, 0, (master.tries << 4) | master.tries, 0];
  return concat(uint(fid, 2), Uint8Array.from(head), name, new Uint8Array(16 - name.length), Uint8Array.from(key));
}

const fileAttributes = ({ fid, kind, size, read, update }: PsamFile): Uint8Array =>
  concat(uint(fid, 2), Uint8Array.of(kind === 'keys' ? 0x3f : 0x28, 0x00), uint(size, 2), Uint8Array.of(read, update));
