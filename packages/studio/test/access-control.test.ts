import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { startProject, type TestProject } from './project.ts';

const BETH = { email: 'beth@example.com', password: 'the password of Beth' };

describe('access control in the Studio', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject({ LOGIN_STALL_TIME: '0' }), startBrowser()]);
    await project.ask('POST', '/collections', {
      collection: 'posts',
      schema: {},
      meta: {},
      fields: [
        { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
        { field: 'title', type: 'string' },
        { field: 'author', type: 'uuid' },
      ],
    });
    await project.ask('POST', '/relations', {
      collection: 'posts',
      field: 'author',
      related_collection: 'directus_users',
    });
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

  it('lets members read their own posts: a role, a policy, a rule, and what it gives before it is saved', async () => {
    const { page, faults, context } = await open('/settings/access');
    await page.getByRole('heading', { level: 1, name: 'Access control' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New policy' }).click();
    await page.getByLabel(/^Name/).fill('Own posts');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Nobody gains or loses anything').waitFor();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByRole('heading', { level: 1, name: 'Own posts' }).waitFor();
    await page.getByRole('button', { name: 'Read posts: none' }).click();
    await page.getByRole('menuitem', { name: /^Custom/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Read posts' });
    await dialog.getByText('JSON', { exact: true }).first().click();
    await dialog.getByRole('textbox').first().fill('{"author": {"_eq": "$CURRENT_USER"}}');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await page.getByRole('button', { name: 'Read posts: custom' }).waitFor();
    await page.getByRole('button', { name: 'Create posts: none' }).click();
    await page.getByRole('menuitem', { name: 'Everything' }).click();
    await page.getByRole('button', { name: 'Create posts: all' }).waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Review and save' }).first().click();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('The policy is saved').waitFor();

    await page.goto('/admin/settings/access');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByLabel(/^Name/).fill('Members');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    await page.getByRole('combobox', { name: 'Policies' }).click();
    await page.getByRole('option', { name: 'Own posts' }).click();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('The role is saved.').waitFor();

    const [role] = await project.ask<{ id: string }[]>('GET', '/roles?filter[name][_eq]=Members');
    const beth = await project.ask<{ id: string }>('POST', '/users', { ...BETH, role: role?.id });
    await project.ask('POST', '/items/posts', [{ title: 'Hers', author: beth.id }, { title: 'Not hers' }]);
    await project.ask('PATCH', `/users/${beth.id}`, { token: 'token-of-beth-0123456789' });
    const seen = await project.ask<{ title: string }[]>('GET', '/items/posts', undefined, 'token-of-beth-0123456789');
    expect(seen.map(({ title }) => title)).toEqual(['Hers']);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('warns when the public gains anything, and says what it exposes', async () => {
    const policy = await project.ask<{ id: string }>('POST', '/policies', {
      name: 'Shown to all',
      permissions: { create: [{ collection: 'posts', action: 'read', permissions: {}, fields: ['*'] }] },
    });
    const { page, faults, context } = await open(`/settings/access/policies/${policy.id}`);
    await page.getByRole('combobox', { name: 'Attach to' }).click();
    await page.getByRole('option', { name: /^The public/ }).click();
    await page.getByRole('alert').filter({ hasText: 'gains' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('Saved, and in force at once.').waitFor();
    await page.goto('/admin/settings/access');
    await page.getByText('What everybody may do, without signing in').waitFor();
    await expectAccessible(page);
    expect((await fetch(`${project.url}/items/posts`)).status).toBe(200);
    await page.goto(`/admin/settings/access/policies/${policy.id}`);
    await page.getByRole('button', { name: /^Detach: The public/ }).click();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('Saved, and in force at once.').waitFor();
    expect((await fetch(`${project.url}/items/posts`)).status).toBe(403);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says why', async () => {
    const { page, faults, context } = await open('/settings/access/why');
    await page.getByRole('combobox', { name: 'Who' }).click();
    await page.getByRole('option', { name: BETH.email }).click();
    await page.getByRole('combobox', { name: /^Collection/ }).click();
    await page.getByRole('option', { name: 'posts', exact: true }).click();
    await page.getByLabel(/^Key of the item/).fill('2');
    await page.getByRole('button', { name: 'Why?', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Denied' }).waitFor();
    await page.getByText('author _eq "$CURRENT_USER"').waitFor();
    await expectAccessible(page);
    await page.getByLabel(/^Key of the item/).fill('1');
    await page.getByRole('button', { name: 'Why?', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Allowed' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
