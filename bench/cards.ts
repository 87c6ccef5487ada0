/**
 * Simulated cards: offline purchases a second from account and purse (chip and PSAM, every command over T=0, all crypto)
 * beside the bare cipher work they contain; cards personalised a second, directly beside the diversification of their keys
 * and by commands beside the directly made ones; bytes for each card when so
 * many exist, as images and with power. `node bench/cards.ts [purchases] [cards]`; prints one JSON line for each.
 */
import {
  blankChip,
  Chip,
  connect,
  debitPurchase,
  debitPurse,
  initPurchase,
  initPurseOffline,
  issueByCommands,
  packTime,
  psamCreditPurchase,
  psamInitPurchase,
  psamInitPurse,
  readHolder,
  readTerminalNumber,
  SimulatedReader,
  selectMedical,
  selectPurse,
  selectPursePsam,
  verifyPin,
} from '../src/core/card/index.ts';
import { newPurse, purseChip } from '../src/core/card/purse-card.fixture.ts';
import { sampleCard, sampleFactors, samplePin, samplePsam, sampleStore } from '../src/core/card/sample-card.fixture.ts';
import { type CipherFamily, cardMac, diversify, sessionKey, transactionCode } from '../src/core/keys/index.ts';
import { assert } from '../src/kernel/assert.ts';
import { fen } from '../src/kernel/money.ts';

const [purchases = 20_000, cards = 1_000_000] = process.argv.slice(2).map(Number);
const time = packTime(Temporal.PlainDateTime.from('2026-06-15T10:15:00'));
const amounts = { account: fen(0), selfPaid: fen(1), pooled: fen(0) };

const per = (count: number, begun: number): number => (count / (performance.now() - begun)) * 1000;
const report = (of: Record<string, string | number>) => console.log(JSON.stringify(of));
const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

function value<T>(
  answered: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number },
): T {
  assert(answered.ok, `the card refused: ${answered.ok ? '' : answered.status.toString(16)}`);
  return answered.value;
}

async function purchasesPerSecond(generation: 2 | 3): Promise<number> {
  const reader = new SimulatedReader();
  reader.insert('user', sampleCard(generation));
  reader.insert('sam', samplePsam());
  const [card, psam] = [await connect(reader, 'user'), await connect(reader, 'sam')];
  const holder = value(await readHolder(card));
  const terminal = value(await readTerminalNumber(psam));
  assert((await verifyPin(card, samplePin)).kind === 'right', 'the PIN of the sample card');
  value(await selectMedical(card));
  const begun = performance.now();
  for (let i = 0; i < purchases; i++) {
    const started = value(await initPurchase(card, amounts, terminal));
    const authorised = value(await psamInitPurchase(psam, holder, started, amounts, time));
    const done = value(await debitPurchase(card, authorised, time));
    assert(value(await psamCreditPurchase(psam, done.mac2)), 'MAC2');
  }
  return per(purchases, begun);
}

async function pursePurchasesPerSecond(family: CipherFamily): Promise<number> {
  const reader = new SimulatedReader();
  reader.insert('user', purseChip({ family, purses: { EP: newPurse(0xffff_ffff) } }));
  reader.insert('sam', samplePsam());
  const [card, psam] = [await connect(reader, 'user'), await connect(reader, 'sam')];
  const terminal = value(await readTerminalNumber(psam));
  const { factor } = value(await selectPurse(card));
  value(await selectPursePsam(psam));
  const order = { purse: 'EP', keyIndex: 1, amount: fen(1), terminal } as const;
  const begun = performance.now();
  for (let i = 0; i < purchases; i++) {
    const started = value(await initPurseOffline(card, 'purchase', order));
    const authorised = value(await psamInitPurse(psam, 'purchase', order, started, { time, factors: factor }));
    const done = value(await debitPurse(card, authorised, time));
    assert(value(await psamCreditPurchase(psam, done.mac2)), 'MAC2');
  }
  return per(purchases, begun);
}

/** The same ciphers on the same lengths, with nothing around them: what the purchase cannot do without. */
function cipherWorkPerSecond(
  family: CipherFamily,
  lengths: readonly [mac1: number, mac2: number, tac: number],
): number {
  const key = new Uint8Array(16).fill(0x5a);
  const [factor, random] = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)];
  const [mac1, mac2, tac] = lengths.map((length) => new Uint8Array(length).fill(3)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const begun = performance.now();
  for (let i = 0; i < purchases; i++) {
    const sam = sessionKey(family, diversify(family, key, factor), random);
    const chip = sessionKey(family, key, random);
    for (const session of [sam, chip]) {
      cardMac(family, session, mac1);
      cardMac(family, session, mac2);
    }
    transactionCode(family, key, tac);
  }
  return per(purchases, begun);
}

for (const generation of [2, 3] as const) {
  const family = generation === 2 ? 'des' : 'sm4';
  const kinds = [
    ['account', await purchasesPerSecond(generation), cipherWorkPerSecond(family, [26, 12, 30])],
    ['purse', await pursePurchasesPerSecond(family), cipherWorkPerSecond(family, [18, 4, 22])],
  ] as const;
  for (const [from, made, limit] of kinds)
    report({
      what: `offline purchases from the ${from}, ${family}`,
      per_s: Math.round(made),
      bare_ciphers_per_s: Math.round(limit),
      ratio: rounded(made / limit),
    });
}

const some = Math.min(cards, 5_000);
const images: Uint8Array[] = [];
const begun = performance.now();
for (let running = 1; running <= some; running++) images.push(sampleCard(3, { running }).image());
const made = per(some, begun);
const keysBegun = performance.now();
for (let running = 1; running <= some; running++)
  sampleStore.cardKeys(sampleFactors(3, running), new Uint8Array(16).fill(0x5a));
const keysOnly = per(some, keysBegun);
report({
  what: 'cards personalised, with their keys and image',
  per_s: Math.round(made),
  keys_alone_per_s: Math.round(keysOnly),
  ratio: rounded(made / keysOnly),
});

const byCommands = Math.min(cards, 500);
const finished = sampleCard(3);
const keyOfMaker = new Uint8Array(16).fill(0x5a);
const commandsBegun = performance.now();
for (let i = 0; i < byCommands; i++) {
  const { generation, history, capacity } = finished.memory;
  const chip = blankChip({ generation, history, capacity, transport: keyOfMaker });
  chip.powerOn();
  issueByCommands((command) => chip.transmit(command), finished.memory, keyOfMaker);
}
const issued = per(byCommands, commandsBegun);
report({
  what: 'cards personalised by commands',
  per_s: Math.round(issued),
  directly_per_s: Math.round(made),
  ratio: rounded(issued / made, 3),
});

const used = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const empty = used();
const kept = Array.from({ length: cards }, (_, i) => (images[i % some] as Uint8Array).slice());
const asImages = (used() - empty) / cards;
const withPower = Math.min(cards, 100_000);
const before = used();
const powered = Array.from({ length: withPower }, (_, i) => {
  const chip = Chip.fromImage(kept[i] as Uint8Array);
  chip.powerOn();
  return chip;
});
const asChips = (used() - before) / withPower;
report({
  what: 'memory of a simulated card, bytes',
  cards: kept.length,
  image: Math.round(asImages),
  with_power: Math.round(asChips),
  measured_with_power: powered.length,
});
