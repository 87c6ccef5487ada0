import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PairedPage, PairingOptions } from '../../field/agent/index.ts';
import { fieldFolder } from './devices.ts';

const codeFile = (home: string): string => join(fieldFolder(home), 'agent-code');
const pagesFile = (home: string): string => join(fieldFolder(home), 'agent-pages.json');

/** The code that the agent of this installation shows now; null when it shows none. */
export const shownCode = (home: string): string | null =>
  existsSync(codeFile(home)) ? readFileSync(codeFile(home), 'utf8') : null;

/** Others may walk through, not look around, as in the folder above it. */
const openFolder = (home: string) => mkdirSync(fieldFolder(home), { recursive: true, mode: 0o711 });

/** An agent without a screen shows its code in a file for its owner's eyes (`npx tessera agent --code`). */
export function showInFile(home: string): PairingOptions['show'] {
  const file = codeFile(home);
  openFolder(home);
  rmSync(file, { force: true });
  return (code) => (code === null ? rmSync(file, { force: true }) : writeWhole(file, code));
}

/** The pages paired with the agent of this installation, kept over its restarts: hashes of tokens, never tokens. */
export function keptPages(home: string): Pick<PairingOptions, 'paired' | 'keep'> {
  const file = pagesFile(home);
  openFolder(home);
  return { paired: readPages(file), keep: (pages) => writeWhole(file, JSON.stringify(pages, null, 2)) };
}

/** A damaged file forgets its pages: they are paired again. */
function readPages(file: string): readonly PairedPage[] {
  if (!existsSync(file)) return [];
  try {
    const pages = JSON.parse(readFileSync(file, 'utf8')) as readonly PairedPage[];
    return pages.filter(({ hash, origin, until }) => hash && origin && Temporal.Instant.from(until));
  } catch {
    return [];
  }
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
