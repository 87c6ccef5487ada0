import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytes, hex, xor } from '../../kernel/bytes.ts';
import {
  authenticationData,
  type CardKeyName,
  type CipherFamily,
  cardFactors,
  cardKeyNames,
  cardMac,
  cityFactors,
  decrypt,
  diversify,
  encryptData,
  keyCheckValue,
  Pkcs11KeyStore,
  SoftwareKeyStore,
  sessionKey,
  transactionCode,
  unionpayMac,
  unwrapKeyBlock,
  unwrapWorkingKeys,
} from './index.ts';
import { oddParity } from './parity.ts';
import { makeToken, withoutModule } from './soft-hsm.fixture.ts';

const transport = bytes('000102030405060708090A0B0C0D0E0F');
const challenge = bytes('1122334455667788');
const input = bytes('04D6850C10 0102030405060708090A0B0C');
const component = bytes('8C0D1E2F3A4B5C6D7E8F90A1B2C3D4E5');
const families: readonly CipherFamily[] = ['des', 'sm4'];
/** Roots of the second version, as custodians brought them: known to the test, so that every answer can be computed. */
const root = (family: CipherFamily, name: CardKeyName): Uint8Array => {
  const key = Uint8Array.from(bytes('2B7E151628AED2A6ABF7158809CF4F3C'), (byte) => byte ^ cardKeyNames.indexOf(name));
  return family === 'des' ? oddParity(key) : key;
};

type Store = SoftwareKeyStore | Pkcs11KeyStore;

async function bring(store: Store, family: CipherFamily, name: string, key: Uint8Array, version = 2) {
  const [a, b] = [`${name} A`, `${name} B`];
  const parts = [
    { about: a, sealed: store.takeComponent(family, component, a).sealed },
    { about: b, sealed: store.takeComponent(family, xor(key, component), b).sealed },
  ];
  const { sealed } = store.combine(family, parts, `${name} combined`);
  return store.install({ family, name, version }, { sealed, about: `${name} combined` });
}

let folder: string;
const stores: Partial<Record<'software' | 'pkcs11', Store>> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'both-stores-'));
  stores.software = await SoftwareKeyStore.create(join(folder, 'keys'), ['first', 'second']);
  if (!withoutModule) stores.pkcs11 = await Pkcs11KeyStore.create(makeToken(folder));
  for (const store of Object.values(stores))
    for (const family of families) {
      for (const name of cardKeyNames) await bring(store, family, name, root(family, name));
      await bring(store, family, 'TK-BANK', transport, 1);
    }
});
afterAll(async () => {
  if (stores.pkcs11 instanceof Pkcs11KeyStore) stores.pkcs11.close();
  await rm(folder, { recursive: true });
});

