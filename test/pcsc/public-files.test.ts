import { expect, it } from 'vitest';
import { connect, SimulatedReader, verifyPin } from '../../src/core/card/index.ts';
import { sampleCard, sampleCardNumber, sampleCitizen } from '../../src/core/card/sample-card.fixture.ts';
import { readPublic, UnreadableCard } from '../../web/kit/reader/public-files.ts';

async function inReader(generation: 2 | 3) {
  const reader = new SimulatedReader();
  reader.insert('user', sampleCard(generation));
  const port = await connect(reader, 'user');
  return { port, exchange: (command: Uint8Array) => reader.transmit('user', command) };
}

it.each([2, 3] as const)('a card of generation %i says what anyone may know', async (generation) => {
  const { exchange } = await inReader(generation);
  expect(await readPublic(exchange)).toEqual({
    cardNumber: sampleCardNumber,
    cityCode: '990100',
    version: generation === 3 ? '3.00' : '2.00',
    issued: '2025-01-02',
    expires: '2035-01-01',
    citizenNumber: sampleCitizen,
    name: '李试卡',
    pin: { kind: 'set', left: 3 },
  });
});

it('the tries of the PIN are told, and not taken by asking', async () => {
  const { port, exchange } = await inReader(3);
  await verifyPin(port, '000000');
  expect((await readPublic(exchange)).pin).toEqual({ kind: 'set', left: 2 });
  for (const digits of ['000000', '000000']) await verifyPin(port, digits);
  expect((await readPublic(exchange)).pin).toEqual({ kind: 'blocked' });
});

it.each([
  ['no such application', '6A82'],
  ['no command it knows', '6D00'],
  ['nothing at all', ''],
  ['that there is more, for ever', '006101'],
])('a card that says %s is unreadable', async (_, answer) => {
  await expect(readPublic(async () => Uint8Array.fromHex(answer))).rejects.toBeInstanceOf(UnreadableCard);
});

it('a file cut short gives what is whole', async () => {
  const answers = ['9000', '0709543030303030303158 0504', '0906C0EECAD4 9000', '9000'];
  let at = 0;
  const card = await readPublic(async () =>
    Uint8Array.fromHex(`${answers[at++]?.replaceAll(' ', '')}${at === 2 ? '9000' : ''}`),
  );
  expect(card).toMatchObject({ cardNumber: 'T0000001X', issued: '', name: '', pin: { kind: 'none' } });
});
