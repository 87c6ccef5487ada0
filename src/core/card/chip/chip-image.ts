import { type CardKeyName, cardKeyNames } from '../../keys/index.ts';
import { historyLength } from '../atr.ts';
import { fileAt } from '../file-map.ts';
import { damaged, ImageReader, ImageWriter } from '../image.ts';
import type { ChipMemory, Life, Proof, StoredKey } from './memory.ts';

const kind = 'TC';
const version = 1;
const lives: readonly Life[] = ['active', 'blocked', 'blocked-for-ever', 'card-blocked'];

/** A chip's memory in bytes: only what was written, so about a kilobyte for a card without photo. */
export function writeImage(memory: ChipMemory): Uint8Array {
  const { account, pin, proofs } = memory;
  const out = new ImageWriter(kind, version)
    .number(memory.generation, 1)
    .number(memory.family === 'sm4' ? 1 : 0, 1)
    .bytes(memory.history)
    .number(lives.indexOf(memory.life), 1)
    .number(pin.tries, 1)
    .number(pin.limit, 1)
    .piece(pin.digits);
  out.number(memory.keys.size, 1);
  for (const [name, key] of memory.keys)
    out.number(cardKeyNames.indexOf(name), 1).number(key.version, 1).number(key.tries, 1).bytes(key.value);
  out.number(account.balance, 4).number(account.loads, 2).number(account.purchases, 2);
  out.number(account.selfPaid, 4).number(account.pooled, 4).number(account.year, 2).number(account.startDay, 2);
  for (const proof of [proofs.load, proofs.purchase]) writeProof(out, proof);
  out.number(memory.files.size, 1);
  for (const [key, contents] of memory.files) {
    out.number(key, 4).number(contents.length, 1);
    for (const piece of contents) out.piece(piece);
  }
  return out.seal();
}

export function readImage(image: Uint8Array): ChipMemory {
  const from = new ImageReader(image, kind, version);
  const generation = from.number(1) === 2 ? 2 : 3;
  const family = from.number(1) === 1 ? 'sm4' : 'des';
  const history = from.bytes(historyLength);
  const life = lives[from.number(1)];
  if (!life) throw damaged('its life is unknown');
  const pin = { tries: from.number(1), limit: from.number(1), digits: from.piece() };
  const keys = new Map(from.list(1, () => readKey(from)));
  const account = {
    balance: from.number(4),
    loads: from.number(2),
    purchases: from.number(2),
    selfPaid: from.number(4),
    pooled: from.number(4),
    year: from.number(2),
    startDay: from.number(2),
  };
  const proofs = { load: readProof(from), purchase: readProof(from) };
  const files = new Map(
    from.list(1, () => {
      const key = from.number(4);
      if (!fileAt(key)) throw damaged('it has a file our map does not know');
      return [key, from.list(1, () => from.piece())] as const;
    }),
  );
  from.end();
  return { generation, family, history, life, pin, keys, files, account, proofs };
}

function readKey(from: ImageReader): [CardKeyName, StoredKey] {
  const name = cardKeyNames[from.number(1)];
  if (!name) throw damaged('it has a key we do not know');
  return [name, { version: from.number(1), tries: from.number(1), value: from.bytes(16) }];
}

function writeProof(out: ImageWriter, proof: Proof | null): void {
  out.number(proof ? 1 : 0, 1);
  if (proof) out.number(proof.sequence, 2).bytes(proof.mac).bytes(proof.tac);
}

const readProof = (from: ImageReader): Proof | null =>
  from.number(1) === 0 ? null : { sequence: from.number(2), mac: from.bytes(4), tac: from.bytes(4) };
