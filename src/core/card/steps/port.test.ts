import { expect, test } from 'vitest';
import { bytes, hex } from '../../../kernel/bytes.ts';
import { SimulatedReader } from '../reader.ts';
import { connect } from './port.ts';

async function portTo(transmit: (command: Uint8Array) => Uint8Array) {
  const reader = new SimulatedReader();
  reader.insert('user', { powerOn: () => bytes('3B00'), powerOff: () => {}, transmit });
  return connect(reader, 'user');
}

test('an answer in pieces comes as one', async () => {
  const answers = ['6102', 'AA6101', 'BB9000'];
  const port = await portTo(() => bytes(answers.shift() ?? ''));
  const { status, data } = await port.send(bytes('00A40000'));
  expect([status, hex(data)]).toEqual([0x9000, 'AABB']);
});

test('a card that always has more to say is a fault', async () => {
  let asked = 0;
  const port = await portTo(() => {
    asked++;
    return bytes('006101');
  });
  await expect(port.send(bytes('00A40000'))).rejects.toMatchObject({ code: 'card.answer_malformed' });
  expect(asked).toBeLessThan(20);
});
