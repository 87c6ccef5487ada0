import { expect, test } from 'vitest';
import { SimulatedReader } from '../../core/card/index.ts';
import { bytes } from '../../kernel/bytes.ts';
import { ComponentCard, readComponent, writeComponent } from './component-card.ts';

const component = bytes('000102030405060708090A0B0C0D0E0F');
const inSlot = (card: ComponentCard) => {
  const reader = new SimulatedReader(['card']);
  reader.insert('card', card);
  return { reader, slot: 'card' };
};
const codeOf = (decision: Awaited<ReturnType<typeof readComponent>>) =>
  decision.granted ? null : decision.refusal.code;

test('a component goes on a blank card once and comes back behind the PIN', async () => {
  const card = new ComponentCard();
  expect(await writeComponent(inSlot(card), '135790', component)).toMatchObject({ granted: true });
  expect(await writeComponent(inSlot(card), '135790', component)).toMatchObject({
    refusal: { code: 'custody.card_used' },
  });
  const again = new ComponentCard(JSON.parse(JSON.stringify(card.image())));
  expect(await readComponent(inSlot(again), '135790')).toMatchObject({ value: component });
});

test('three wrong PINs block it; a right one in between begins anew', async () => {
  const card = new ComponentCard();
  await writeComponent(inSlot(card), '135790', component);
  const read = async (pin: string) => codeOf(await readComponent(inSlot(card), pin));
  expect([await read('000000'), await read('000000'), await read('135790')]).toEqual([
    'custody.card_pin_wrong',
    'custody.card_pin_wrong',
    null,
  ]);
  expect([await read('0'.repeat(6)), await read('111111'), await read('222222'), await read('135790')]).toEqual([
    'custody.card_pin_wrong',
    'custody.card_pin_wrong',
    'custody.card_blocked',
    'custody.card_blocked',
  ]);
});

test('an empty slot, an empty card and nonsense are answered, never thrown', async () => {
  expect(codeOf(await readComponent({ reader: new SimulatedReader(['card']), slot: 'card' }, '135790'))).toBe(
    'custody.card_missing',
  );
  expect(codeOf(await readComponent(inSlot(new ComponentCard()), '135790'))).toBe('custody.card_pin_wrong');
  const card = new ComponentCard();
  card.powerOn();
  const say = (apdu: string) => card.transmit(bytes(apdu)).slice(-2).toHex();
  expect(
    ['00', '00CA010110', '00DA010110000102030405060708090A0B0C0D0E0F', '00DA01000112', '00B0000000'].map(say),
  ).toEqual(['6700', '6982', '6982', '6700', '6d00']);
});
