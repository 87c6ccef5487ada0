/**
 * What a proof costs: MACs a second of terminals and card commands through each key store, beside the raw cipher
 * operations they are made of, on one core in the same run. `node bench/keys.ts [operations]`
 */
import { createCipheriv } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cardFactors, type KeyStore, Pkcs11KeyStore, SoftwareKeyStore } from '../src/core/keys/index.ts';
import { makeToken, withoutModule } from '../src/core/keys/soft-hsm.fixture.ts';
import { bytes } from '../src/kernel/bytes.ts';

const [operations = 20_000] = process.argv.slice(2).map(Number);
const key = bytes('000102030405060708090A0B0C0D0E0F');
const message = new Uint8Array(200).fill(0x5a);
const challenge = bytes('1122334455667788');
const input = bytes('04D6850C10 0102030405060708090A0B0C');
const history = bytes('0090010203 8660 9901 00000001');
const cards = { des: cardFactors('990100', history, 'des'), sm4: cardFactors('990100', history, 'sm4') };

/** Operations a second, after a tenth of them to warm up. */
function rate(run: () => unknown, count = operations): number {
  for (let i = 0; i < count / 10; i++) run();
  const begun = performance.now();
  for (let i = 0; i < count; i++) run();
  return (count / (performance.now() - begun)) * 1000;
}

function block(cipher: string, length: number, material: Uint8Array): () => unknown {
  const context = createCipheriv(cipher, material, null).setAutoPadding(false);
  const data = new Uint8Array(length);
  return () => context.update(data);
}

const rows: { what: string; store: string; per_second: number; beside: number }[] = [];
const raw = {
  des: rate(block('des-ede3', 8, new Uint8Array([...key, ...key.slice(0, 8)]))),
  sm4: rate(block('sm4-ecb', 16, key)),
};

function measure(store: string, keys: KeyStore, count: number): void {
  const { sealed } = keys.createTerminalKey('BENCH', key);
  const { mac } = keys.createWorkingKeys(sealed);
  const add = (what: string, beside: number, run: () => unknown) =>
    rows.push({ what, store, per_second: rate(run, count), beside });
  add('terminal MAC, 200 bytes (2 blocks)', raw.des / 2, () => keys.terminalMac(mac, message));
  add('card command MAC, 3DES (4 blocks)', raw.des / 4, () => keys.commandMac('STK', cards.des, challenge, input));
  add('card command MAC, SM4 (3 blocks)', raw.sm4 / 3, () => keys.commandMac('STK', cards.sm4, challenge, input));
  add('TAC, 3DES (5 blocks)', raw.des / 5, () => keys.tac(cards.des, input));
}

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-keys-'));
try {
  measure('software', SoftwareKeyStore.volatile(), operations);
  if (withoutModule) console.log(`PKCS#11 is left out: ${withoutModule}`);
  else {
    const module = await Pkcs11KeyStore.create(makeToken(folder));
    measure('SoftHSM 2', module, operations);
    module.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
const figure = (value: number) => Math.round(value).toLocaleString('en').padStart(12);
console.log(`raw blocks a second: 3DES ${figure(raw.des)}   SM4 ${figure(raw.sm4)}\n`);
console.log(`${'what'.padEnd(38)}${'store'.padEnd(12)}${'a second'.padStart(12)}${'raw'.padStart(12)}   share of raw`);
for (const { what, store, per_second, beside } of rows)
  console.log(
    `${what.padEnd(38)}${store.padEnd(12)}${figure(per_second)}${figure(beside)}   ${((per_second / beside) * 100).toFixed(0)} %`,
  );
