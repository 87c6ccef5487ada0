import { randomBytes } from 'node:crypto';
import { equal, hex } from '../../../kernel/bytes.ts';
import { type KeyBlockFault, paddingLength, protectionKeyLengths, unwrapKeyBlock, wrapKeyBlock } from '../tr31.ts';
import { type KeyBlockHeader, readHeader } from '../tr31-header.ts';
import { bytesOf, refuseLength } from './checks.ts';
import type { Values, Words } from './contract.ts';
import type { Given } from './given.ts';
import { headerSteps } from './key-block-words.ts';
import { operation } from './operation.ts';
import { digitsOf, hexOf, keyOf } from './parameters.ts';
import { LaboratoryRefusal } from './refusal.ts';
import { keyForms, type Variation } from './variation.ts';

/** Key blocks of TR-31 and X9.143, versions A to D. */

const protection = keyOf('protection', '密钥块保护密钥 KBPK', 'key block protection key (KBPK)', [8, 16, 24, 32], {
  also: ['kbpk'],
});

const faults: Readonly<Record<KeyBlockFault, Words>> = {
  length: { zh: '块头不足 16 个字符', en: 'the header has fewer than 16 characters' },
  version: { zh: '版本只支持 A、B、C、D', en: 'versions A, B, C and D are known' },
  characters: { zh: '块头字符不合规定', en: 'the header has characters out of place' },
  optional_block: { zh: '可选块不完整或长度不对', en: 'an optional block is cut off or its length is wrong' },
  key_length: { zh: '保护密钥长度与版本不符', en: 'the protection key has a length its version does not take' },
  body: {
    zh: '长度与内容不符，或含有非十六进制字符',
    en: 'the length does not match, or there are characters that are not hex',
  },
  mac: {
    zh: '鉴别码不符：保护密钥不对或块被改动',
    en: 'the MAC is wrong: another protection key, or the block was changed',
  },
  key: { zh: '解出的密钥长度不合理', en: 'the length of the key inside makes no sense' },
};

const refuse = (parameter: string, fault: KeyBlockFault) =>
  new LaboratoryRefusal(parameter, fault === 'mac' ? 'mac_wrong' : 'key_block_unreadable', faults[fault]);

function headerOf(given: Given): KeyBlockHeader {
  const read = readHeader(given.text('header'));
  if (read.ok) return read.header;
  throw refuse('header', read.fault);
}

const protectionWords: Words = { zh: '保护密钥', en: 'the protection key' };

/** The version letter changed: blocks made by another method than their maker said. */
function otherVersions(key: 'header' | 'block') {
  return (values: Values): readonly Variation[] => {
    const text = values[key] ?? '';
    return ['A', 'B', 'C', 'D']
      .filter((version) => version !== text.charAt(0))
      .map((version) => ({
        axis: 'version',
        words: { zh: `版本为 ${version}`, en: `version ${version}` },
        values: { ...values, [key]: version + text.slice(1) },
      }));
  };
}

/** A header without what its maker adds: padding blocks and length. */
const plain = (header: KeyBlockHeader): string =>
  JSON.stringify({ ...header, blocks: header.blocks.filter(({ id }) => id !== 'PB') });

const headerText = (block: string): string => {
  const read = readHeader(block);
  return read.ok ? block.slice(0, read.length) : block;
};

/** The header of the block that was expected: another use, mode or optional block than was said. */
function expectedHeader(values: Values, expected: string): readonly Variation[] {
  const [own, theirs] = [readHeader(values.header ?? ''), readHeader(expected)];
  if (!own.ok || !theirs.ok || plain(own.header) === plain(theirs.header)) return [];
  const header = headerText(expected);
  const words = { zh: `块头为 ${header}`, en: `header ${header}` };
  return [{ axis: 'version', words, values: { ...values, header } }];
}

export const wrap = operation({
  name: { zh: 'TR-31 密钥块封装', en: 'wrap a key in a TR-31 block' },
  parameters: [
    protection,
    {
      key: 'header',
      label: { zh: '块头（长度自动计算）', en: 'header (its length is made)' },
      kind: 'text',
      least: 16,
      most: 4000,
    },
    keyOf('key', '被封装密钥', 'key to wrap', [8, 16, 24, 32]),
    hexOf('padding', '填充（不填则随机）', 'padding (random when left out)', { optional: true, most: 64 }),
    digitsOf('hidden', '显示的密钥长度（字节）', 'length to show for the key (bytes)', { optional: true, most: 2 }),
  ],
  run(given, trace) {
    const [header, key] = [headerOf(given), given.bytes('key')];
    const cover = bytesOf(given, 'protection', protectionKeyLengths[header.version]);
    const length = paddingLength(header.version, key.length, given.has('hidden') ? given.number('hidden') : undefined);
    const fill = given.bytesOr('padding', new Uint8Array(randomBytes(length)));
    if ((2 + key.length + fill.length) % (header.version === 'D' ? 16 : 8) !== 0)
      refuseLength('padding', [length], fill.length);
    headerSteps(header, trace);
    return wrapKeyBlock({ protection: cover, header, key, padding: fill }, trace);
  },
  completed(given, values, expected) {
    const header = headerOf(given);
    const cover = bytesOf(given, 'protection', protectionKeyLengths[header.version]);
    const opened = unwrapKeyBlock(cover, expected);
    const fits = opened.ok && equal(opened.key, given.bytes('key')) && plain(opened.header) === plain(header);
    return fits ? { ...values, header: headerText(expected), padding: hex(opened.padding) } : null;
  },
  neighbours: [
    keyForms('protection', protectionWords),
    keyForms('key', { zh: '被封装密钥', en: 'the wrapped key' }),
    otherVersions('header'),
    expectedHeader,
  ],
});

export const unwrap = operation({
  name: { zh: 'TR-31 密钥块解封', en: 'unwrap a TR-31 block' },
  parameters: [
    protection,
    { key: 'block', label: { zh: '密钥块', en: 'key block' }, kind: 'text', least: 16, most: 9999 },
  ],
  run(given, trace) {
    const block = given.text('block').replace(/\s+/g, '');
    const read = readHeader(block);
    if (read.ok) headerSteps(read.header, trace);
    const opened = unwrapKeyBlock(given.bytes('protection'), block, trace);
    if (opened.ok) return opened.key;
    throw refuse(opened.fault === 'key_length' ? 'protection' : 'block', opened.fault);
  },
  neighbours: [keyForms('protection', protectionWords), otherVersions('block')],
});
