import { accountCommands } from './account-commands.ts';
import { fileCommands } from './card-commands.ts';
import { purseName } from './chip/purses.ts';
import { type CommandSpec, field, hex, nothing } from './command-fields.ts';
import { purseCommands } from './purse/purse-commands.ts';

export type { CommandSpec, DataField } from './command-fields.ts';

/** Commands every card of the family answers: user cards and PSAMs. */
export const general = {
  select: {
    cla: [0x00],
    ins: 0xa4,
    name: { zh: '选择文件', en: 'SELECT' },
    transfer: 'both',
    data: [0, 16],
    whenBlocked: true,
    sends: [hex(null, '文件标识或名称', 'file identifier or name')],
    answers: [field('tlv', null, '文件控制信息', 'file control information')],
  },
  get_response: {
    cla: [0x00],
    ins: 0xc0,
    name: { zh: '取响应数据', en: 'GET RESPONSE' },
    transfer: 'out',
    keeps: true,
    whenBlocked: true,
    sends: nothing,
    answers: [hex(null, '响应数据', 'answer data')],
  },
  get_challenge: {
    cla: [0x00],
    ins: 0x84,
    name: { zh: '取随机数', en: 'GET CHALLENGE' },
    transfer: 'out',
    whenBlocked: true,
    sends: nothing,
    answers: [hex(null, '随机数', 'challenge')],
  },
  read_binary: {
    cla: [0x00],
    ins: 0xb0,
    name: { zh: '读二进制文件', en: 'READ BINARY' },
    transfer: 'out',
    sends: nothing,
    answers: [hex(null, '数据', 'data')],
  },
} satisfies Record<string, CommandSpec>;

/** Commands of the user card but those of a purse. */
export const cardCommands = { ...general, ...fileCommands, ...accountCommands } satisfies Record<string, CommandSpec>;

/** Everything a chip answers. */
export const chipCommands: Readonly<Record<string, CommandSpec>> = {
  ...cardCommands,
  ...Object.fromEntries(Object.entries(purseCommands).map(([name, spec]) => [purseName(name), spec])),
};

export type CardCommandName = keyof typeof cardCommands;

/** The command a header names in a table, or the status word that says why none. */
export function lookUp<N extends string>(
  table: Readonly<Record<N, CommandSpec>>,
  header: { cla: number; ins: number; p1: number },
): N | 'unknown-instruction' | 'unknown-class' | 'wrong-parameters' {
  const sameInstruction = indexed(table)[header.ins];
  if (!sameInstruction) return 'unknown-instruction';
  const sameClass = sameInstruction.filter(([, spec]) => spec.cla.includes(header.cla));
  if (sameClass.length === 0) return 'unknown-class';
  const found = sameClass.find(([, spec]) => spec.p1 === undefined || spec.p1 === header.p1);
  return found ? (found[0] as N) : 'wrong-parameters';
}

type Indexed = readonly (readonly [string, CommandSpec][] | undefined)[];
const indexes = new WeakMap<object, Indexed>();

/** A table by instruction byte: a chip looks up every command it gets. */
function indexed(table: Readonly<Record<string, CommandSpec>>): Indexed {
  const known = indexes.get(table);
  if (known) return known;
  const index: [string, CommandSpec][][] = [];
  for (const [name, spec] of Object.entries(table)) index[spec.ins] = [...(index[spec.ins] ?? []), [name, spec]];
  indexes.set(table, index);
  return index;
}
