import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, signInAs, startBrowser, visit } from './browser.ts';
import { makeDemo } from './demo.ts';
import { everyPage, type Shown, settled } from './pages.ts';
import { startProject, type TestProject } from './project.ts';

/** All that is wrong is said at once, with its page. */
describe('every page of the Studio', () => {
  let project: TestProject;
  let browser: Browser;
  let shown: Shown;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject(), startBrowser()]);
    shown = await makeDemo(project);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  it.each([true, false])('is accessible in both looks and on a phone; signed in: %s', async (inside) => {
    const { page, faults, context } = await visit(browser, project.url);
    if (inside) await signInAs(page);
    const wrong: string[] = [];
    const pages = everyPage(shown).filter((one) => one.inside === inside);
    for (const { path } of pages) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`/admin${path}`);
      await settled(page);
      const look = async (name: string): Promise<void> => {
        wrong.push(...(await barriers(page)).map((one) => `${path}, ${name}: ${one}`));
      };
      await look('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      await look('dark');
      await page.setViewportSize({ width: 390, height: 844 });
      await look('390 px');
      if (!(await fits(page))) wrong.push(`${path} scrolls sideways at 390 px`);
      if ((await page.getByRole('heading', { level: 1 }).count()) !== 1) wrong.push(`${path} has not one h1`);
    }
    expect(wrong).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });
});
