import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAtCounter, approve, makeAndHandOver } from './support/card-life.ts';
import { readCard } from './support/card-reader.ts';
import { payByKeyboard, payByMouse } from './support/payment.ts';
import { openTown, type Town } from './support/town.ts';
import { type View, Visitor } from './support/visitor.ts';

let town: Town;
let settlement_no = '';

beforeAll(async () => {
  town = await openTown();
}, 150_000);
afterAll(() => town?.close(), 60_000);

async function as(username: string, view: View, work: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await Visitor.open(town, username, view);
  try {
    await work(visitor);
    await visitor.expectInOrder();
  } finally {
    await visitor.leave();
  }
}

it('the command line plays a visit on the running city, from card to books', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['tools/run.mjs', 'visit', '--url', town.address, '--card', 'L88888886'],
    { timeout: 60_000 },
  );
  expect(stdout).toContain('Ended: paid by card');
  expect(stdout).toMatch(/Chip and PSAM: [1-9]\d* exchanges/);
  expect(stdout).toMatch(/ISO 8583: [1-9]\d* messages/);
  expect(stdout).toContain('Journals');
});

describe('one payment, through the pages', () => {
  it('the cashier takes it by keyboard alone, from card to receipt', () =>
    as('hospital', { language: 'en', width: 1280 }, async (desk) => {
      settlement_no = await payByKeyboard(desk, 'An Ping');
    }));

  it('the pharmacist takes another with the PIN on the drawn keys', () =>
    as('pharmacy', { language: 'zh', width: 1280 }, async (counter) => {
      expect(await payByMouse(counter, '安平')).not.toBe(settlement_no);
    }));

  it('the inspector finds it and sees all six stations, each with its raw form', () =>
    as('inspector', { language: 'en', width: 1280 }, async (inspector) => {
      const { page } = inspector;
      expect(settlement_no, 'paid at the hospital').toMatch(/^S\d{10}$/);
      await page.getByRole('textbox').fill(settlement_no);
      await page.keyboard.press('Enter');
      await page.locator('main table a').first().click();
      await page.locator('.trace').waitFor();
      expect(await page.locator('.stop h2').allInnerTexts()).toEqual([
        'Chip',
        'Terminal',
        'Wire',
        'Decision',
        'Ledger',
        'Books',
      ]);
      expect(await page.locator('.stop-done').count()).toBe(5);
      expect(await page.locator('#station-books').textContent()).toContain('waiting');
      await inspector.expectOnPaper();
      for (const raw of await page.locator('details.raw > summary').all()) await raw.click();
      expect(await page.locator('.apdu').count()).toBeGreaterThan(30);
      expect(await page.locator('.message').count()).toBe(8);
      expect(await page.locator('.why-step').count()).toBeGreaterThan(2);
      // Time moves forward along the line.
      const gaps = await page.locator('.stop-elapsed').allInnerTexts();
      expect(gaps).toHaveLength(4);
      expect(gaps.filter((gap) => gap.includes('-'))).toEqual([]);
    }));

  it('finance closes the day and comes from a line of the statement back to the trace', () =>
    as('finance', { language: 'en', width: 1280 }, async (finance) => {
      const { page } = finance;
      await page.getByRole('button', { name: 'Close the day' }).click();
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.locator('.notice').filter({ hasText: 'is closed' }).waitFor();
      await page.getByRole('link', { name: 'Statements' }).click();
      await page.getByRole('combobox').click();
      await page.locator('.ant-select-item-option', { hasText: 'employees’ medical fund' }).click();
      await finance.expectOnPaper();
      await page
        .getByRole('link', { name: /^2001\.01/ })
        .first()
        .click();
      await page.getByRole('link', { name: 'Open the trace' }).first().click();
      await page.locator('.trace').waitFor();
      expect(await page.locator('.stop-done').count()).toBe(6);
      expect(await page.locator('.slip').count()).toBeGreaterThan(0);
    }));
});

describe('the card reader at the counter', () => {
  it('a page is paired, a card comes, is read through the agent, and goes', () =>
    as('agency', { language: 'en', width: 1280 }, (clerk) => readCard(clerk, town.home)));

  it('the same on a narrow screen, in Chinese', () =>
    as('agency', { language: 'zh', width: 390 }, (clerk) => readCard(clerk, town.home)));
});

