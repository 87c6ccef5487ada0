/**
 * Simulated cards: offline purchases a second (chip and PSAM, every command over T=0, all crypto) beside the bare cipher
 * work they contain; cards personalised a second beside the diversification of their keys; bytes for each card when so
 * many exist, as images and with power. `node bench/cards.ts [purchases] [cards]`; prints one JSON line for each.
 */
import {
  Chip,
  connect,
  debitPurchase,
  initPurchase,
  packTime,
  psamCreditPurchase,
  psamInitPurchase,
  readHolder,
  readTerminalNumber,
  SimulatedReader,
  selectMedical,
  verifyPin,
} from '../src/core/card/index.ts';
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

/** The same ciphers on the same lengths, with nothing around them: what the purchase cannot do without. */
function cipherWorkPerSecond(family: CipherFamily): number {
  const key = new Uint8Array(16).fill(0x5a);
  const [factor, random] = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)];
  const [mac1, mac2, tac] = [26, 12, 30].map((length) => new Uint8Array(length).fill(3)) as [
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
  const [made, limit] = [await purchasesPerSecond(generation), cipherWorkPerSecond(family)];
  report({
    what: `offline purchases, ${family}`,
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
