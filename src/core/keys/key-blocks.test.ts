import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/vectors/key-blocks.json' with { type: 'json' };
import { bytes, hex } from '../../kernel/bytes.ts';
import { paddingLength, protectionKeyLengths, unwrapKeyBlock, wrapKeyBlock } from './tr31.ts';
import { type KeyBlockHeader, type KeyBlockVersion, readHeader, writeHeader } from './tr31-header.ts';

describe.each(vectors.blocks)('$block', ({ protection, key, block, ...more }) => {
  const opened = unwrapKeyBlock(bytes(protection), block);

  test('opens', () => {
    expect(opened.ok && hex(opened.key)).toBe(key);
    if ('optional' in more && more.optional)
      expect(opened.ok && opened.header.blocks[0]).toEqual({ id: 'KS', data: more.optional });
  });

  test('is made again from its header, key and padding', () => {
    if (!opened.ok) throw new Error(opened.fault);
    const { header, padding } = opened;
    const again = wrapKeyBlock({ protection: bytes(protection), header, key: bytes(key), padding });
    // A block of another maker may pad its optional part otherwise.
    if (!block.includes('PB04')) expect(again).toBe(block);
    expect(unwrapKeyBlock(bytes(protection), again)).toMatchObject({ ok: true, key: bytes(key) });
  });
});

test.each(vectors.broken)('$block is refused: $fault', ({ protection, block, fault }) => {
  expect(unwrapKeyBlock(bytes(protection), block)).toEqual({ ok: false, fault });
});

const versions: readonly KeyBlockVersion[] = ['A', 'B', 'C', 'D'];
const size = (...lengths: readonly number[]) =>
  fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const word = (pattern: RegExp) => fc.stringMatching(pattern);

const cases = fc.constantFrom(...versions).chain((version) =>
  fc.record({
    version: fc.constant(version),
    protection: size(...protectionKeyLengths[version]),
    key: size(8, 16, 24, 32),
    hidden: fc.constantFrom(0, 24, 32),
    blocks: fc.array(fc.record({ id: word(/^[A-OQ-Z][A-Z]$/), data: word(/^[0-9A-F]{0,300}$/) }), { maxLength: 3 }),
    usage: word(/^[A-Z][0-9]$/),
  }),
);

test('what is wrapped is unwrapped, header and key', () => {
  fc.assert(
    fc.property(cases, ({ version, protection, key, hidden, blocks, usage }) => {
      const header: KeyBlockHeader = {
        version,
        usage,
        algorithm: 'T',
        mode: 'N',
        key_version: '00',
        exportability: 'E',
        reserved: '00',
        blocks,
      };
      const padding = new Uint8Array(paddingLength(version, key.length, hidden)).fill(7);
      const block = wrapKeyBlock({ protection, header, key, padding });
      const opened = unwrapKeyBlock(protection, block);
      const own = { ...header, blocks: blocks.filter(({ id }) => id !== 'PB') };
      expect(block.length % 8).toBe(0);
      expect(opened.ok && { ...opened.header, blocks: opened.header.blocks.filter(({ id }) => id !== 'PB') }).toEqual(
        own,
      );
      expect(opened.ok && [opened.key, opened.padding]).toEqual([key, padding]);
    }),
  );
});

test('one changed character is never taken for a good block', () => {
  const [{ protection, block }] = vectors.blocks as unknown as [{ protection: string; block: string }];
  fc.assert(
    fc.property(fc.nat(block.length - 1), fc.constantFrom(...'0123456789ABCDEF'), (at, character) => {
      const changed = block.slice(0, at) + character + block.slice(at + 1);
      fc.pre(changed !== block);
      expect(unwrapKeyBlock(bytes(protection), changed).ok).toBe(false);
    }),
  );
});

test('a header of any text is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), word(/^[ABCD]\d{4}[A-Z0-9]{4}\d{2}E0\d00.{0,40}$/), (loose, near) => {
      for (const text of [loose, near]) {
        const read = readHeader(text);
        if (read.ok) expect(readHeader(writeHeader(read.header, 0)).ok).toBe(true);
      }
    }),
  );
});
