import { expect } from 'vitest';
import { demoPin } from '../../../src/apps/seed/users.ts';
import type { Visitor } from './visitor.ts';

/** A visit from card to receipt with nothing but keys; the number of its settlement. */
export async function payByKeyboard(desk: Visitor, holder: string): Promise<string> {
  const { page } = desk;
  const { keyboard } = page;
  await page.locator('.drawer-card').first().waitFor();
  await keyboard.press('F6');
  await page.locator('aside input:focus').waitFor();
  await keyboard.type(holder);
  await page.locator('.drawer-card').nth(1).waitFor({ state: 'detached' });
  await keyboard.press('Enter');

  // The card is in: the first field to fill has the focus.
  await page.locator('.device-card').waitFor();
  await page.locator('form input:focus').waitFor();
  expect(await desk.focusIsVisible(), 'focus in the form').toBe(true);
  await keyboard.type('Wang');
  await keyboard.press('Tab');
  expect(await desk.focusIsVisible(), 'focus on the diagnosis').toBe(true);
  await keyboard.type('I10');
  await page.getByRole('option').filter({ hasText: 'I10' }).first().waitFor({ state: 'attached' });
  await page.locator('.ant-select-item-option-active').filter({ hasText: 'I10' }).waitFor();
  await keyboard.press('Enter');
  await keyboard.press('F4');

  for (const item of ['amlodipine', 'registration']) {
    await page.locator('.lookup input:focus').waitFor();
    await keyboard.type(item);
    await page.locator('.lookup-item').filter({ hasText: item }).first().waitFor();
    await keyboard.press('Enter');
  }
  await page.locator('.bill tbody tr').nth(1).waitFor();
  await page.locator('button[aria-keyshortcuts="F9"]:not([disabled])').waitFor();
  await keyboard.press('F9');

  // The keypad has the focus while the PIN is asked for.
  await page.locator('.device:focus').waitFor();
  expect(await desk.focusIsVisible(), 'focus on the keypad').toBe(true);
  await keyboard.type(demoPin);
  await keyboard.press('Enter');
  return receiptOf(desk);
}

/** A purchase at the counter with the mouse, the PIN on the drawn keys. */
export async function payByMouse(counter: Visitor, holder: string): Promise<string> {
  const { page } = counter;
  await page.locator('.drawer-card').filter({ hasText: holder }).click();
  await page.locator('.device-card').waitFor();
  const fields = page.locator('main form');
  await fields.locator('input').first().fill('叶青禾');
  await fields.locator('.ant-select').click();
  await page.locator('.ant-select-item-option').first().click();
  await page.locator('button[aria-keyshortcuts="F4"]').click();
  await page.locator('.lookup input').fill('二甲双胍');
  await page.locator('.lookup-item').first().click();
  await page.locator('button[aria-keyshortcuts="F9"]:not([disabled])').click();
  await page.locator('.device:focus').waitFor();
  for (const digit of demoPin) await page.locator('.device-keys button', { hasText: new RegExp(`^${digit}$`) }).click();
  await page.locator('.device-enter').click();
  return receiptOf(counter);
}

async function receiptOf({ page }: Visitor): Promise<string> {
  await page.locator('.receipt').first().waitFor();
  const number = /S\d{10}/.exec((await page.locator('.receipt').first().textContent()) ?? '')?.[0];
  expect(number, 'number of the settlement on the receipt').toBeDefined();
  await page.keyboard.press('F6');
  await page.locator('.device-empty').waitFor();
  return number ?? '';
}
