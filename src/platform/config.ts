import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything a process needs to be told. Each value can be set by the environment variable named beside it. */
export type Settings = {
  /** `TESSERA_HOME`: data of this installation: database, secrets, chip images, journals of terminals. */
  readonly home: string;
  /** `DATABASE_URL`: owner's connection string; without it the embedded server is started. */
  readonly database_url: string;
  /** `HOST`, `PORT`: address of the web and the API. */
  readonly host: string;
  readonly port: number;
  /** `SWITCH_PORT`: terminals connect here. */
  readonly switch_port: number;
  /** `FIELD_PORT`: the simulated devices of the city, for the desks' pages. */
  readonly field_port: number;
  /** `AGENT_PORT`: the counter agent, on the loopback address only. */
  readonly agent_port: number;
  /** `TESSERA_SECRET`: signs sessions. */
  readonly secret: string;
  /** `TESSERA_DEVICE_TOKEN`: bearer token of the devices in the field. */
  readonly device_token: string;
  /** `TESSERA_KEY_PASSPHRASE`, `TESSERA_KEY_PASSPHRASE_2`: of the two persons who together open the software key store. */
  readonly key_passphrases: readonly [first: string, second: string];
  /** `TESSERA_PKCS11_LIBRARY`, `…_TOKEN`, `…_PIN`: a module that keeps the keys instead; null without a library. */
  readonly pkcs11: { readonly library: string; readonly token: string; readonly pin: string } | null;
  /** `TESSERA_BUREAU_KEY`: 64 hex digits exchanged with the card bureau; null when there is none. */
  readonly bureau_key: Uint8Array | null;
  /** `TESSERA_SECURE_COOKIES=1` behind TLS. */
  readonly secure_cookies: boolean;
  /** `TESSERA_DEMO=1`, as `npm start` sets it: shows the demo users, and makes chips of cards on request of a device. */
  readonly demo: boolean;
};

export class SettingsFault extends Error {
  override name = 'SettingsFault';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of this installation, whether it is there or not. */
export const homeOf = (environment: Environment = process.env): string =>
  resolve(environment.TESSERA_HOME ?? '.tessera');

/** Where an installation keeps its keys, unless a module does. */
export const keyFile = (home: string): string => join(home, 'keys');

/** The same as its key store is opened with. */
export const keyPlace = ({ home, key_passphrases, pkcs11 }: Settings) => ({
  file: keyFile(home),
  passphrases: key_passphrases,
  pkcs11,
});

export function readSettings(environment: Environment = process.env): Settings {
  const home = homeOf(environment);
  const port = portOf(environment, 'PORT', 8080);
  const secrets = readSecrets(home);
  return {
    home,
    database_url: environment.DATABASE_URL ?? '',
    host: environment.HOST ?? '127.0.0.1',
    port,
    switch_port: portBeside(environment, 'SWITCH_PORT', port + 1),
    field_port: portBeside(environment, 'FIELD_PORT', port + 2),
    agent_port: portBeside(environment, 'AGENT_PORT', port + 3),
    secret: environment.TESSERA_SECRET ?? secrets.secret,
    device_token: environment.TESSERA_DEVICE_TOKEN ?? secrets.device_token,
    key_passphrases: [
      environment.TESSERA_KEY_PASSPHRASE ?? secrets.key_passphrases[0],
      environment.TESSERA_KEY_PASSPHRASE_2 ?? secrets.key_passphrases[1],
    ],
    pkcs11: pkcs11Of(environment),
    bureau_key: bureauKeyOf(environment.TESSERA_BUREAU_KEY ?? ''),
    secure_cookies: environment.TESSERA_SECURE_COOKIES === '1',
    demo: environment.TESSERA_DEMO === '1',
  };
}

/** The settings as environment of a child process. */
export const asEnvironment = (settings: Settings): Record<string, string> => ({
  TESSERA_HOME: settings.home,
  DATABASE_URL: settings.database_url,
  HOST: settings.host,
  PORT: String(settings.port),
  SWITCH_PORT: String(settings.switch_port),
  FIELD_PORT: String(settings.field_port),
  AGENT_PORT: String(settings.agent_port),
  TESSERA_SECRET: settings.secret,
  TESSERA_DEVICE_TOKEN: settings.device_token,
  TESSERA_KEY_PASSPHRASE: settings.key_passphrases[0],
  TESSERA_KEY_PASSPHRASE_2: settings.key_passphrases[1],
  TESSERA_PKCS11_LIBRARY: settings.pkcs11?.library ?? '',
  TESSERA_PKCS11_TOKEN: settings.pkcs11?.token ?? '',
  TESSERA_PKCS11_PIN: settings.pkcs11?.pin ?? '',
  TESSERA_BUREAU_KEY: settings.bureau_key?.toHex() ?? '',
  TESSERA_SECURE_COOKIES: settings.secure_cookies ? '1' : '0',
  TESSERA_DEMO: settings.demo ? '1' : '0',
});

function pkcs11Of(environment: Environment): Settings['pkcs11'] {
  const { TESSERA_PKCS11_LIBRARY: library, TESSERA_PKCS11_TOKEN: token, TESSERA_PKCS11_PIN: pin } = environment;
  if (!library) return null;
  if (!token || !pin)
    throw new SettingsFault('TESSERA_PKCS11_LIBRARY also needs TESSERA_PKCS11_TOKEN and TESSERA_PKCS11_PIN');
  return { library, token, pin };
}

function portOf(environment: Environment, name: string, usual: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new SettingsFault(`${name} must be a port number between 1 and 65535, not "${text}"`);
  return port;
}

/** A port that follows the web's own unless it is given. */
function portBeside(environment: Environment, name: string, usual: number): number {
  const port = portOf(environment, name, usual);
  if (port > 65535)
    throw new SettingsFault(
      `there is no port ${port} for ${name}: choose a port up to 65532 for the web, or give SWITCH_PORT, FIELD_PORT and AGENT_PORT`,
    );
  return port;
}

function bureauKeyOf(text: string): Uint8Array | null {
  if (text === '') return null;
  if (!/^[0-9A-Fa-f]{64}$/.test(text)) throw new SettingsFault('TESSERA_BUREAU_KEY must be 64 hexadecimal digits');
  return Uint8Array.fromHex(text);
}

type Secrets = Pick<Settings, 'secret' | 'device_token' | 'key_passphrases'>;

/** Secrets of a demonstration are made once and kept beside its data; production hands them in by environment. */
function readSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  if (!existsSync(file)) makeSecrets(home, file);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  if (!Array.isArray(read.key_passphrases))
    throw new SettingsFault(
      `${file} is from before keys were opened by two persons: delete ${home}, or name another TESSERA_HOME`,
    );
  return read;
}

/** The file has its name only when it is whole; of two processes that make it at once, one makes it. */
function makeSecrets(home: string, file: string): void {
  // The server's own account walks through this folder, but need not see what is in it.
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const made = { secret: random(), device_token: random(), key_passphrases: [random(), random()] };
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(made, null, 2), { mode: 0o600 });
  try {
    linkSync(unfinished, file);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    rmSync(unfinished);
  }
}

const random = (): string =>
  crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url', omitPadding: true });
