import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/apps/client/api.ts';
import { type DeviceRecord, readDevices } from '../../src/apps/field/devices.ts';
import { seed } from '../../src/apps/seed/seed.ts';
import { demoPassword, demoPin } from '../../src/apps/seed/users.ts';
import type { Chip } from '../../src/core/card/index.ts';
import { SoftwareKeyStore } from '../../src/core/keys/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import { issueChip } from '../../src/operations/issuance/index.ts';
import { openAuth } from '../../src/platform/auth/index.ts';
import { asEnvironment, keyFile, readSettings, type Settings } from '../../src/platform/config.ts';
import { type Database, migrate, openDatabase } from '../../src/platform/database/index.ts';
import { granted } from '../../src/platform/http/index.ts';
import { freePort } from '../../src/platform/postgres/index.ts';
import { Desk } from '../journeys/support/desk.ts';
import { Till } from '../journeys/support/till.ts';
import { Member } from './member.ts';
import { Server } from './server.ts';

/** Somebody with a card at a till, and the cashier behind it. */
export type Counter = {
  readonly till: Till;
  readonly desk: Desk;
  readonly chip: Chip;
  readonly card_id: string;
  readonly card_number: string;
};

/** A small city with its own server of full durability; switch and centre are processes that can be killed. */
export class Town {
  readonly database: Database;
  readonly server: Server;
  readonly switch: Member;
  readonly centre: Member;
  readonly counters: Counter[] = [];
  readonly settings: Settings;

  private constructor(server: Server, settings: Settings) {
    const logs = join(settings.home, 'log');
    mkdirSync(logs, { recursive: true });
    const NODE_COMPILE_CACHE = join(settings.home, 'compiled');
    const environment = { ...asEnvironment(settings), LOG_LEVEL: 'warn', NODE_COMPILE_CACHE };
    this.server = server;
    this.settings = settings;
    this.database = openDatabase(settings.database_url);
    this.switch = new Member('switch', environment, logs);
    this.centre = new Member('centre', environment, logs);
  }

  static async found(persons: number, terminals: number): Promise<Town> {
    const server = await Server.start();
    const settings = await newSettings(server.url);
    const town = new Town(server, settings);
    try {
      await migrate(server.url, 'db/migrations');
      const owner = openDatabase(server.url, { role: null, connections: 1 });
      await seed(owner, settings, { persons, seed: 1 }, () => {}).finally(() => owner.close());
      await town.#startTwice();
      await town.#openCounters(terminals);
      return town;
    } catch (fault) {
      await town.close();
      throw fault;
    }
  }

  /** Ends everything, however far it came. */
  async close(): Promise<void> {
    await Promise.all([this.switch.kill(), this.centre.kill()]);
    await Promise.all(this.counters.map(({ till }) => till.close()));
    await this.database.close();
    await this.server.close();
    rmSync(this.settings.home, { recursive: true, force: true });
  }

  /** What a process has compiled it leaves behind only when it ends by itself; every later start is twice as fast. */
  async #startTwice(): Promise<void> {
    const members = [this.switch, this.centre];
    await Promise.all(members.map((member) => member.start()));
    await Promise.all(members.map((member) => member.stop()));
    await Promise.all(members.map((member) => member.start()));
  }

  async #openCounters(count: number): Promise<void> {
    const { home, key_passphrases, host, switch_port: port } = this.settings;
    const keys = await SoftwareKeyStore.open(keyFile(home), key_passphrases);
    const devices = readDevices(home).devices.filter(({ institution_code }) => institution_code.startsWith('H'));
    const desks = await this.#openDesks(devices.slice(0, count));
    const cards = await richestCards(this.database, count);
    for (const [i, device] of devices.slice(0, count).entries()) {
      const { card_id, card_number } = defined(cards[i], 'a card with money behind it');
      const chip = granted(await issueChip(this.database, keys, card_number, demoPin));
      const till = await Till.open({ device, folder: home, centre: { host, port, timeout_ms: 2_000 } });
      till.insert(chip);
      const desk = defined(desks.get(device.institution_code), 'a desk');
      this.counters.push({ till, desk, chip, card_id, card_number });
    }
  }

  /** A cashier for each institution that has one of the terminals. */
  async #openDesks(devices: readonly DeviceRecord[]): Promise<Map<string, Desk>> {
    const auth = openAuth({ ...this.settings, url: this.settings.database_url });
    const desks = new Map<string, Desk>();
    for (const institution_code of new Set(devices.map((device) => device.institution_code))) {
      const username = `cashier_${institution_code.toLowerCase()}`;
      const name = { name: '收费员', name_en: 'Cashier' };
      await auth.createUser({ ...name, username, password: demoPassword, role: 'hospital', institution_code });
      const api = new ApiClient(`http://${this.settings.host}:${this.settings.port}`);
      await api.signIn(username, demoPassword);
      desks.set(institution_code, new Desk(api));
    }
    await auth.close();
    return desks;
  }
}

async function newSettings(DATABASE_URL: string): Promise<Settings> {
  const TESSERA_HOME = mkdtempSync(join(tmpdir(), 'tessera-crash-'));
  const [web, terminals, devices] = [await freePort(), await freePort(), await freePort()].map(String);
  return readSettings({ TESSERA_HOME, DATABASE_URL, PORT: web, SWITCH_PORT: terminals, FIELD_PORT: devices });
}

/** Cards in use whose holders have most on their accounts: the load is not to end for want of money. */
const richestCards = (database: Database, count: number) =>
  database.query<{ card_id: string; card_number: string }>(
    `select card_id, card_number from issuance.v_cards join ledger.v_balances on owner = person_id::text
     where state = 'active' and book = 'medical-employee' and gl_code = '3001.02' and expires_on >= current_date
     order by balance_fen desc limit $1`,
    [count],
  );
