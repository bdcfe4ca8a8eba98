import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { ADMIN, startProject, type TestProject } from './project.ts';

const BETH = { email: 'beth@example.com', password: 'the password of Beth' };

/** The code of an app for a key in base32 (RFC 6238). */
function codeFor(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('people', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject({ LOGIN_STALL_TIME: '0' }), startBrowser()]);
    const own = { id: { _eq: '$CURRENT_USER' } };
    const fields = ['first_name', 'last_name', 'language', 'appearance', 'token', 'password', 'tfa_secret'];
    await project.ask('POST', '/roles', {
      name: 'Member',
      policies: {
        create: [
          {
            policy: {
              name: 'Members',
              app_access: true,
              permissions: {
                create: [
                  { collection: 'directus_users', action: 'read', permissions: own, fields: ['*'] },
                  { collection: 'directus_users', action: 'update', permissions: own, fields },
                ],
              },
            },
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const openAs = async (person: { email: string; password: string }, path: string) => {
    const visiting = await visit(browser, project.url);
    await signInAs(visiting.page, person);
    await visiting.page.goto(`/admin${path}`);
    return visiting;
  };
  const prove = async (page: Page, name: string, secret: string): Promise<void> => {
    const dialog = page.getByRole('dialog', { name });
    await dialog
      .getByLabel(/^(Your password|One-time code)/)
      .first()
      .fill(secret);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  it('an administrator makes, finds and suspends a user', async () => {
    const { page, faults, context } = await openAs(ADMIN, '/users');
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.getByRole('cell', { name: ADMIN.email }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Create a user' }).click();
    await page.getByLabel('First name').fill('Beth');
    await page.getByLabel(/^E-mail/).fill(BETH.email);
    await page
      .getByLabel(/^Password/)
      .first()
      .fill(BETH.password);
    await page.getByRole('combobox', { name: /^Role/ }).click();
    await page.getByRole('option', { name: 'Member' }).click();
    await page.getByRole('button', { name: 'Create the user' }).click();
    await page.getByRole('heading', { level: 1, name: 'Beth' }).waitFor();
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await expectAccessible(page);

    const { id } = (await project.ask<{ id: string }[]>('GET', '/users?filter[email][_eq]=beth@example.com'))[0] ?? {};
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('button', { name: 'Activate' }).waitFor();
    expect(await project.ask('GET', `/users/${id}?fields=status`)).toEqual({ status: 'suspended' });
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('button', { name: 'Suspend' }).waitFor();

    await page.goto('/admin/users');
    await page.getByLabel('Search').fill('nobody of this name');
    await page.getByRole('heading', { name: 'No such users' }).waitFor();
    await page.getByLabel('Search').fill('beth');
    await page.getByRole('link', { name: 'Beth' }).click();
    await page.getByRole('heading', { level: 1, name: 'Beth' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a member makes a static token: shown once, active after saving, never shown again', async () => {
    const { page, faults, context } = await openAs(BETH, '/profile');
    await page.getByRole('button', { name: 'Generate a static token' }).click();
    const token = (await page.locator('pre[aria-label="Static token"]').textContent()) ?? '';
    expect(token.length).toBeGreaterThan(20);
    const status = async (): Promise<number> => (await fetch(`${project.url}/users/me?access_token=${token}`)).status;
    expect(await status()).toBe(401);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('A static token is set.').waitFor();
    expect(await page.content()).not.toContain(token);
    expect(await status()).toBe(200);
    await page.reload();
    await page.getByText('A static token is set.').waitFor();
    expect(await page.content()).not.toContain(token);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('and a named token, which ends when it is deleted', async () => {
    const { page, faults, context } = await openAs(BETH, '/profile');
    await page.getByLabel('Name of the new token').fill('Export');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = (await page.locator('pre[aria-label*="Export"]').textContent()) ?? '';
    expect(token).toMatch(/^limen_/);
    const status = async (): Promise<number> =>
      (await fetch(`${project.url}/users/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status()).toBe(200);
    await page.getByRole('button', { name: 'Delete the token Export' }).click();
    await page.getByRole('button', { name: 'Delete the token', exact: true }).click();
    await expect.poll(status, { timeout: 10_000 }).toBe(401);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('two-factor authentication with a QR code, recovery codes, and a login that asks for a code', async () => {
    const { page, faults, context } = await openAs(BETH, '/profile');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await prove(page, 'Turn on', BETH.password);
    await page.getByRole('img', { name: 'QR code with the key' }).waitFor();
    await expectAccessible(page);
    const secret = ((await page.locator('form code').last().textContent()) ?? '').trim();
    await page.getByLabel(/^Code of the app/).fill(codeFor(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(/It is on\./).waitFor();
    await context.close();

    const again = await visit(browser, project.url);
    await again.page.goto('/admin/login');
    await again.page.getByLabel(/^E-mail/).fill(BETH.email);
    await again.page.getByLabel(/^Password( \*)?$/).fill(BETH.password);
    await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await again.page.getByLabel(/^One-time code/).fill(codeFor(secret));
    await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await again.page.getByRole('heading', { name: 'Welcome, Beth' }).waitFor();
    expect(faults).toEqual([]);
    await again.context.close();
  });

  it('a passkey signs in without a password', async () => {
    const { page, faults, context } = await openAs(ADMIN, '/profile');
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await page.getByLabel('Name of the new passkey').fill('Test key');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await prove(page, 'Add a passkey', ADMIN.password);
    await page.getByText(/Test key · made/).waitFor();
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('ends the other sessions, and speaks German', async () => {
    const other = await openAs(ADMIN, '/profile');
    const { page, faults, context } = await openAs(ADMIN, '/profile');
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await page.getByText('The sessions are over.').waitFor();
    await other.page.reload();
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Mein Profil' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(faults).toEqual([]);
    await context.close();
    await other.context.close();
  });
});