describe('the laboratory', () => {
  it('explains a computation by keyboard alone, and keeps keys out of the address', () =>
    as('lab', { language: 'en', width: 1280 }, async ({ page }) => {
      await page.goto('/laboratory/operations?operation=kcv');
      await page.locator('#lab-key').fill('01234567:89ABCDEF FEDCBA98:76543210');
      await page.locator('#lab-expected').fill('08D7B4');
      await page.keyboard.press('F9');
      await page.locator('.outcome .stamp-done').waitFor();
      expect(await page.locator('.outcome-value code').first().textContent()).toBe('08 D7 B4');
      expect(await page.locator('.lab-steps > li').count()).toBeGreaterThan(0);
      expect(page.url()).toContain('expected=08D7B4');
      expect(page.url()).not.toContain('4567');
    }));

  it('takes data apart to the bit', () =>
    as('lab', { language: 'zh', width: 390 }, async (visitor) => {
      await visitor.goto('/laboratory/decode');
      await visitor.page.locator('#decode-data').fill('95050080048000');
      await visitor.page.keyboard.press('F9');
      await visitor.page.locator('.decoded').waitFor();
      expect(await visitor.page.locator('.bit').allInnerTexts()).toEqual([
        expect.stringMatching(/^2\.8\s+1\s+IC卡与终端应用版本不一致$/),
        expect.stringMatching(/^3\.3\s+1\s+已输入联机PIN$/),
        expect.stringMatching(/^4\.8\s+1\s+交易超过最低限额$/),
      ]);
    }));

  it('runs a purchase with the PSAM, and shows where an answer parts', () =>
    as('lab', { language: 'en', width: 1280 }, async (visitor) => {
      const { page } = visitor;
      await visitor.goto('/laboratory/scripts');
      await page.getByRole('button', { name: 'Purchase with the PSAM' }).click();
      await page.keyboard.press('F9');
      await page.locator('.run').waitFor();
      expect(await page.locator('.run-ok').count()).toBe(await page.locator('.run-line').count());
      for (const summary of await page.locator('.run summary').all()) await summary.click();
      expect(await page.locator('.run-side').count()).toBeGreaterThan(10);
      await visitor.expectInOrderInBoth();
      await page.getByLabel('Script', { exact: true }).fill('> 00A40400 [ $ssse ]\n< 6F * 6A82');
      await page.keyboard.press('F9');
      await page.locator('.run-failed').waitFor();
      expect(await page.locator('.run-difference dd').allInnerTexts()).toEqual(['6A82', '9000']);
      expect(await page.locator('.editor-failed').textContent()).toBe('2');
    }));
});

describe('a lost card and its successor, through the pages', () => {
  const desk = { language: 'en', width: 1280 } as const;

  it('the clerk applies at the counter with a photo', () =>
    as('agency', desk, (clerk) => applyAtCounter(clerk, 'Shi Xun', '石寻')));

  it('who applied cannot decide; a second person does', async () => {
    await as('agency', desk, async ({ page }) => {
      await page.goto('/agency/orders');
      await page.getByText('your own: another decides').first().waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    });
    await as('approver', desk, approve);
  });

  it('the card is made at the station, handed over, and takes the old one’s place', () =>
    as('agency', desk, async (clerk) => {
      const { balance, fresh } = await makeAndHandOver(clerk, '石寻');
      expect(fresh).toBe(balance);
      expect(balance).toMatch(/^¥[\d,]+\.\d\d$/);
    }));

  it('a citizen stops a card for some days and is told what happens next', () =>
    as('retiree', { language: 'en', width: 390 }, async (citizen) => {
      const { page } = citizen;
      await citizen.goto('/citizen/card');
      await page.getByRole('button', { name: 'Report it lost' }).click();
      await page.getByRole('button', { name: 'Stop it for some days, I am still looking' }).click();
      await page.getByRole('heading', { name: 'Stopped for some days' }).waitFor();
      await citizen.expectInOrderInBoth();
      await page.getByRole('button', { name: 'Report it lost' }).click();
      await page.getByRole('button', { name: 'Yes, it is lost' }).click();
      await page.getByRole('heading', { name: 'What happens next' }).waitFor();
      await citizen.expectInOrderInBoth();
    }));
});

/** Where a role's day leads it; `→` opens the first thing found there. */
const days: Readonly<Record<string, readonly string[]>> = {
  agency: [
    'today',
    'persons?query=安平 →',
    'cards →',
    'counter?query=安平',
    'reader',
    'orders →',
    'stock',
    'black-list →',
    'settlements →',
  ],
  hospital: ['desk', 'visits?state=settled →'],
  pharmacy: ['desk', 'sales?state=settled →'],
  finance: ['days', 'vouchers →', 'statements?book=medical-employee →'],
  inspector: ['search →'],
  citizen: ['card', 'account', 'visits →'],
  laboratory: ['operations', 'decode', 'scripts'],
};
/** Whose day it is, where the portal is not called as its user. */
const users: Readonly<Record<string, string>> = { laboratory: 'lab' };
const views = [
  ...Object.keys(days).map((role) => ({ role, width: 1280 })),
  { role: 'agency', width: 390 },
  { role: 'citizen', width: 390 },
  { role: 'inspector', width: 390 },
  { role: 'laboratory', width: 390 },
];

// Several people at once: most of a walk is waiting for the page.
it.concurrent.each(views)(
  'the day of $role at $width px, every page in English and in Chinese',
  ({ role, width }) =>
    as(users[role] ?? role, { language: 'en', width }, async (visitor) => {
      for (const place of days[role] ?? []) {
        const [path, deeper] = place.split(' ');
        await visitor.goto(`/${role}/${path}`);
        await visitor.expectInOrderInBoth();
        if (deeper) {
          await visitor.followFirst();
          await visitor.expectInOrderInBoth();
        }
      }
    }),
  150_000,
);
