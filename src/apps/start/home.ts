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
  rmSync(file, { force: true });
  writeMark(file, { pid: process.pid, port });
  return () => rmSync(file, { force: true });
}

/** The port of the platform that runs with this data; null when none does. */
export const runningPort = (home: string): number | null => readMark(markOf(home))?.port ?? null;

type Mark = { readonly pid: number; readonly port: number };

const markOf = (home: string): string => join(home, 'running.json');

/** Of two starts in the same moment one makes the file; the other finds it there. */
function writeMark(file: string, mark: Mark): void {
  try {
    writeFileSync(file, JSON.stringify(mark), { flag: 'wx' });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
    throw new StartFault('Another start took the same data in this moment; look there, or try again.');
  }
}

function readMark(file: string): Mark | null {
  if (!existsSync(file)) return null;
  try {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as Mark;
    // Our own number: left by a start that was killed, before the system gave the number to us.
    return mark.pid !== process.pid && isStart(mark.pid) ? mark : null;
  } catch {
    // Half written by a start that was killed: it does not run.
    return null;
  }
}

/** A process of that number that is a start of ours: after a restart of the machine the number may be anybody's. */
function isStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    // A process of another user lives, although we may not signal it.
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start/main.ts');
  } catch {
    // Not to be read on this system: better one question too many than two starts on one database.
    return true;
  }
}
