import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../../platform/postgres/index.ts';

const origin = 'https://agency.example';
let home: string;
let agent: ChildProcess;
let said: string;
let port: number;

const abandon = () => agent.kill('SIGKILL');

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tessera-agent-'));
  port = await freePort();
  const words = ['agent', '--simulated', '--port', String(port), '--origin', `${origin}/agency/reader`];
  agent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/apps/cli/main.ts', ...words], {
    env: { ...process.env, TESSERA_HOME: join(home, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', abandon);
  said = '';
  agent.stdout?.on('data', (text: Buffer) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 20_000 }).toContain(`127.0.0.1:${port}, for pages of ${origin}\n`);
});

afterEach(() => {
  process.removeListener('exit', abandon);
  abandon();
  rmSync(home, { recursive: true, force: true });
});

it('shows the pairing code on its screen, relays card and PSAM, and ends when it is told', async () => {
  const page = new WebSocket(`ws://127.0.0.1:${port}/agent`, { origin });
  await once(page, 'open');
  const ask = (request: object) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const hear = (data: unknown) => {
        const message = JSON.parse(String(data)) as Record<string, unknown>;
        if (message.type === 'readers') return;
        page.off('message', hear);
        resolve(message);
      };
      page.on('message', hear);
      page.send(JSON.stringify({ id: 1, ...request }));
    });
  await ask({ type: 'knock' });
  await expect.poll(() => said).toMatch(/Pairing code 配对码: {2}\d{3} \d{3}\n/);
  const [, first = '', second = ''] = /配对码: {2}(\d{3}) (\d{3})/.exec(said) ?? [];
  expect(await ask({ type: 'pair', code: first + second })).toMatchObject({ type: 'done' });
  const pages = join(home, 'data', 'field', 'agent-pages.json');
  expect(existsSync(pages) && statSync(pages).mode & 0o777).toBe(0o600);

  const { cards } = await ask({ type: 'find_cards', query: '', language: 'en' });
  const [{ card_number }] = cards as [{ card_number: string }];
  await ask({ type: 'claim', slot: 'simulated' });
  expect(await ask({ type: 'put_in', slot: 'simulated', card_number })).toMatchObject({ type: 'done' });
  expect(await ask({ type: 'connect', slot: 'simulated' })).toMatchObject({ atr: expect.stringMatching(/^3B6D/) });
  await ask({ type: 'claim', slot: 'sam' });
  await ask({ type: 'connect', slot: 'sam' });
  expect(await ask({ type: 'transmit', slot: 'sam', command: '00B0960006' })).toMatchObject({
    response: '9901000000079000',
  });
  await expect.poll(() => said).toContain('READ BINARY\n  > 00B0960006\n  < 9901000000079000');
  agent.kill('SIGTERM');
  expect((await once(agent, 'exit'))[0]).toBe(0);
});
