import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Catalogue, Pair } from './kit/words/catalogue.ts';

const catalogueFiles = import.meta.glob<Record<string, Catalogue<string>>>('./{app,kit,portals}/**/*.words.ts');
const sources = import.meta.glob<string>('./{app,kit,portals}/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const holes = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).sort();
const written = Object.entries(sources)
  .filter(([path]) => !path.includes('.words.ts') && !path.includes('.test.ts'))
  .map(([, text]) => text)
  .join('\n');

/** A key is used where it stands in quotes, or where a template begins with its group: `state.${…}`, `${station}.does`. */
function isUsed(key: string): boolean {
  if (written.includes(`'${key}'`) || written.includes(`"${key}"`)) return true;
  const [head, ...rest] = key.split('.');
  const tails = rest.map((_, at) => rest.slice(at).join('.'));
  const heads = rest.map((_, at) => [head, ...rest.slice(0, at)].join('.'));
  return (
    heads.some((group) => written.includes(`\`${group}.\${`)) || tails.some((tail) => written.includes(`}.${tail}\``))
  );
}

let catalogues: Catalogue<string>[] = [];

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
  catalogues = (await Promise.all(Object.values(catalogueFiles).map((load) => load()))).flatMap((module) =>
    Object.values(module),
  );
});

describe('the words of the web', () => {
  it('finds every catalogue', () => {
    expect(catalogues.map(({ name }) => name).sort()).toEqual([
      'agency',
      'agency-cards',
      'citizen',
      'custodian',
      'desk',
      'finance',
      'hospital',
      'inspector',
      'kit',
      'laboratory',
      'pharmacy',
      'reader',
      'settlement',
      'sign-in',
      'trace',
      'units',
    ]);
  });

  it('says everything in both languages, with the same holes', () => {
    const wrong = catalogues.flatMap(({ name, pairs }) =>
      Object.entries<Pair>(pairs)
        .filter(([, [zh, en]]) => !zh.trim() || !en.trim() || holes(zh).join() !== holes(en).join())
        .map(([key]) => `${name}: ${key}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps no sentence that nobody says', () => {
    const unused = catalogues.flatMap(({ name, pairs }) =>
      Object.keys(pairs)
        .filter((key) => !isUsed(key))
        .map((key) => `${name}: ${key}`),
    );
    expect(unused).toEqual([]);
  });

  it('leaves no Chinese outside the catalogues', () => {
    const stray = Object.entries(sources)
      .filter(([path]) => !/\.words\.ts|\.test\.ts|fact-names\.ts/.test(path))
      .flatMap(([path, text]) =>
        text
          .split('\n')
          .filter(
            (line) => /[\u4e00-\u9fff]/.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line) && !line.includes("'中文'"),
          )
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(stray).toEqual([]);
  });
});
