import type { Words } from '../../../core/keys/explain/contract.ts';
import { say } from './line.ts';
import { tagNamed } from './tags.ts';

const byte = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

const recordModes: Readonly<Record<number, (p1: number) => Words>> = {
  0: (p1) => say(`标签 ${byte(p1)} 的首条`, `first with tag ${byte(p1)}`),
  1: (p1) => say(`标签 ${byte(p1)} 的末条`, `last with tag ${byte(p1)}`),
  2: (p1) => say(`标签 ${byte(p1)} 的下一条`, `next with tag ${byte(p1)}`),
  3: (p1) => say(`标签 ${byte(p1)} 的上一条`, `previous with tag ${byte(p1)}`),
  4: (p1) => say(`第 ${p1} 条记录`, `record ${p1}`),
  5: (p1) => say(`第 ${p1} 条起至末条`, `records from ${p1} to the last`),
  6: (p1) => say(`末条至第 ${p1} 条`, `records from the last to ${p1}`),
};

const cryptograms: Readonly<Record<number, Words>> = {
  0: say('请求 AAC（拒绝）', 'asks for an AAC (decline)'),
  64: say('请求 TC（批准）', 'asks for a TC (approve)'),
  128: say('请求 ARQC（联机）', 'asks for an ARQC (go online)'),
};

/** What P1 and P2 of a command say, where a standard gives them a meaning; null elsewhere. */
export function parameterWords([cla = 0, ins = 0, p1 = 0, p2 = 0]: Uint8Array): Words | null {
  switch (ins) {
    case 0xa4:
      return selection(p1, p2);
    case 0xb2:
    case 0xdc:
    case 0xe2: {
      const file = p2 >> 3 === 0 ? say('当前文件', 'current file') : say(`SFI ${p2 >> 3}`, `SFI ${p2 >> 3}`);
      const which = ins === 0xe2 ? undefined : recordModes[p2 & 7]?.(p1);
      return which ? say(`${file.zh}，${which.zh}`, `${file.en}, ${which.en}`) : file;
    }
    case 0xb0:
    case 0xd6:
      return (p1 & 0xe0) === 0x80
        ? say(`SFI ${p1 & 31}，偏移 ${p2}`, `SFI ${p1 & 31}, offset ${p2}`)
        : say(`偏移 ${((p1 & 0x7f) << 8) | p2}`, `offset ${((p1 & 0x7f) << 8) | p2}`);
    case 0xca:
      return tagNamed(byte(p1) + byte(p2))?.name ?? tagNamed(byte(p2))?.name ?? null;
    case 0xae:
      return cla === 0x80 ? (cryptograms[p1 & 0xc0] ?? null) : null;
    case 0x5c:
      return [null, say('电子存折', 'deposit'), say('电子钱包', 'purse')][p2] ?? null;
    case 0x1e:
      return p2 === 1 ? say('永久锁定', 'for ever') : say('临时锁定', 'temporarily');
    default:
      return null;
  }
}

function selection(p1: number, p2: number): Words | null {
  const by: Readonly<Record<number, Words>> = {
    0: say('按文件标识', 'by file identifier'),
    1: say('下级目录', 'child directory'),
    2: say('目录下的基本文件', 'elementary file under the directory'),
    3: say('上级目录', 'parent directory'),
    4: say('按名称', 'by name'),
  };
  const how = by[p1];
  if (!how) return null;
  return (p2 & 3) === 2 ? say(`${how.zh}，下一个`, `${how.en}, the next one`) : how;
}
