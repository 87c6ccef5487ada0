import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../platform/config.ts';
import { StartFault } from './ports.ts';

/**
 * Marks the data of this installation as in use, so that a second start does not share its database, chips and terminal
 * journals. Returns what gives it back; a mark whose process is gone is taken over.
 */
export function takeHome({ home, port }: Settings): () => void {
  const file = markOf(home);
  const running = readMark(file);
  if (running)
    throw new StartFault(
      `Tessera runs already with the data in ${home}, at port ${running.port} (process ${running.pid}). ` +
        'Stop it, or give this one data of its own: TESSERA_HOME=other npm start -- --port N',
    );
  writeFileSync(file, JSON.stringify({ pid: process.pid, port }));
  return () => rmSync(file, { force: true });
}

/** The port of the platform that runs with this data; null when none does. */
export const runningPort = (home: string): number | null => readMark(markOf(home))?.port ?? null;

const markOf = (home: string): string => join(home, 'running.json');

function readMark(file: string): { pid: number; port: number } | null {
  if (!existsSync(file)) return null;
  try {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; port: number };
    return isStart(mark.pid) ? mark : null;
  } catch {
    // Half written by a start that was killed: it does not run.
    return null;
  }
}

/** A process of that number that is a start of ours: after a restart of the machine the number may be anybody's. */
function isStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const words = `/proc/${pid}/cmdline`;
    return !existsSync(words) || readFileSync(words, 'utf8').includes('start/main.ts');
  } catch {
    return false;
  }
}
