import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, openMailbox } from '../../server/test/mail/mailbox.ts';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { ADMIN, startProject, type TestProject } from './project.ts';

const FIRST = { email: 'ada@example.com', password: 'a long sentence of Ada' };

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe('a new project', () => {
  it('is set up with the code that the server printed', async () => {
    const project = await startProject({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
    const { page, faults, context } = await visit(browser, project.url);
    try {
      await page.goto('/admin/');
      await page.getByText('This project is new').waitFor();
      await page.getByRole('link', { name: 'I have the code' }).click();
      await page.getByRole('heading', { name: 'Welcome to Limen' }).waitFor();
      await expectAccessible(page);
      const printed = /(http\S+\/admin\/setup#\S+)/.exec(project.output())?.[1] ?? '';
      await page.getByLabel(/^Code/).fill('a wrong code');
      await page.getByLabel(/^E-mail/).fill(FIRST.email);
      await page.getByLabel(/^New password/).fill(FIRST.password);
      await page.getByRole('button', { name: 'Create the administrator' }).click();
      await page.getByRole('alert').waitFor();
      await page.goto('about:blank');
      await page.goto(printed);
      await page.getByLabel('First name').fill('Ada');
      await page.getByLabel(/^E-mail/).fill(FIRST.email);
      await page.getByLabel(/^New password/).fill(FIRST.password);
      await page.getByRole('button', { name: 'Create the administrator' }).click();
      await page.getByRole('heading', { name: 'Welcome, Ada' }).waitFor();
      expect(faults).toEqual([]);
    } finally {
      await context.close();
      await project.stop();
    }
  });
});

describe('people who have no password yet, or no more', () => {
  let project: TestProject;
  let mailbox: Mailbox;

  beforeAll(async () => {
    mailbox = await openMailbox();
    project = await startProject({ ...mailbox.settings, LOGIN_STALL_TIME: '0', REGISTER_STALL_TIME: '0' });
    const policy = await project.ask<{ id: string }>('POST', '/policies', { name: 'Members', app_access: true });
    const role = await project.ask<{ id: string }>('POST', '/roles', {
      name: 'Member',
      policies: { create: [{ policy: policy.id }] },
    });
    await project.ask('PATCH', '/settings', {
      public_registration: true,
      public_registration_verify_email: true,
      public_registration_role: role.id,
    });
  });
  afterAll(async () => {
    await project?.stop();
    await mailbox?.close();
  });

  const linkTo = async (address: string, part: string): Promise<string> => {
    const texts = () => mailbox.mails.filter(({ to }) => String(to).includes(address)).map(({ text }) => text ?? '');
    const find = () =>
      texts()
        .flatMap((text) => /https?:\S+/g.exec(text) ?? [])
        .filter((link) => link.includes(part))
        .at(-1);
    await expect.poll(find, { timeout: 15_000 }).toBeDefined();
    return find() ?? '';
  };

  it('register, follow the link of a mail, and sign in', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await page.goto('/admin/login');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel(/^E-mail/).fill('beth@example.com');
    await page.getByLabel(/^New password/).fill('the first one of Beth');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('status').filter({ hasText: 'Look into your mail' }).waitFor();
    await page.goto(await linkTo('beth@example.com', 'verify-email'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInAs(page, { email: 'beth@example.com', password: 'the first one of Beth' });
    expect(faults).toEqual([]);
    await context.close();
  });

  it('choose a new password by a link', async () => {
    await project.ask('POST', '/users', {
      email: 'carl@example.com',
      password: 'the first one of Carl',
      status: 'active',
    });
    const { page, faults, context } = await visit(browser, project.url);
    await page.goto('/admin/login');
    await page.getByRole('link', { name: 'Forgotten password?' }).click();
    await page.getByLabel(/^E-mail/).fill('carl@example.com');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('status').filter({ hasText: 'a mail is on its way' }).waitFor();
    await page.goto(await linkTo('carl@example.com', 'reset-password'));
    await page.getByLabel(/^New password/).fill('the second one of Carl');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInAs(page, { email: 'carl@example.com', password: 'the second one of Carl' });
    expect(faults).toEqual([]);
    await context.close();
  });

  it('accept an invitation', async () => {
    const [role] = await project.ask<{ id: string }[]>('GET', '/roles?filter[name][_eq]=Member');
    await project.ask('POST', '/users/invite', { email: 'dora@example.com', role: role?.id });
    const { page, faults, context } = await visit(browser, project.url);
    await page.goto(await linkTo('dora@example.com', 'accept-invite'));
    await page.getByLabel(/^New password/).fill('the first one of Dora');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInAs(page, { email: 'dora@example.com', password: 'the first one of Dora' });
    expect(faults).toEqual([]);
    await context.close();
  });

  it('sign in again where they were when the session has ended', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
    await context.clearCookies();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await page
      .getByRole('dialog')
      .getByLabel(/^Password/)
      .first()
      .fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in and go on' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
