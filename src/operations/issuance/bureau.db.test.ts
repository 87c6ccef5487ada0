import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { familyOf, medicalDirectory, personalise } from '../../core/card/index.ts';
import type { CardKeyName } from '../../core/keys/contract.ts';
import { bytes, concat } from '../../kernel/bytes.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import { type BureauCard, keyCover, openLines, returnFromBureau, sealLines, sendToBureau } from './bureau.ts';
import { approved, city_code, clerk, keys, makePersons, settle, terms } from './life.fixture.ts';
import { prepareOrder } from './orders.ts';
import { stockLines } from './stock.ts';

const { database } = await createTestDatabase();
const key = crypto.getRandomValues(new Uint8Array(32));

/** The bureau, with nothing but the file: makes the chip and lets it prove itself. */
function manufacture({ chip: data, holder, envelope, ...card }: BureauCard): string {
  const chip = personalise({
    generation: data.generation,
    history: bytes(data.history),
    keys: data.keys.map((one) => ({ ...one, name: one.name as CardKeyName, encrypted: bytes(one.encrypted) })),
    transport: keyCover(key),
    cityCode: data.city_code,
    running: Number(data.card_id_code.slice(16, 24)),
    cardNumber: card.card_number as CardNumber,
    citizenNumber: holder.citizen_number as CitizenNumber,
    name: holder.name,
    sex: holder.sex === 1 ? '1' : '2',
    birth: day(holder.birth),
    issued: day(data.issued_on),
    expiry: day(data.expires_on),
    pin: envelope.pin,
    elements: [{ directory: medicalDirectory, tag: 0x8b, text: card.account_number }],
  });
  expect(familyOf(data.generation)).toBe('sm4');
  chip.powerOn();
  const { factor, original } = data.proof;
  let answer = chip.transmit(concat(bytes('0088000010'), bytes(factor), bytes(original)));
  if (answer.at(-2) === 0x61) answer = chip.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, answer.at(-1) as number));
  return answer.slice(0, -2).toHex();
}

it('an order goes out once, comes back, and only proven chips become cards', async () => {
  const persons = makePersons(4);
  await settle(database, persons);
  await approved(database, persons);
  const order = await database.transaction((sql) =>
    prepareOrder(sql, keys, { city_code, place: 'bureau', most: 10 }, terms, clerk),
  );
  if (!order.granted) throw new Error(order.refusal.code);
  const { order_id } = order.value;
  const sent = await database.transaction((sql) => sendToBureau(sql, keys, order_id, key, clerk));
  if (!sent.granted) throw new Error(sent.refusal.code);
  expect(await database.transaction((sql) => sendToBureau(sql, keys, order_id, key, clerk))).toMatchObject({
    refusal: { code: 'issuance.file_sent_already' },
  });
  // What is personal or secret is not readable on the way.
  const text = new TextDecoder('latin1').decode(sent.value);
  for (const { citizen_number } of persons) expect(text).not.toContain(citizen_number);
  expect(openLines('TBF1', new Uint8Array(32), sent.value)).toBeNull();
  expect(openLines('TBF1', key, sent.value.with(30, (sent.value[30] as number) ^ 1))).toBeNull();

  const [header, ...lines] = openLines('TBF1', key, sent.value) as [object, ...BureauCard[]];
  expect(header).toEqual({ format: 'tessera-bureau/1', order: order.value.number, cards: 4 });
  const proofs = lines.map(manufacture);
  const answer = {
    format: 'tessera-bureau-return/1',
    order: order.value.number,
    file: hash('sha256', sent.value, 'hex'),
  };
  const back = (results: readonly object[], head: object = answer) =>
    database.transaction((sql) =>
      returnFromBureau(sql, keys, order_id, key, sealLines('TBR1', key, [head, ...results]), clerk),
    );
  const [one, two, three, four] = lines.map(({ card_number }) => card_number);
  expect(await back([], { ...answer, file: '00' })).toMatchObject({ refusal: { code: 'issuance.return_unreadable' } });
  const results = [
    { card_number: one, result: 'ok', proof: proofs[0] },
    { card_number: two, result: 'ok', proof: proofs[0] },
    { card_number: three, result: 'failed' },
    { card_number: 'Z99999999', result: 'ok', proof: proofs[0] },
  ];
  expect(await back(results)).toMatchObject({
    value: {
      finished: 1,
      spoiled: 1,
      rejected: [
        { card_number: two, why: 'proof_wrong' },
        { card_number: 'Z99999999', why: 'unknown' },
      ],
    },
  });
  const rest = [
    { card_number: one, result: 'ok', proof: proofs[0] },
    { card_number: two, result: 'ok', proof: proofs[1] },
    { card_number: four, result: 'ok', proof: proofs[3] },
  ];
  expect(await back(rest)).toMatchObject({ value: { finished: 2, spoiled: 0, rejected: [{ card_number: one }] } });
  const counts = Object.fromEntries((await stockLines(database)).map(({ kind, count }) => [kind, count]));
  expect(counts).toMatchObject({ blank: 0, in_work: 0, finished: 3, spoiled: 1 });
  const waiting = await database.query(`select 1 from issuance.applications where state = 'approved'`);
  expect(waiting, 'the spoiled one waits for the next order').toHaveLength(1);
});
