import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { blankChip } from '../../core/card/index.ts';
import { bytes } from '../../kernel/bytes.ts';
import { dumpCommand } from './card-dump.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-dump-'));
const file = join(folder, 'blank.chip');
const history = bytes('00900100018660990100000001');
writeFileSync(file, blankChip({ generation: 3, history, capacity: 1024, transport: bytes('AB'.repeat(16)) }).image());
afterAll(() => rmSync(folder, { recursive: true }));

function dump(...words: string[]): string {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    dumpCommand()
      .exitOverride()
      .parse([...words], { from: 'user' });
    return printed.mock.calls.flat().join('\n');
  } finally {
    printed.mockRestore();
  }
}

test('a blank card in words and as JSON, without its transport key', () => {
  expect(dump(file)).toContain('life: blank');
  expect(dump(file, '--lang', 'zh')).toContain('状态: 白卡');
  expect(JSON.parse(dump(file, '--json'))).toMatchObject({ life: 'blank', profile: null, capacity: 1024, free: 981 });
  expect(dump(file) + dump(file, '--json')).not.toContain('ABABABAB');
});

test('what cannot be read or is no card says so in both languages', () => {
  expect(() => dump(join(folder, 'none'))).toThrow('无法读取文件');
  writeFileSync(join(folder, 'noise'), 'noise');
  expect(() => dump(join(folder, 'noise'))).toThrow(/damaged.*不是完整的卡片映像/);
});
