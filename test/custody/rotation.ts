/**
 * A process that rotates master keys without end, for the proof that killing it loses none: opens a key store, installs
 * version after version, and says each one only when it is installed. Argument: where the store is, as JSON.
 */
import { type KeyStorePlace, openKeyStore } from '../../src/core/keys/index.ts';

const store = await openKeyStore(JSON.parse(process.argv[2] ?? '') as KeyStorePlace);
const newest = Math.max(...store.masters().map(({ version }) => version));
for (let version = newest + 1; version < 100; version++)
  for (const family of ['des', 'sm4'] as const) {
    const parts = ['A', 'B'].map((about) => ({ about, sealed: store.makeComponent(family, about).sealed }));
    const { sealed } = store.combine(family, parts, 'combined');
    process.send?.(await store.install({ family, name: 'DPK', version }, { sealed, about: 'combined' }));
  }
