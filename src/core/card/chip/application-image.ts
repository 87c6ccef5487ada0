import type { ImageReader, ImageWriter } from '../image.ts';
import type { Purse, PurseApplication } from '../purse/port.ts';
import type { Account, Directory, Proof } from './memory.ts';

const purseNames = ['ED', 'EP'] as const;

/** The medical account and the purse of a directory: a byte says which there are. */
export function writeApplications(out: ImageWriter, { account, purse }: Directory): void {
  out.number((account ? 1 : 0) | (purse ? 2 : 0), 1);
  if (account) writeAccount(out, account);
  if (purse) writePurse(out, purse);
}

export function readApplications(from: ImageReader): Pick<Directory, 'account' | 'purse'> {
  const there = from.number(1);
  return { account: there & 1 ? readAccount(from) : null, purse: there & 2 ? readPurse(from) : null };
}

function writeAccount(out: ImageWriter, account: Account): void {
  out.number(account.balance, 4).number(account.loads, 2).number(account.purchases, 2);
  out.number(account.selfPaid, 4).number(account.pooled, 4).number(account.year, 2).number(account.startDay, 2);
  for (const proof of [account.load, account.purchase]) {
    out.number(proof ? 1 : 0, 1);
    if (proof) out.number(proof.sequence, 2).bytes(proof.mac).bytes(proof.tac);
  }
}

const readAccount = (from: ImageReader): Account => ({
  balance: from.number(4),
  loads: from.number(2),
  purchases: from.number(2),
  selfPaid: from.number(4),
  pooled: from.number(4),
  year: from.number(2),
  startDay: from.number(2),
  load: readProof(from),
  purchase: readProof(from),
});

const readProof = (from: ImageReader): Proof | null =>
  from.number(1) === 0 ? null : { sequence: from.number(2), mac: from.bytes(4), tac: from.bytes(4) };

function writePurse(out: ImageWriter, { purses, proofs, log, logCapacity, composite }: PurseApplication): void {
  for (const name of purseNames) {
    const purse = purses[name];
    out.number(purse ? 1 : 0, 1);
    if (purse) out.number(purse.balance, 4).number(purse.overdraft, 3).number(purse.online, 2).number(purse.offline, 2);
  }
  out.number(proofs.length, 1);
  for (const { type, sequence, mac, tac } of proofs) out.number(type, 1).number(sequence, 2).bytes(mac).bytes(tac);
  out.number(logCapacity, 1).number(log.length, 1);
  for (const record of log) out.piece(record);
  out.number(composite.length, 1);
  for (const record of composite) out.piece(record);
}

function readPurse(from: ImageReader): PurseApplication {
  const purses: Partial<Record<(typeof purseNames)[number], Purse>> = {};
  for (const name of purseNames)
    if (from.number(1) === 1)
      purses[name] = {
        balance: from.number(4),
        overdraft: from.number(3),
        online: from.number(2),
        offline: from.number(2),
      };
  const piece = () => from.piece() ?? new Uint8Array();
  return {
    purses,
    proofs: from.list(1, () => ({
      type: from.number(1),
      sequence: from.number(2),
      mac: from.bytes(4),
      tac: from.bytes(4),
    })),
    logCapacity: from.number(1),
    log: from.list(1, piece),
    composite: from.list(1, piece),
  };
}
