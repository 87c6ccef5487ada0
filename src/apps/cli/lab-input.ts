import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LabFault } from './lab-language.ts';

/** Files are named as seen from where the command was given. */
const here = (): string => process.env.INIT_CWD ?? process.cwd();

/** Far above the longest value or script, far below what would trouble anybody's memory. */
const largestFile = 1024 * 1024;

let stdin: string | null = null;

/** A value as given, from standard input for `-`, from a file for `@file`. Standard input is read once. */
export async function textOf(option: string, given: string): Promise<string> {
  if (given === '-') {
    stdin ??= await readAll(option);
    return stdin.trim();
  }
  return given.startsWith('@') ? fileText(option, given.slice(1)).trim() : given;
}

async function readAll(option: string): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > largestFile) throw tooLarge(option);
  }
  return text;
}

export const pathOf = (name: string, from = here()): string => resolve(from, name);

export const fileText = (option: string, name: string): string => fileBytes(option, name).toString('utf8');

export function fileBytes(option: string, name: string): Buffer {
  const path = pathOf(name);
  try {
    if (statSync(path).size > largestFile) throw tooLarge(option);
    return readFileSync(path);
  } catch (fault) {
    if (fault instanceof LabFault) throw fault;
    throw LabFault.of(option, 'no_file', `读不了文件 ${path}`, `cannot read the file ${path}`);
  }
}

const tooLarge = (option: string): LabFault =>
  LabFault.of(option, 'too_long', `最多 ${largestFile} 字节`, `at most ${largestFile} bytes`);
