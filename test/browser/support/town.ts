import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { defined } from '../../../src/kernel/assert.ts';

const root = resolve(import.meta.dirname, '../../..');
const ready_within_ms = 110_000;
const stopped_within_ms = 30_000;

/** A small city, started as anyone starts it, and a browser to look at it with. */
export type Town = {
  readonly address: string;
  readonly home: string;
  readonly browser: Browser;
  close(): Promise<void>;
};

export async function openTown(persons = 400): Promise<Town> {
  const home = mkdtempSync(join(tmpdir(), 'tessera-browser-'));
  const port = await freePorts(4);
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    ['tools/run.mjs', 'start', '--port', String(port), '--persons', String(persons)],
    { cwd: root, env: { ...environment, TESSERA_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Nothing may stay behind, even when the tests are broken off.
  const abandon = () => child.kill('SIGTERM');
  process.once('exit', abandon);
  const stop = async () => {
    await end(child);
    process.removeListener('exit', abandon);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const [browser] = await Promise.all([openBrowser(), isRunning(child)]);
    const close = async () => {
      await browser.close();
      await stop();
    };
    return { address: `http://127.0.0.1:${port}`, home, browser, close };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

async function openBrowser(): Promise<Browser> {
  // In one process Chromium ends with its first page.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote');
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, '--no-sandbox', '--disable-gpu'],
  });
}

function isRunning(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    const timer = setTimeout(() => fail(new Error(`the platform did not start in time:\n${said}`)), ready_within_ms);
    const hear = (text: Buffer) => {
      said += text;
      if (!said.includes('Tessera is running')) return;
      clearTimeout(timer);
      done();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`the platform ended with ${code}:\n${said}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopped_within_ms);
  await ended;
  clearTimeout(timer);
}

/** The first of so many ports in a row that nobody uses now. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await freePort(0);
    const row = Array.from({ length: count - 1 }, (_, step) => first + step + 1);
    const free = await Promise.all(row.map((port) => freePort(port).catch(() => null)));
    if (free.every((port) => port !== null)) return first;
  }
}

function freePort(wanted: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = defined(server.address(), 'a port') as { port: number };
      server.close(() => done(port));
    });
  });
}
