import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoPassword } from '../../../src/apps/seed/users.ts';
import type { Town } from './town.ts';

export type Language = 'en' | 'zh';
export type View = { readonly language: Language; readonly width: number };

/** Somebody before a screen: signs in through the page, and keeps what the page complained of. */
export class Visitor {
  readonly page: Page;
  #language: Language;
  readonly #complaints: string[] = [];

  private constructor(page: Page, language: Language) {
    this.page = page;
    this.#language = language;
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (fault) => this.#complaints.push(`page: ${fault.message}`));
    page.on('response', (answer) => {
      if (answer.status() >= 400) this.#complaints.push(`${answer.status()} ${answer.url()}`);
    });
    page.on('requestfailed', (request) => {
      // Leaving a page breaks off what it was still asking, among it the terminal's events.
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.#complaints.push(`${why} ${request.url()}`);
    });
  }

  static async open({ address, browser }: Town, username: string, { language, width }: View): Promise<Visitor> {
    const page = await newPage(browser, address, language, width);
    const visitor = new Visitor(page, language);
    await page.goto('/sign-in');
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.locator('.entry').waitFor({ state: 'detached' });
    await visitor.arrived();
    return visitor;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
    await this.arrived();
  }

  /** Follows the first link of the page's first table or list. */
  async followFirst(): Promise<void> {
    const here = this.page.url();
    await this.page.locator('main :is(table, ol, ul) a').first().click();
    await this.page.waitForURL((url) => url.href !== here);
    await this.arrived();
  }

  /** The page stands: a heading, and nothing that is still being read. */
  async arrived(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.page.waitForFunction("!document.querySelector('.waiting')");
    await this.page.waitForLoadState('load');
  }

  /** The page as it stands, then in the other language, and back. */
  async expectInOrderInBoth(): Promise<void> {
    await this.expectInOrder();
    await this.#turn('中文', 'zh');
    await this.expectInOrder();
    await this.#turn('EN', 'en');
  }

  async #turn(label: string, language: Language): Promise<void> {
    await this.page.getByText(label, { exact: true }).click();
    await this.page.locator(`html[lang^="${language}"]`).waitFor({ state: 'attached' });
    this.#language = language;
    await this.arrived();
  }

  /** On paper the page has the sheet to itself, and is light. */
  async expectOnPaper(): Promise<void> {
    await this.page.emulateMedia({ media: 'print' });
    await this.page.locator('html[data-shade="light"]').waitFor({ state: 'attached' });
    const share = await this.page.evaluate<number>('document.querySelector("main").clientWidth / innerWidth');
    expect(share, `share of the sheet that ${this.page.url()} takes`).toBeGreaterThan(0.9);
    await this.page.emulateMedia({ media: 'screen' });
  }

  /** What must hold of every page in every language at every width. */
  async expectInOrder(): Promise<void> {
    const at = this.page.url();
    expect(this.#complaints, at).toEqual([]);
    expect(await this.page.locator('main .problem').count(), `a problem at ${at}`).toBe(0);
    const beyond = await this.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(beyond, `px beyond the right edge at ${at}`).toBeLessThanOrEqual(0);
    if (this.#language === 'en') expect(await this.#untranslated(), at).toEqual([]);
  }

  /** Chinese in what the page itself says: headings, labels, buttons, heads of tables. */
  async #untranslated(): Promise<string[]> {
    const says = 'h2, h3, th, dt, label, button, nav a, .page-note, .stamp';
    const texts = await this.page
      .locator(says)
      .filter({ hasNot: this.page.locator('[lang="zh-CN"]') })
      .allInnerTexts();
    return texts.filter((text) => /\p{Script=Han}/u.test(text) && text !== '中文');
  }

  /** Whether the focus can be seen where it is. */
  focusIsVisible(): Promise<boolean> {
    return this.page.evaluate<boolean>(
      `(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return false;
        const shown = [at, at.closest('.ant-select, .ant-input-affix-wrapper, .ant-switch')].filter(Boolean);
        return shown.some((element) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        });
      })()`,
    );
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}

async function newPage(browser: Browser, address: string, language: Language, width: number): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    locale: { en: 'en-GB', zh: 'zh-CN' }[language],
    viewport: { width, height: width < 600 ? 844 : 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}
