import { expect } from 'vitest';
import type { Visitor } from './visitor.ts';

/** One red dot: the page makes a card photo of any picture. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Finds the person, sees that the lost card offers what it may and nothing else, and applies for another. */
export async function applyAtCounter(clerk: Visitor, name: string, query: string): Promise<void> {
  const { page } = clerk;
  await clerk.goto('/agency/counter');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name }).click();
  await page.locator('.card-face').waitFor();
  const offered = await page.locator('.card-move button').allInnerTexts();
  expect(offered).toEqual(['It was found', 'Cancel', 'Cancel on emigration', 'Cancel on death']);
  await clerk.expectInOrderInBoth();
  const buffer = Buffer.from(dot, 'base64');
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByText('Submitted; a second person decides.').waitFor();
}

export async function approve(second: Visitor): Promise<void> {
  const { page } = second;
  await second.goto('/agency/orders');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByText('Nothing to decide').waitFor();
}

/** Takes blanks in, makes the order, lets the station work, hands over and activates; what lay on the old card and on the new. */
export async function makeAndHandOver(
  clerk: Visitor,
  query: string,
): Promise<{ balance: string | null; fresh: string | null }> {
  const { page } = clerk;
  const balanceOf = () => page.locator('.fact', { hasText: 'On the card' }).locator('.amount').textContent();
  await clerk.goto('/agency/stock');
  await page.getByRole('button', { name: 'Book' }).click();
  await page.locator('tr', { hasText: 'blanks' }).getByText('100').first().waitFor();
  await clerk.expectInOrderInBoth();
  await clerk.goto(`/agency/cards?query=${query}`);
  await clerk.followFirst();
  const balance = await balanceOf();

  await clerk.goto('/agency/orders');
  await page.getByRole('button', { name: 'Make an order' }).click();
  await page.getByRole('link', { name: /^Order \d/ }).click();
  await page.getByRole('button', { name: 'Start the station' }).click();
  await page.getByRole('button', { name: /^Deliver/ }).click();
  await page.getByRole('button', { name: 'Card face' }).click();
  await page.locator('.printed-face').waitFor();
  await clerk.expectInOrderInBoth();
  await page.getByRole('button', { name: 'Signed for' }).click();
  await page.locator('td', { hasText: 'received' }).waitFor();

  await page.locator('td a').first().click();
  await page.getByLabel('New PIN (6 digits)').fill('246810');
  await page.getByLabel('The same again').fill('246810');
  await page.keyboard.press('Enter');
  await page.locator('.stamp', { hasText: 'in use' }).first().waitFor();
  await page.locator('.amount').first().waitFor();
  const fresh = await balanceOf();
  await clerk.expectInOrderInBoth();
  return { balance, fresh };
}
