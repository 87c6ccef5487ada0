import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KeyStorePlace, type MasterKey, openKeyStore } from '../../src/core/keys/index.ts';
import { makeToken, withoutModule } from '../../src/core/keys/soft-hsm.fixture.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-rotation-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const idOf = ({ family, name, version }: MasterKey): string => `${family}/${name}/${version}`;

/** Rotates in a process of its own until it has said `count` versions, then SIGKILL in the midst of the next. */
function rotateAndKill(place: KeyStorePlace, count: number): Promise<readonly MasterKey[]> {
  const child = fork(join(import.meta.dirname, 'rotation.ts'), [JSON.stringify(place)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const said: MasterKey[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<readonly MasterKey[]>();
  child.on('message', (key) => {
    said.push(key as MasterKey);
    // A different moment of the writing each time: a file is written in a millisecond or two.
    if (said.length === count) setTimeout(() => child.kill('SIGKILL'), count % 5);
  });
  child.once('exit', (code, signal) => (signal === 'SIGKILL' ? resolve(said) : reject(new Error(`ended: ${code}`))));
  return promise;
}

async function losesNothing(place: KeyStorePlace): Promise<void> {
  const known = new Map<string, string>();
  const keep = (key: MasterKey) => known.set(idOf(key), key.check_value);
  for (const key of (await openKeyStore(place, { make: true })).masters()) keep(key);
  for (const count of [1, 2, 3, 4, 5, 7, 9, 11]) {
    const said = await rotateAndKill(place, count);
    expect(said.length).toBeGreaterThanOrEqual(count);
    for (const key of said) keep(key);
    const opened = await openKeyStore(place);
    const there = new Map(opened.masters().map((key) => [idOf(key), key.check_value]));
    for (const [id, check_value] of known) expect(there.get(id), id).toBe(check_value);
    // One more may be there: installed, but not said any more.
    expect(there.size - known.size).toBeLessThanOrEqual(1);
    for (const key of opened.masters()) keep(key);
  }
}

it('killed during rotation, the store is whole and has every version that was said to be installed', () =>
  losesNothing({ file: join(folder, 'keys'), passphrases: ['of one person', 'of another'], pkcs11: null }));

it.skipIf(withoutModule !== null)(
  `killed during rotation, a module has them too${withoutModule ? ` (skipped: ${withoutModule})` : ''}`,
  () => losesNothing({ file: '', passphrases: ['', ''], pkcs11: makeToken(folder) }),
);
