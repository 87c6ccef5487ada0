import { expect, it } from 'vitest';
import { Keypad } from './keypad.ts';
import type { Key } from './terminal.ts';

const typed: readonly Key[] = ['1', '2', '3', '4', '5', '6', 'enter'];

it('keeps the order of the keys when the first message is the slowest', async () => {
  const arrived: Key[] = [];
  const ways = [30, 0];
  const keypad = new Keypad(async (keys) => {
    await new Promise((done) => setTimeout(done, ways.shift()));
    arrived.push(...keys);
  });
  await Promise.all(typed.map((key) => keypad.press(key)));
  expect(arrived).toEqual(typed);
});

it('drops what is behind a message that failed, and takes keys again', async () => {
  const arrived: Key[] = [];
  let down = true;
  const keypad = new Keypad(async (keys) => {
    if (down) throw new Error('the terminal is away');
    arrived.push(...keys);
  });
  const pressed = await Promise.allSettled([keypad.press('1'), keypad.press('2')]);
  expect(pressed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  down = false;
  await keypad.press('7');
  expect(arrived).toEqual(['7']);
});
