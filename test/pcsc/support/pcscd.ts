import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/** What the tests run, by Debian package. */
const programs = {
  pcscd: ['pcscd'],
  opensc: ['opensc-tool'],
  'pcsc-tools': ['scriptor', 'pcsc_scan'],
  'util-linux': ['unshare', 'setpriv'],
  mount: ['mount'],
} as const;

const onPath = (program: string): boolean =>
  `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/sbin`
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));

/** Why no PC/SC service can be started here; null when it can. */
export function whyNoPcscd(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.getuid?.() !== 0) return 'needs root, for a mount namespace of its own';
  const missing = Object.entries(programs)
    .filter(([, names]) => !names.every(onPath))
    .map(([debian]) => debian);
  if (!existsSync(driver)) missing.push('vsmartcard-vpcd');
  if (missing.length > 0) return `needs Debian's ${missing.join(', ')}`;
  const allowed = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0;
  return allowed ? null : 'needs leave to mount in a namespace of its own';
}

/**
 * A PC/SC service with two empty virtual slots and nothing else: in a mount namespace of its own it sees no other
 * driver, and neither its socket nor its mark meets those of the system's own service. It dies with this process.
 */
export class Pcscd {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tessera-pcscd-'));
  #process: ChildProcess | null = null;
  #log = '';
  /** Where vpcd waits for a card, first and second slot. */
  ports: readonly [number, number] = [0, 0];

  /** Programs that are to find this service need this in their environment. */
  get environment(): { readonly PCSCLITE_CSOCK_NAME: string } {
    return { PCSCLITE_CSOCK_NAME: join(this.#folder, 'run', 'pcscd.comm') };
  }

  /** Somewhere for a test's files. */
  get folder(): string {
    return this.#folder;
  }

  async start(): Promise<void> {
    const port = await freePair();
    this.ports = [port, port + 1];
    for (const name of ['run', 'conf']) mkdirSync(join(this.#folder, name), { recursive: true });
    const library = join(this.#folder, 'libifdvpcd.so');
    copyFileSync(driver, library);
    writeFileSync(
      join(this.#folder, 'conf', 'vpcd'),
      `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${port}\nLIBPATH ${library}\nCHANNELID ${port}\n`,
    );
    const script = [
      'mount -t tmpfs tmpfs /run',
      'mkdir /run/pcscd',
      'mount --bind "$1/run" /run/pcscd',
      'mount -t tmpfs tmpfs /usr/lib/pcsc/drivers',
      'exec setpriv --pdeathsig KILL pcscd --foreground --config "$1/conf"',
    ].join(' && ');
    const child = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', this.#folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (text: Buffer) => {
      this.#log += text;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    this.#process = child;
    for (let i = 0; !existsSync(this.environment.PCSCLITE_CSOCK_NAME); i++) {
      if (child.exitCode !== null || i > 200) throw new Error(`pcscd did not start:\n${this.#log}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs a PC/SC program against this service; what it said, also when it was stopped after `for_ms`. */
  run(program: string, words: readonly string[], for_ms = 30_000): Promise<string> {
    const env = { ...process.env, ...this.environment, LC_ALL: 'C' };
    return new Promise((resolve) => {
      execFile(program, words, { env, timeout: for_ms }, (_, stdout, stderr) => resolve(stdout + stderr));
    });
  }
}

/** The first of two free ports in a row: vpcd has a slot at each. */
async function freePair(): Promise<number> {
  for (;;) {
    const first = await freePort(0);
    if (first && first < 65_535 && (await freePort(first + 1))) return first;
  }
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(wanted, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
