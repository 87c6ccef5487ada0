import { posix } from 'node:path';
import { impure, outside, sideways, storeyOf } from './plan.ts';

export type SourceFile = { readonly path: string; readonly text: string };
export type Breach = { readonly file: string; readonly rule: number; readonly what: string };

const importPattern =
  /(?:^|[\s;}])(?:import|export)\s*(type\s)?\s*(?:([\w*{}\s,$]+?)\s*from\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** `erased`: only types are taken, so that nothing of the target runs. */
export type Import = { readonly name: string; readonly erased: boolean };

/** What a file imports, as written. Comments are taken out first, so that an example in words is no import. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return [...code.matchAll(importPattern)].map(([, type, names = '', target, dynamic]) => ({
    name: target ?? dynamic ?? '',
    erased: type !== undefined || (names.startsWith('{') && /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names)),
  }));
}

/** The room a path stands in: `src/core/ledger/chart.ts` → `core/ledger`; kernel and platform are one room each. */
export function roomOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'web') return parts[1] === 'portals' ? `web/portals/${parts[2]}` : 'web';
  if (parts[0] !== 'src') return parts[0] ?? '';
  return parts[1] === 'kernel' || parts[1] === 'platform' ? (parts[1] as string) : parts.slice(1, 3).join('/');
}

const isDoor = (path: string) => /\/(index|contract)\.ts$/.test(path);
const isContract = (path: string) => path.endsWith('/contract.ts');
/** Tests may look behind doors; the settings of a build tool are no page. */
const isExempt = (path: string) => /\.(test|config)\.tsx?$/.test(path);

/** Holds rules 1 to 5 of the house against the files and names every breach. */
export function check(files: readonly SourceFile[]): Breach[] {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  return [
    ...cycles(sideways),
    ...files.filter((file) => !isExempt(file.path)).flatMap((file) => checkFile(file, texts)),
  ];
}

function checkFile({ path, text }: SourceFile, texts: ReadonlyMap<string, string>): Breach[] {
  const breaches: Breach[] = [];
  const say = (rule: number, what: string) => breaches.push({ file: path, rule, what });
  const pure = path.endsWith('.rules.ts') || path.startsWith('src/kernel/');
  if (pure) for (const word of impure) if (word.test(text)) say(4, `a pure file says ${word.source}`);
  for (const { name, erased } of importsOf(text)) {
    const target = resolve(path, name);
    if (pure && !erased && !isPure(path, target, texts)) say(4, `a pure file imports ${name}`);
    if (path.startsWith('web/')) checkBrowser(path, name, target, say);
    else if (target && roomOf(target) !== roomOf(path)) checkCrossing(path, target, say);
  }
  return breaches;
}

const resolve = (path: string, name: string): string | null =>
  name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), name)) : null;

/** A rule may use the kernel, contracts, and what in its own room is as pure as itself, however far one follows it. */
function isPure(
  path: string,
  target: string | null,
  texts: ReadonlyMap<string, string>,
  seen = new Set<string>(),
): boolean {
  if (!target) return false;
  if (target.startsWith('src/kernel/') || isContract(target)) return true;
  if (roomOf(target) !== roomOf(path)) return false;
  if (seen.has(target)) return true;
  seen.add(target);
  const text = texts.get(target);
  if (text === undefined) return /\/(facts|policy|[\w-]+\.rules)\.ts$/.test(target);
  return (
    !impure.some((word) => word.test(text)) &&
    importsOf(text).every(({ name, erased }) => erased || isPure(target, resolve(target, name), texts, seen))
  );
}

function checkBrowser(path: string, name: string, target: string | null, say: (rule: number, what: string) => void) {
  if (name.startsWith('node:')) return say(5, `a page imports ${name}`);
  if (!target) return;
  if (target.startsWith('src/')) {
    if (!isContract(target) && !target.startsWith('src/kernel/'))
      say(5, `a page sees contracts and kernel only, not ${target}`);
    return;
  }
  const [from, to] = [roomOf(path), roomOf(target)];
  if (to.startsWith('web/portals/') && from !== to && from.startsWith('web/portals/'))
    say(5, `one portal imports another: ${target}`);
}

function checkCrossing(path: string, target: string, say: (rule: number, what: string) => void) {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === 'tools' || from.startsWith('apps/')) {
    if (from.startsWith('apps/') && !isDoor(target) && !/^(kernel|platform|apps\/|field|sim|field\/)/.test(to))
      say(2, `${target} is behind the door of ${to}`);
    return;
  }
  const bound = Object.entries(outside).find(([place]) => path.startsWith(`${place}/`));
  if (bound) {
    const known = bound[1].some(
      (room) => to === room || to.startsWith(`${room}/`) || from.split('/')[0] === to.split('/')[0],
    );
    if (!known && !isContract(target)) say(1, `${bound[0]} stands outside and knows ${to} only by its contract`);
    else if (to.startsWith('core/') && !isDoor(target)) say(2, `${target} is behind the door of ${to}`);
    return;
  }
  const [below, above] = [storeyOf[to.split('/')[0] ?? ''], storeyOf[from.split('/')[0] ?? '']];
  if (below === undefined || above === undefined || below > above) return say(1, `${from} reaches up to ${to}`);
  if (below === above && !sideways[from]?.includes(to))
    return say(3, `${from} → ${to} is not in the list of sideways imports`);
  if (below >= 2 && !isDoor(target)) say(2, `${target} is behind the door of ${to}`);
}

/** Rule 3: the list itself runs in no circle. */
export function cycles(list: Readonly<Record<string, readonly string[]>>): Breach[] {
  const reach = (from: string, seen: readonly string[]): string[] | null => {
    if (seen.includes(from)) return [...seen, from];
    for (const to of list[from] ?? []) {
      const circle = reach(to, [...seen, from]);
      if (circle) return circle;
    }
    return null;
  };
  for (const from of Object.keys(list)) {
    const circle = reach(from, []);
    if (circle) return [{ file: 'tools/house/plan.ts', rule: 3, what: `a circle: ${circle.join(' → ')}` }];
  }
  return [];
}
