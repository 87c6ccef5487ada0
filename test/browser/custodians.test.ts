import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from './support/town.ts';
import { type View, Visitor } from './support/visitor.ts';

let town: Town;
const people = ['custodian', 'custodian2', 'custodian3'] as const;
const names = ['严守一', '钟秉正', '薛静之'] as const;
const visitors: Visitor[] = [];

beforeAll(async () => {
  town = await openTown();
}, 150_000);
afterAll(async () => {
  for (const visitor of visitors) await visitor.leave();
  await town?.close();
}, 60_000);

async function enter(username: string, view: View): Promise<Visitor> {
  const visitor = await Visitor.open(town, username, view);
  visitors.push(visitor);
  return visitor;
}

const mono = async (visitor: Visitor, label: string): Promise<string> => {
  const fact = visitor.page.locator('.custody-component .fact', { hasText: label }).locator('dd');
  return ((await fact.textContent()) ?? '').replaceAll(' ', '');
};

/** Chooses in a list, sees that it was chosen, and waits until the list is gone: it fades over what lies below it. */
async function choose({ page }: Visitor, label: string, options: readonly string[]): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.click();
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  for (const option of options) {
    await list
      .locator('.ant-select-item-option')
      .filter({ hasText: new RegExp(`^${option}`) })
      .click();
    await page.locator('.ant-select').filter({ has: box }).getByText(option).first().waitFor();
  }
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
}

it('three custodians make a version of the purchase key, each at a desk of their own', async () => {
  const [first, second, third] = [
    await enter(people[0], { language: 'en', width: 1280 }),
    await enter(people[1], { language: 'en', width: 1280 }),
    await enter(people[2], { language: 'en', width: 390 }),
  ];
  const desks = [first, second, third];
  const { page } = first;
  await first.expectInOrderInBoth();
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Yearly rotation');
  await choose(first, 'Key', ['DPK']);
  await choose(first, 'Custodians, in order', names);
  await page.getByRole('button', { name: 'Open a ceremony' }).click();
  await expect.poll(() => page.locator('main').textContent(), { timeout: 20_000 }).toContain('SM4 DPK v2');
  await page.getByRole('link', { name: 'SM4 DPK v2' }).click();
  await page.getByRole('button', { name: 'Contribute a component' }).waitFor();
  const path = new URL(page.url()).pathname;

  const components: { component: string; check_value: string }[] = [];
  for (const desk of desks) {
    await desk.goto(path);
    await desk.page.getByRole('button', { name: 'Contribute a component' }).click();
    const component = await mono(desk, 'Component');
    expect(component).toMatch(/^[0-9A-F]{32}$/);
    components.push({ component, check_value: await mono(desk, 'Check value') });
    await desk.expectInOrder();
    await desk.page.getByRole('button', { name: 'I have it' }).click();
    await desk.page.getByRole('button', { name: 'I have it' }).waitFor({ state: 'detached' });
    expect(await desk.page.locator('body').textContent()).not.toContain(component.slice(0, 4).concat(' '));
  }
  expect(new Set(components.map(({ component }) => component)).size).toBe(3);

  await third.goto(path);
  await third.page.getByRole('button', { name: 'Combine' }).click();
  const combined = third.page.locator('.fact', { hasText: 'Check value' }).locator('dd');
  await third.page.getByRole('button', { name: 'Confirm the check values' }).waitFor();
  const check_value = (await combined.textContent()) ?? '';
  expect(check_value).toMatch(/^[0-9A-F]{6}$/);
  for (const [i, desk] of desks.entries()) {
    await desk.goto(path);
    await desk.page
      .getByRole('textbox', { name: 'Check value of your component' })
      .fill(components[i]?.check_value ?? '');
    await desk.page.getByRole('textbox', { name: 'Check value of the combined key' }).fill(check_value.toLowerCase());
    await desk.page.getByRole('button', { name: 'Confirm the check values' }).click();
    await desk.page.getByRole('button', { name: 'Confirm the check values' }).waitFor({ state: 'detached' });
  }

  // Who combined does not install.
  await third.goto(path);
  expect(await third.page.getByRole('button', { name: 'Install' }).count()).toBe(0);
  await second.goto(path);
  await second.page.getByRole('button', { name: 'Install' }).click();
  await second.page.locator('.stamp', { hasText: 'installed' }).first().waitFor();
  await second.expectInOrderInBoth();
  await second.expectOnPaper();
  const what = await second.page.locator('main table .stamp').allInnerTexts();
  expect(what).toEqual([
    'opened',
    ...Array(3).fill('contributed'),
    'combined',
    ...Array(3).fill('confirmed'),
    'installed',
  ]);
  await third.goto(path);
  await third.expectInOrderInBoth();

  await second.goto('/custodian/inventory');
  await second.expectInOrderInBoth();
  const row = second.page.getByRole('row').filter({ hasText: check_value });
  expect(await row.textContent()).toMatch(/DPK.*SM4.*2/);
  await row.getByRole('link').click();
  await second.page.locator('.stamp', { hasText: 'installed' }).waitFor();
  await second.expectInOrderInBoth();
  for (const desk of [second, third]) {
    await desk.goto('/custodian/orders');
    await desk.expectInOrderInBoth();
    await desk.goto('/custodian/inventory');
    await desk.expectInOrderInBoth();
  }
}, 200_000);
