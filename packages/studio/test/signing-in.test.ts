import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { startProject, type TestProject } from './project.ts';

describe('signing in to the Studio', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  it('leads to the page that was asked for, and sign-out leads back', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await page.goto('/admin/');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
    await signInAs(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says in words that the password is wrong', async () => {
    const { page, context } = await visit(browser, project.url);
    await page.goto('/admin/login');
    await page.getByLabel('E-mail').fill('admin@example.com');
    await page.getByLabel(/^Password( \*)?$/).fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('wrong');
    await context.close();
  });
});
