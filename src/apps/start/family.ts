import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** The processes of the platform, each started, watched, restarted when it dies, and stopped in order. */
export type Family = {
  start(name: string, program: string): Promise<void>;
  /** Stops all, the last started first. */
  stop(): Promise<void>;
};

const restart_after_ms = 500;
const ready_within_ms = 60_000;
const stop_within_ms = 10_000;

export function openFamily(environment: Record<string, string>, logs: string, root: string): Family {
  const members: { name: string; child: ChildProcess; log: WriteStream }[] = [];
  let stopping = false;

  function launch(name: string, program: string): { child: ChildProcess; ready: Promise<void> } {
    const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a', mode: 0o600 });
    const child = fork(join(root, program), [], {
      cwd: root,
      env: { ...process.env, ...environment },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C reaches only the supervisor, which stops the others in order.
      detached: true,
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    members.push({ name, child, log });
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${name} was not ready in time; see ${name}.log`)),
        ready_within_ms,
      );
      child.on('message', (message) => {
        if (message === 'ready') {
          clearTimeout(timer);
          resolve();
        }
      });
      child.on('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`${name} ended (${signal ?? code}); see ${join(logs, `${name}.log`)}`));
      });
    });
    child.on('exit', () => {
      members.splice(
        members.findIndex((member) => member.child === child),
        1,
      );
      log.end();
      if (!stopping) setTimeout(() => again(name, program), restart_after_ms);
    });
    return { child, ready };
  }

  function again(name: string, program: string): void {
    if (stopping) return;
    launch(name, program).ready.catch(() => {});
  }

  return {
    async start(name, program) {
      if (stopping) throw new Error('the processes are being stopped');
      await launch(name, program).ready;
    },
    async stop() {
      stopping = true;
      for (const { child } of [...members].reverse()) await end(child);
    },
  };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill('SIGKILL'), stop_within_ms);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