describe.each(['software', 'pkcs11'] as const)('%s', (kind) => {
  const skipped = kind === 'pkcs11' ? withoutModule : null;
  const here = test.skipIf(skipped !== null);
  const named = (title: string) => (skipped ? `${title} (skipped: ${skipped})` : title);
  const store = (): Store => stores[kind] as Store;

  for (const family of families) {
    const card = { ...cardFactors('990100', bytes('0090010203 8660 9901 00000001'), family), version: 2 };
    const city = (name: CardKeyName) =>
      diversify(family, diversify(family, root(family, name), card.province), card.city);
    const cardKey = (name: CardKeyName) => diversify(family, city(name), card.card);

    here(named(`${family}: every proof is what the known key gives`), () => {
      const original = bytes('0102030405060708');
      for (const name of cardKeyNames) {
        const key = cardKey(name);
        const session = sessionKey(family, key, challenge);
        expect(hex(store().authentication(name, card, challenge, original))).toBe(
          hex(authenticationData(family, key, challenge, original)),
        );
        expect(hex(store().commandMac(name, card, challenge, input))).toBe(hex(cardMac(family, session, input)));
        expect(hex(store().commandCipher(name, card, challenge, input))).toBe(hex(encryptData(family, session, input)));
      }
      const seed = bytes('AABBCCDD 0007 8000');
      expect(hex(store().loadMac(card, { random: seed.slice(0, 4), sequence: 7 }, input))).toBe(
        hex(cardMac(family, sessionKey(family, cardKey('DLK'), seed), input)),
      );
      expect(hex(store().tac(card, input))).toBe(hex(transactionCode(family, cardKey('DTK'), input)));
    });

    here(named(`${family}: keys for card and PSAM leave under the transport key only`), () => {
      for (const { name, encrypted, check_value } of store().cardKeys(card, transport)) {
        expect(hex(decrypt(family, transport, encrypted))).toBe(hex(cardKey(name)));
        expect(check_value).toBe(keyCheckValue(family, cardKey(name)));
      }
      for (const { name, encrypted } of store().psamKeys(card, transport))
        expect(hex(decrypt(family, transport, encrypted))).toBe(hex(city(name)));
    });

    here(named(`${family}: a city's key is exported under a transport key`), () => {
      const factors = cityFactors('990100', family);
      const key = { family, name: 'DPK', version: 2, province: factors.province, city: factors.city };
      const { text, check_value, format } = store().exportKey(key, { family, name: 'TK-BANK', version: 1 });
      expect(check_value).toBe(keyCheckValue(family, city('DPK')));
      const clear = () => {
        if (format === 'sm4_ecb') return decrypt('sm4', transport, bytes(text));
        const block = unwrapKeyBlock(oddParity(transport), text);
        if (!block.ok) throw new Error(block.fault);
        expect(block.header).toMatchObject({ version: 'B', exportability: 'N', key_version: '02' });
        return block.key;
      };
      expect(keyCheckValue(family, clear())).toBe(check_value);
      expect(() => store().exportKey(key, { family, name: 'TK-NOBODY', version: 1 })).toThrow('TK-NOBODY');
    });
  }

  here(named('terminal and store agree on working keys and MAC'), () => {
    const { sealed, injection } = store().createTerminalKey('T0000001', transport);
    const working = store().createWorkingKeys(sealed);
    const clear = unwrapWorkingKeys(decrypt('des', transport, injection), working.download);
    expect(hex(store().terminalMac(working.mac, input))).toBe(hex(unionpayMac(clear.mac, input)));
    for (const wrong of [
      { ...sealed, name: 'TMK/T0000003' },
      { ...sealed, version: 2 },
      { ...sealed, sealed: `00${sealed.sealed.slice(2)}` },
      { ...sealed, sealed: 'not hex' },
      { ...sealed, sealed: '00' },
    ])
      expect(() => store().terminalMac(wrong, challenge)).toThrow('sealed');
  });

  here(named('a component opens only as the one it was made for'), () => {
    const made = store().makeComponent('des', 'ceremony 1/A');
    expect(made.check_value).toBe(keyCheckValue('des', made.component));
    expect(hex(made.component)).toBe(hex(oddParity(made.component)));
    const one = { sealed: made.sealed, about: 'ceremony 1/A' };
    expect(() => store().combine('des', [one, { ...one, about: 'ceremony 1/B' }], 'x')).toThrow('sealed');
  });

  here(named('versions stand side by side until one is destroyed; one is never put over another'), async () => {
    const card = cardFactors('990100', bytes('0090010203 8660 9901 00000001'), 'des');
    const first = hex(store().tac(card, input));
    expect(hex(store().tac({ ...card, version: 2 }, input))).not.toBe(first);
    await expect(bring(store(), 'des', 'DTK', transport)).rejects.toMatchObject({ code: 'keys.version_taken' });
    await bring(store(), 'des', 'DTK', root('des', 'DTK'));
    const versions = () =>
      store()
        .masters()
        .filter(({ family, name }) => family === 'des' && name === 'DTK');
    expect(versions().map(({ version }) => version)).toEqual([1, 2]);
    await store().destroy({ family: 'des', name: 'DTK', version: 1 });
    expect(versions().map(({ version }) => version)).toEqual([2]);
    expect(() => store().tac(card, input)).toThrow('des/DTK/1');
    expect(hex(store().tac({ ...card, version: 2 }, input))).toHaveLength(8);
  });

  here(named('says what it can and cannot promise, in both languages'), () => {
    const { kind: said, notes } = store().capabilities();
    expect(said).toBe(kind);
    expect(notes.some(({ zh, en }) => zh.includes('SM4') && en.includes('SM4'))).toBe(kind === 'pkcs11');
  });

  here(named('no root lies in a file in the clear'), async () => {
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const contents = (await readFile(join(file.parentPath, file.name))).toString('latin1').toLowerCase();
      for (const family of families) {
        const key = root(family, 'IRK');
        expect(contents).not.toContain(Buffer.from(key).toString('latin1').toLowerCase());
        expect(contents).not.toContain(key.toHex());
      }
    }
  });
});

test.skipIf(withoutModule !== null)(
  `both stores give the same bytes${withoutModule ? ` (skipped: ${withoutModule})` : ''}`,
  () => {
    const answers = Object.values(stores).map((store) =>
      families.flatMap((family) => {
        const card = { ...cardFactors('990100', bytes('0090010203 8660 9901 00000002'), family), version: 2 };
        return [
          store.authentication('IRK', card, challenge, challenge),
          store.commandMac('STK', card, challenge, input),
          store.tac(card, input),
          ...store.cardKeys(card, transport).map(({ encrypted }) => encrypted),
          ...store.psamKeys(card, transport).map(({ encrypted }) => encrypted),
        ].map(hex);
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  },
);
