import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoKey, demoCases } from '../../../sim/city/index.ts';
import { buildCentre } from '../../../src/apps/centre/centre.ts';
import { ApiClient } from '../../../src/apps/client/api.ts';
import { type DeviceBook, readDevices } from '../../../src/apps/field/devices.ts';
import { seed } from '../../../src/apps/seed/seed.ts';
import { demoPassword } from '../../../src/apps/seed/users.ts';
import { openPayments } from '../../../src/apps/switch/payments.ts';
import { openWireLog, type WireLog } from '../../../src/apps/switch/wire-log.ts';
import { Chip } from '../../../src/core/card/index.ts';
import { SoftwareKeyStore } from '../../../src/core/keys/index.ts';
import { SwitchServer, TerminalStore } from '../../../src/core/switch/index.ts';
import { assert, defined } from '../../../src/kernel/assert.ts';
import { type Auth, openAuth } from '../../../src/platform/auth/index.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { keyFile, readSettings, type Settings } from '../../../src/platform/config.ts';
import type { Database } from '../../../src/platform/database/index.ts';
import type { App } from '../../../src/platform/http/index.ts';
import { openLog } from '../../../src/platform/log.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { Desk } from './desk.ts';
import { Till } from './till.ts';
import { WireTap } from './wire-tap.ts';

const root = resolve(import.meta.dirname, '../../..');

/** How often money has moved. */
type Money = { readonly journals: bigint; readonly settled: bigint; readonly in_force: bigint };

/** Parts that are made one after the other when the platform starts. */
type Parts = {
  readonly home: string;
  readonly settings: Settings;
  readonly postgres: TestDatabase;
  readonly auth: Auth;
  readonly app: App;
  readonly address: string;
  readonly server: SwitchServer;
  readonly wire: WireLog;
  readonly tap: WireTap;
};

/** Centre and switch of a small city in this process, wired as their programs wire them, open on real ports. */
export class Platform {
  readonly #parts: Parts;
  readonly #book: DeviceBook;
  readonly #tills: Till[] = [];
  readonly #taken = new Set<string>();

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#book = readDevices(parts.home);
  }

  static async start(persons = 400): Promise<Platform> {
    const home = mkdtempSync(join(tmpdir(), 'tessera-journey-'));
    const postgres = await createTestDatabase();
    const settings = readSettings({ TESSERA_HOME: home, DATABASE_URL: postgres.url, TESSERA_DEMO: '1' });
    await seed(postgres.owner, settings, { persons, seed: 1 }, () => {});
    const { database } = postgres;
    const auth = openAuth({ ...settings, url: postgres.url });
    // Whatever is logged here would be a fault of ours.
    const log = openLog('journey');
    log.level = 'warn';
    const clock = systemClock;
    const app = await buildCentre({ settings, database, auth, log, clock, root, pages: join(home, 'no-pages') });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const keys = await SoftwareKeyStore.open(keyFile(home), settings.key_passphrases);
    const wire = openWireLog(database, (fault) => log.error(fault));
    const server = new SwitchServer({
      directory: new TerminalStore(database),
      keys,
      clock,
      handle: openPayments(database, keys, clock).handle,
      journal: wire.add,
      onFault: (fault) => log.error(fault),
    });
    const tap = await WireTap.open(await server.listen(0));
    return new Platform({ home, settings, postgres, auth, app, address, server, wire, tap });
  }

  get database(): Database {
    return this.#parts.postgres.database;
  }

  /** With the rights of the owner: for what only the passing of years brings about. */
  get owner(): Database {
    return this.#parts.postgres.owner;
  }

  /** On the line of every till. */
  get tap(): WireTap {
    return this.#parts.tap;
  }

  async signIn(username: string): Promise<ApiClient> {
    const api = new ApiClient(this.#parts.address);
    await api.signIn(username, demoPassword);
    return api;
  }

  async desk(username: 'hospital' | 'pharmacy'): Promise<Desk> {
    return new Desk(await this.signIn(username));
  }

  /** The first till of the institution a desk belongs to; each is opened once. */
  async till(desk: Desk): Promise<Till> {
    const { institution_code } = await desk.api.get<{ institution_code: string }>('/api/me');
    const device = this.#book.devices.find(
      (one) => one.institution_code === institution_code && !this.#taken.has(one.terminal_id),
    );
    assert(device, 'a till that nobody has opened');
    this.#taken.add(device.terminal_id);
    const centre = { host: '127.0.0.1', port: this.tap.port, timeout_ms: 3_000 };
    const till = await Till.open({ device, folder: this.#parts.home, centre });
    this.#tills.push(till);
    return till;
  }

  /** Number of the card of someone of the city's named cases. */
  cardOf(key: DemoKey): string {
    const found = this.#book.drawer.find((entry) => entry.en.note === demoCases[key].en);
    return defined(found, `card of ${key}`).card_number;
  }

  /** Card of an employee nobody has asked for yet. */
  someonesCard(): string {
    const named = new Set(Object.values(demoCases).map(({ en }) => en as string));
    const found = this.#book.drawer.find(({ card_number, en }) => !named.has(en.note) && !this.#taken.has(card_number));
    const { card_number } = defined(found, 'a card in the drawer');
    this.#taken.add(card_number);
    return card_number;
  }

  /** The chip, as the issuing station gives it to a device of the field. */
  async chip(card_number: string): Promise<Chip> {
    const { image } = (await this.asDevice(`/api/cards/${card_number}/chip`, {})) as { image: string };
    return Chip.fromImage(Uint8Array.fromBase64(image));
  }

  async asDevice(path: string, body: unknown): Promise<unknown> {
    const { address, settings } = this.#parts;
    const headers = { authorization: `Bearer ${settings.device_token}`, 'content-type': 'application/json' };
    const answer = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert(answer.ok, `${path} answered ${answer.status}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  }

  /** What of the city's money a refusal must not change: journals, settlements, payments in force. */
  async money(): Promise<Money> {
    const [row] = await this.database.query<Money>(
      `select (select count(*) from ledger.journals) as journals,
         (select count(*) from medical.v_settlements where state = 'settled') as settled,
         (select count(*) from payment.v_payments where state in ('approved', 'chip_confirmed')) as in_force`,
    );
    return defined(row, 'counts');
  }

  async close(): Promise<void> {
    const { app, auth, server, wire, tap, home } = this.#parts;
    await Promise.all(this.#tills.map((till) => till.close()));
    await tap.close();
    await server.stop(0);
    await wire.close();
    await app.close();
    await auth.close();
    rmSync(home, { recursive: true, force: true });
  }
}
