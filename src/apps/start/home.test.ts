import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../../platform/config.ts';
import { runningPort, takeHome } from './home.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tessera-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const mark = (pid: number) => writeFileSync(join(home, 'running.json'), JSON.stringify({ pid, port: 8080 }));
const take = () => takeHome(readSettings({ TESSERA_HOME: home, PORT: '9000' }));

test('the mark of a killed start whose number is now ours is taken over', () => {
  mark(process.pid);
  expect(runningPort(home)).toBeNull();
  const release = take();
  expect(JSON.parse(readFileSync(join(home, 'running.json'), 'utf8'))).toEqual({ pid: process.pid, port: 9000 });
  release();
});

test('the mark of a process that is gone, or is no start, is taken over', () => {
  mark(2 ** 22 + 1);
  take()();
  mark(process.ppid);
  take()();
});

test('the mark of a start that runs refuses a second one', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'start/main.ts']);
  try {
    await new Promise((resolve) => child.once('spawn', resolve));
    mark(child.pid as number);
    expect(runningPort(home)).toBe(8080);
    expect(take).toThrow(/runs already/);
  } finally {
    child.kill('SIGKILL');
  }
});
