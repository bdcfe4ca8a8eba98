import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { startProject, type TestProject } from './project.ts';

describe('watching a project, and setting up sign-on', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    const settings = { WEBSOCKETS_LOGS_ENABLED: 'true', LOGIN_STALL_TIME: '0' };
    [project, browser] = await Promise.all([startProject(settings), startBrowser()]);
    await project.ask('POST', '/roles', { name: 'Member' });
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const open = async (path: string) => {
    const visiting = await visit(browser, project.url);
    await signInAs(visiting.page);
    await visiting.page.goto(`/admin${path}`);
    return visiting;
  };

  it('shows who did what, and filters it', async () => {
    const { page, faults, context } = await open('/activity');
    await page.getByRole('cell', { name: 'login' }).first().waitFor();
    await page
      .getByRole('cell', { name: /directus_roles/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Action' }).click();
    await page.getByRole('option', { name: 'create' }).click();
    await page.getByRole('cell', { name: 'login' }).first().waitFor({ state: 'detached' });
    await page
      .getByRole('cell', { name: /directus_roles/ })
      .first()
      .waitFor();
    await page.reload();
    await page
      .getByRole('cell', { name: /directus_roles/ })
      .first()
      .waitFor();
    expect(await page.getByRole('cell', { name: 'login' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows the log as it comes, from a level on', async () => {
    const { page, faults, context } = await open('/logs');
    const log = page.getByRole('log');
    await log.waitFor();
    await expectAccessible(page);
    await expect
      .poll(
        async () => {
          await project.ask('GET', '/roles?fields=name&search=seen-in-the-log').catch(() => null);
          return log.textContent();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toContain('/roles');
    await page.getByRole('button', { name: 'Empty' }).click();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('sets up a provider, tests it step by step, and the login offers it', async () => {
    const { page, faults, context } = await open('/settings/sign-on');
    await page.getByText('None yet.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Set up a provider' }).click();
    await page.getByRole('heading', { level: 1, name: 'New provider' }).waitFor();
    await page.getByLabel(/^Name/).fill('club');
    await page.getByLabel('What people read on the button').fill('The Club');
    await page.getByLabel(/^CLIENT_ID/).fill('studio');
    await page
      .getByLabel(/^CLIENT_SECRET/)
      .first()
      .fill('the secret of the club');
    await page.getByLabel(/^ISSUER_URL/).fill('https://id.club.invalid');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('heading', { level: 1, name: 'The Club' }).waitFor();
    await page.getByText('/auth/login/club/callback').waitFor();
    expect(await page.content()).not.toContain('the secret of the club');
    await page.getByRole('button', { name: 'Test the provider' }).click();
    await page.getByText('Something is wrong.').waitFor();
    await page
      .getByText(/ISSUER_URL/)
      .last()
      .waitFor();
    await expectAccessible(page);

    const stranger = await visit(browser, project.url);
    await stranger.page.goto('/admin/login');
    const button = stranger.page.getByRole('link', { name: 'Sign in with The Club' });
    expect(await button.getAttribute('href')).toContain('/auth/login/club?redirect=');
    await stranger.context.close();

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the provider' }).click();
    await page.getByText('None yet.').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('opens registration', async () => {
    const { page, faults, context } = await open('/settings/sign-on');
    await page.getByRole('switch', { name: 'Anybody may register' }).click();
    await page.getByRole('combobox', { name: 'Role of whoever registers' }).click();
    await page.getByRole('option', { name: 'Member' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await project.ask('GET', '/settings?fields=public_registration')).toEqual({ public_registration: true });
    expect(faults).toEqual([]);
    await context.close();
  });
});
