import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import type { KeyStore } from '../../core/keys/contract.ts';
import { bytes, concat, equal } from '../../kernel/bytes.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { cardData, factorsOf, historyOfCard } from './chip-data.ts';
import { faceOf, trackTwo } from './face.rules.ts';
import { type By, moveCard } from './moves.ts';
import { spoilCard } from './production.ts';
import { moveStock } from './stock.ts';

/**
 * Files between the centre and a card bureau, both under one key of 32 bytes that the two have exchanged (≥ 128 bits,
 * LD10). Container: `TBF1` or `TBR1` (4) | first 8 bytes of the key's SHA-256 | IV 12 | AES-256-GCM | tag 16, the first
 * twelve bytes authenticated. Content: JSON lines, the first the header. Formats: docs/guides/card-bureau.md.
 */
type Container = 'TBF1' | 'TBR1';

const keyId = (key: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', key, 'buffer')).slice(0, 8);

export function sealLines(kind: Container, key: Uint8Array, lines: readonly unknown[]): Uint8Array {
  const head = concat(new TextEncoder().encode(kind), keyId(key));
  const iv = new Uint8Array(randomBytes(12));
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(head);
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  return concat(
    head,
    iv,
    new Uint8Array(cipher.update(text, 'utf8')),
    new Uint8Array(cipher.final()),
    new Uint8Array(cipher.getAuthTag()),
  );
}

/** The lines of a file; null when it is not whole, not of this kind or not under this key. */
export function openLines(kind: Container, key: Uint8Array, file: Uint8Array): unknown[] | null {
  const head = file.slice(0, 12);
  if (file.length < 40 || !equal(head, concat(new TextEncoder().encode(kind), keyId(key)))) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, file.slice(12, 24), { authTagLength: 16 });
  decipher.setAAD(head).setAuthTag(file.slice(-16));
  try {
    const text = Buffer.concat([decipher.update(file.slice(24, -16)), decipher.final()]).toString('utf8');
    return text.split('\n').map((line) => JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}

/** Under which the card keys in a file are covered: 16 bytes, made from the bureau's key. */
export const keyCover = (key: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'tessera-bureau card keys', 16));

/** One card in the file. Binary values are hex; the PIN is here and on the envelope, nowhere else. */
export type BureauCard = {
  readonly position: number;
  readonly card_number: string;
  readonly account_number: string;
  readonly chip: {
    readonly generation: 2 | 3;
    readonly history: string;
    readonly card_id_code: string;
    readonly city_code: string;
    readonly issued_on: string;
    readonly expires_on: string;
    /** Under `keyCover`. */
    readonly keys: readonly { readonly name: string; readonly encrypted: string; readonly check_value: string }[];
    /** The finished chip answers INTERNAL AUTHENTICATE to these two; the answer goes into the return file. */
    readonly proof: { readonly factor: string; readonly original: string };
  };
  readonly holder: {
    readonly citizen_number: string;
    readonly name: string;
    readonly sex: number;
    readonly birth: string;
    readonly insurance: string | null;
  };
  readonly face: ReturnType<typeof faceOf> & { readonly photo: string };
  readonly track_2: string;
  readonly envelope: { readonly name: string; readonly pin: string };
};

/** What two bytes of the file's own digest make of a card's proof: the centre needs to keep nothing to check it. */
const proofOf = (card_id_code: Uint8Array, order_id: string) => {
  const made = new Uint8Array(hash('sha256', concat(card_id_code, bytes(order_id.replaceAll('-', ''))), 'buffer'));
  return { factor: made.slice(0, 8), original: made.slice(8, 16) };
};

/**
 * Writes the issue file of an order for the bureau, once: a second file would hold other PINs for the same cards. Runs in
 * the caller's transaction. Refusals: issuance.order_unknown, issuance.file_sent_already.
 */
export async function sendToBureau(
  sql: Sql,
  keys: Pick<KeyStore, 'cardKeys'>,
  order_id: string,
  key: Uint8Array,
  by: By,
): Promise<Decision<Uint8Array>> {
  const [order] = await sql.query<{ number: bigint; sent_at: Date | null }>(
    `select number, sent_at from issuance.orders where order_id = $1 and place = 'bureau' for no key update`,
    [order_id],
  );
  if (!order) return refuse('issuance.order_unknown');
  if (order.sent_at) return refuse('issuance.file_sent_already');
  const work = await sql.query<{ card_id: string }>(
    `update issuance.work set state = 'begun', station = 'bureau' where order_id = $1 and state = 'prepared' returning card_id`,
    [order_id],
  );
  const ids = work.map(({ card_id }) => card_id);
  await sql.query('update issuance.cards set chip_issued_at = $2 where card_id = any($1::uuid[])', [
    ids,
    by.at.toString(),
  ]);
  // The bureau's own blanks: what is counted here begins with the chip in work.
  await moveStock(sql, [{ kind: 'in_work', change: ids.length }], 'begun', order_id, by);
  const cover = keyCover(key);
  const lines = (await cardData(sql, ids)).map((card, i): BureauCard => {
    const { factor, original } = proofOf(card.card_id_code, order_id);
    return {
      position: i + 1,
      card_number: card.card_number,
      account_number: card.account_number,
      chip: {
        generation: card.generation,
        history: historyOfCard(card).toHex(),
        card_id_code: card.card_id_code.toHex(),
        city_code: card.city_code,
        issued_on: card.issued_on,
        expires_on: card.expires_on,
        keys: keys
          .cardKeys(factorsOf(card), cover)
          .map(({ name, encrypted, check_value }) => ({ name, encrypted: encrypted.toHex(), check_value })),
        proof: { factor: factor.toHex(), original: original.toHex() },
      },
      holder: {
        citizen_number: card.citizen_number,
        name: card.name,
        sex: card.sex,
        birth: card.birth,
        insurance: card.insurance,
      },
      face: { ...faceOf(card), photo: card.photo.toBase64() },
      track_2: trackTwo(card),
      envelope: { name: card.name, pin: String(randomInt(1_000_000)).padStart(6, '0') },
    };
  });
  const header = { format: 'tessera-bureau/1', order: Number(order.number), cards: lines.length };
  const file = sealLines('TBF1', key, [header, ...lines]);
  await sql.query('update issuance.orders set sent_at = $2, file_digest = $3 where order_id = $1', [
    order_id,
    by.at.toString(),
    Buffer.from(hash('sha256', file, 'buffer')),
  ]);
  return grant(file);
}

export type ReturnResult = {
  readonly finished: number;
  readonly spoiled: number;
  readonly rejected: readonly { readonly card_number: string; readonly why: 'unknown' | 'proof_wrong' }[];
};

/**
 * Takes the bureau's return file in: a card is finished when its chip proved that it holds its own key; one that failed is
 * spoiled. A line that is not believed changes nothing and is told; the same file again finds nothing to do. Refusals:
 * issuance.order_unknown, issuance.return_unreadable.
 */
export async function returnFromBureau(
  sql: Sql,
  keys: Pick<KeyStore, 'authentication'>,
  order_id: string,
  key: Uint8Array,
  file: Uint8Array,
  by: By,
): Promise<Decision<ReturnResult>> {
  const [order] = await sql.query<{ file_digest: Uint8Array | null }>(
    `select file_digest from issuance.orders where order_id = $1 and place = 'bureau' for no key update`,
    [order_id],
  );
  if (!order?.file_digest) return refuse('issuance.order_unknown');
  const lines = openLines('TBR1', key, file);
  const header = lines?.[0] as { format?: unknown; file?: unknown } | undefined;
  if (header?.format !== 'tessera-bureau-return/1' || header.file !== new Uint8Array(order.file_digest).toHex())
    return refuse('issuance.return_unreadable');
  const work = await sql.query<{ card_id: string; card_number: string }>(
    `select card_id, c.card_number from issuance.work join issuance.cards c using (card_id)
     where order_id = $1 and work.state = 'begun'`,
    [order_id],
  );
  const open = new Map(work.map((row) => [row.card_number, row.card_id]));
  const data = new Map((await cardData(sql, [...open.values()])).map((card) => [card.card_id, card]));
  const rejected: { card_number: string; why: 'unknown' | 'proof_wrong' }[] = [];
  let finished = 0;
  let spoiled = 0;
  for (const raw of (lines ?? []).slice(1)) {
    const line = (raw ?? {}) as Record<string, unknown>;
    const card_number = String(line.card_number);
    const card = data.get(open.get(card_number) ?? '');
    if (!card) {
      rejected.push({ card_number, why: 'unknown' });
      continue;
    }
    open.delete(card_number);
    if (line.result !== 'ok') {
      await spoilCard(sql, card.card_id, by);
      spoiled++;
      continue;
    }
    const { factor, original } = proofOf(card.card_id_code, order_id);
    const shown =
      typeof line.proof === 'string' && /^[0-9a-f]{16}$/.test(line.proof) ? bytes(line.proof) : new Uint8Array();
    if (!equal(shown, keys.authentication('IRK', factorsOf(card), factor, original))) {
      rejected.push({ card_number, why: 'proof_wrong' });
      continue;
    }
    await sql.query(`update issuance.work set state = 'checked' where card_id = $1`, [card.card_id]);
    await moveCard(sql, card.card_id, { move: 'complete' }, by);
    finished++;
  }
  const changes = [
    { kind: 'in_work', change: -finished },
    { kind: 'finished', change: finished },
  ] as const;
  if (finished > 0) await moveStock(sql, changes, 'checked', order_id, by);
  return grant({ finished, spoiled, rejected });
}
