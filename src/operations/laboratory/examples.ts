import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../core/keys/explain/contract.ts';

/** A script of `docs/laboratory`: its first comment line is `# English · 中文`. */
export type Example = { readonly name: string; readonly title: Words; readonly text: string };

/** The example scripts in a folder, by name; none where there is no such folder. */
export function readExamples(folder: string): readonly Example[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.apdu'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const [en = name, zh = en] = (text.split('\n')[0] ?? '').replace(/^#\s*/, '').split(' · ');
      return { name, title: { zh, en }, text };
    });
}
