import { expect } from 'vitest';
import { shownCode } from '../../../src/apps/field/pairing-files.ts';
import { defined } from '../../../src/kernel/assert.ts';
import type { Visitor } from './visitor.ts';

/** From the unpaired page to a card that was read and taken out again; the card is An Ping's. */
export async function readCard(clerk: Visitor, home: string): Promise<void> {
  const { page } = clerk;
  const main = page.locator('main');
  await clerk.goto('/agency/reader');
  await main.locator('.sheet button').first().click();
  await page.locator('.reader-code').waitFor();
  await expect.poll(() => shownCode(home)).toMatch(/^\d{6}$/);
  const code = defined(shownCode(home), 'a code');
  const wrong = code === '000000' ? '000001' : '000000';
  await page.locator('.reader-code').fill(wrong);
  await page.locator('.ant-modal .reader-refusal').waitFor();
  await page.locator('.reader-code').fill(code);

  await main.locator('.readers').waitFor();
  expect(await main.locator('.readers .stamp-waiting').count(), 'one reader, without a card').toBe(1);
  await main.locator('.drawer-card').first().waitFor();
  await clerk.expectInOrder();
  await main.locator('.drawer-card').first().click();

  await main.locator('.facts').waitFor();
  const said = await main.locator('.facts').textContent();
  expect(said, 'the holder is masked').not.toMatch(/安平/);
  expect(said).toMatch(/\d{6}\*{8}\d{3}[\dX]/);
  await main.locator('.sheet-extra button').click();
  expect(await main.locator('.facts').textContent()).toMatch(/安平/);
  expect(await main.locator('.facts').textContent()).toMatch(/\d{17}[\dX]/);

  await main.locator('details.raw > summary').click();
  const conversation = main.locator('.apdus');
  expect(await conversation.locator('.apdu').count()).toBeGreaterThan(5);
  const hex = (await conversation.textContent())?.replace(/\s/g, '');
  expect(hex, 'the environment in the log').toContain('7378312E73682E');
  expect(hex, 'the holder in the log, in GBK').not.toContain('B0B2C6BD');
  await conversation.locator('summary').first().click();
  await conversation.locator('.apdu-fields').first().waitFor();
  await clerk.expectInOrder();

  await main.locator('.wrap-row button').last().click();
  await main.locator('.facts').waitFor({ state: 'detached' });
  await main.locator('.drawer-card').first().waitFor();
}
