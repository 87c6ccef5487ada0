import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const program = resolve(import.meta.dirname, 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'tessera-lab-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** `tessera lab …` as it is typed in a folder of files, with something on standard input. */
function lab(words: readonly string[], { stdin = '', language = 'en_GB.UTF-8' } = {}): Promise<Ran> {
  const { LC_ALL: _, LC_MESSAGES: __, ...environment } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'lab', ...words], {
    env: { ...environment, LANG: language, INIT_CWD: folder },
    stdio: 'pipe',
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  child.stdin.end(stdin);
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

const key = '0123456789ABCDEFFEDCBA9876543210';

describe('an operation', () => {
  test('prints its result and every step', async () => {
    const { code, out } = await lab(['kcv', '--key', '01234567:89ABCDEF FEDCBA98:76543210']);
    expect(code).toBe(0);
    expect(out).toContain(key);
    expect(out).toMatch(/^result: 08D7B4$/m);
  });

  test('takes its values from standard input and from files', async () => {
    expect((await lab(['kcv', '--key', '-'], { stdin: `${key}\n` })).out).toContain('08D7B4');
    expect((await lab(['kcv', '--key', `@${file('value.txt', key)}`])).out).toContain('08D7B4');
  });

  test.each([
    ['08D7B4', 0, /^matches$/m],
    ['08D7', 1, /does not match[\s\S]*it would if …[\s\S]*(first|left) 2 bytes/],
    ['FFFFFF', 1, /does not match/],
  ])('expected to be %s ends with %i', async (expected, code, words) => {
    const ran = await lab(['kcv', '--key', key, '--expect', expected]);
    expect(ran.code).toBe(code);
    expect(ran.out).toMatch(words);
  });

  test('knows values by the names their trade gives them', async () => {
    const derived = ['--ksn', 'FFFF9876543210E00001', '--expect', '042666B49184CFA368DE9628D0397BC9'];
    expect((await lab(['dukpt', '--bdk', key, ...derived])).code).toBe(0);
    const card = ['emv-master-key', '--imk', key, '--pan', '1234567890123456', '--psn', '01'];
    expect((await lab([...card, '--pan_check', 'any'])).out).toMatch(/^result: [0-9A-F]{32}$/m);
    expect((await lab(card)).err).toContain('choose “do not check” (any) as account check');
    expect((await lab(['dukpt', '--help'])).out).toContain('--ksn');
  });

  test('says which choices ask for a value', async () => {
    const { code, err } = await lab(['card-mac', '--key', key, '--data', '00']);
    expect(code).toBe(2);
    expect(err).toContain('--challenge: challenge or session input: must be given in this case (');
    expect(err).toContain('rule=session');
  });

  test('as JSON', async () => {
    const { code, out } = await lab(['kcv', '--key', key, '--expect', '08D7B5', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ operation: 'kcv', result: '08D7B4', comparison: { equal: false } });
    expect(JSON.parse((await lab(['--json', 'kcv', '--key', key])).out)).toMatchObject({ result: '08D7B4' });
  });

  test('lists all there are, and what each takes', async () => {
    const { out } = await lab([], { language: 'zh_CN.UTF-8' });
    expect(out).toMatch(/kcv +.*校验值\n +.*--key/);
    expect(out).toContain('仅限测试数据');
    expect((await lab(['kcv', '--help'])).out).toMatch(/--key <hex>[\s\S]*--expect <hex>/);
  });
});

file('key.txt', '> 00840000 08');

test.concurrent.each([
  [['kcv', '--key', '01 2G'], '--key: character 5 is not hex', '--key：第 5 个字符不是十六进制'],
  [['kcv', '--key', '012'], '--key: 3 digits leave half a byte', '--key：有 3 个数字，缺半个字节'],
  [['kcv'], '--key: ', '--key：缺少'],
  [['kcv', '--key', '@nowhere'], '--key: cannot read the file', '--key：读不了文件'],
  [['kcv', '--kee', '00'], 'there is no option --kee', '没有选项 --kee'],
  [['nonesuch'], 'there is no operation "nonesuch"', '没有运算“nonesuch”'],
  [['decode', 'tlv', '9Z'], 'HEX: character 2 “Z” is not hex', 'HEX：第 2 个字符“Z”不是十六进制'],
  [['run', 'nowhere.apdu'], 'nowhere.apdu: cannot read the file', 'nowhere.apdu：读不了文件'],
  [['run', 'key.txt', '--set', 'x'], '--set: written name=hex', '--set：应写作 名称=十六进制'],
  // Without PC/SC it is PC/SC that is missing, otherwise the reader.
  [['run', 'key.txt', '--reader', 'nowhere'], '--reader: ', '--reader：'],
  [['replay', 'key.txt'], 'key.txt: not an APDU log', 'key.txt：不是 APDU 记录'],
])('%j cannot be read: exit code 2, in the language asked for', async (words, en, zh) => {
  const chinese = await lab([...words, '--language', 'zh']);
  expect([chinese.code, chinese.out]).toEqual([2, '']);
  expect(chinese.err).toContain(zh);
  const json = await lab([...words, '--json']);
  expect([json.code, json.err]).toEqual([2, '']);
  const [fault] = JSON.parse(json.out).faults;
  expect([fault.parameter, fault.words.en].filter(Boolean).join(': ')).toContain(en);
});

test('decode reads arguments or standard input, and says what it takes them for', async () => {
  const { code, out } = await lab(['decode'], { stdin: '9F 27 01 80' });
  expect(code).toBe(0);
  expect(out).toContain('looks like: tlv\n9F27 cryptogram information data (CID): 80\n    1.8-7 10   cryptogram: ARQC');
  const json = JSON.parse((await lab(['decode', 'answer', '000000649000', '--command', 'B026000104', '--json'])).out);
  expect(json.lines[1]).toMatchObject({ name: { en: 'amount' }, value: '1.00 (00000064)' });
});

test.each([
  [['tlv', '6F'], 'not TLV'],
  [['atr', '3B6D0000'], 'cut short'],
  [['apdu', '00A40400 05 01'], 'SELECT'],
  [['iso8583', '0800'], 'cannot be taken apart'],
])('decode %j says what is wrong and ends with 2', async (words, said) => {
  const { code, out } = await lab(['decode', ...words]);
  expect(code).toBe(2);
  expect(out).toContain(said);
});

describe('a script', () => {
  test('passes, fails and cannot be read: 0, 1, 2', async () => {
    file('inner.apdu', '> 00A40400 [ $medical ]\n< * 9000');
    file('good.apdu', 'include "inner.apdu"\ninput wanted = 9000\n> 00200000 [ $pin ]\n< $wanted');
    const good = await lab(['run', 'good.apdu']);
    expect(good.code).toBe(0);
    expect(good.out).toMatch(/SELECT[\s\S]*PIN: 123456[\s\S]*5 of 5 lines ok/);
    const bad = await lab(['run', 'good.apdu', '--quiet', '--set', 'wanted=6A82']);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/✗ +4 {2}< \$wanted +failed\n.*at byte 1\n +expected: 6A82\n +came: 9000 /);
    const unread = await lab(['run', '-'], { stdin: 'reset\nfoo' });
    expect(unread.code).toBe(2);
    expect(unread.err).toMatch(/^-:2:1: no statement "foo"/);
  });

  test('a folder or something else where a script or a card should be is told', async () => {
    const included = await lab(['run', '-'], { stdin: 'include "."' });
    expect(included.code).toBe(2);
    expect(included.err).toContain('include: cannot read the file');
    file('no-card.bin', 'words');
    const inserted = await lab(['run', '-'], { stdin: 'insert user no-card.bin' });
    expect(inserted.code).toBe(1);
    expect(inserted.out).toContain('no-card.bin is no whole image of a card');
  });

  test('as JSON, and in Chinese', async () => {
    const report = JSON.parse((await lab(['run', '-', '--json'], { stdin: '> 00840000 08\n< 9000' })).out);
    expect(report).toMatchObject({ ok: false, lines: [{ state: 'ok' }, { state: 'failed', difference: { at: 1 } }] });
    expect((await lab(['run', '-', '--language', 'zh'], { stdin: 'reset' })).out).toContain('1 行中 1 行通过');
  });
});

test('a replay says where the answers part', async () => {
  const exchange = (command: string, response: string) => ({ slot: 'card', command, response });
  const log = [
    exchange('00A4040006D15600000503', '610A'),
    exchange('0020000003******', '9000'),
    exchange('B026000104', '000000649000'),
  ];
  file('log.json', JSON.stringify({ apdus: log }));
  const ran = await lab(['replay', 'log.json', '--pin', '123456']);
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/✗ +3 +user +GET BALANCE +parted[\s\S]*byte 4, amount[\s\S]*1 of 3 exchanges part/);
  file('log.json', JSON.stringify(log.slice(0, 2)));
  expect((await lab(['replay', 'log.json', '--pin', '123456'])).code).toBe(0);
});
