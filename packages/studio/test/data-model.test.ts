import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { startProject, type TestProject } from './project.ts';

describe('the data model in the Studio', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject({ LOGIN_STALL_TIME: '0' }), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  it('is made, changed and taken away, with what each does to the data', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/settings/data-model');
    await page.getByRole('heading', { level: 1, name: 'Data model' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Create a collection' }).first().click();
    const creating = page.getByRole('dialog', { name: 'Create a collection' });
    await creating.getByLabel(/^Name/).fill('Not a name');
    expect(await creating.getByRole('button', { name: 'Create', exact: true }).isDisabled()).toBe(true);
    await creating.getByLabel(/^Name/).fill('posts');
    await expectAccessible(page);
    await creating.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'posts' }).waitFor();
    await creating.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Add a field' }).click();
    const adding = page.getByRole('dialog', { name: 'Add a field to posts' });
    await adding.getByLabel(/^Name/).fill('title');
    await adding.getByRole('button', { name: 'Add the field' }).click();
    await adding.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add a field' }).click();
    await adding.getByLabel(/^Name/).fill('author');
    await adding.getByRole('combobox', { name: 'What it holds' }).click();
    await page.getByRole('option', { name: 'User', exact: true }).click();
    await expectAccessible(page);
    await adding.getByRole('button', { name: 'Add the field' }).click();
    await adding.waitFor({ state: 'detached' });
    const fields = await project.ask<{ field: string }[]>('GET', '/fields/posts');
    expect(fields.map(({ field }) => field)).toEqual(expect.arrayContaining(['id', 'title', 'author']));
    const relation = await project.ask<{ related_collection: string }>('GET', '/relations/posts/author');
    expect(relation.related_collection).toBe('directus_users');

    await project.ask('POST', '/items/posts', [{ title: 'One' }, { title: 'Two' }, {}]);
    await page.reload();
    await page.getByRole('button', { name: /title/ }).last().click();
    const deleting = page.getByRole('dialog', { name: 'Delete the field title?' });
    await deleting.getByText('Items that lose a value: 2 of 3.').waitFor();
    await expectAccessible(page);
    await deleting.getByRole('button', { name: 'Delete the field' }).click();
    await page.getByText('The field “title” has been deleted.').waitFor();

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Delete this collection …' }).click();
    const last = page.getByRole('dialog', { name: 'Delete posts and everything in it?' });
    await last.getByText('Items that are deleted: 3.').waitFor();
    expect(await last.getByRole('button', { name: 'Delete the collection' }).isDisabled()).toBe(true);
    await last.getByRole('textbox').fill('posts');
    await last.getByRole('button', { name: 'Delete the collection' }).click();
    await page.getByText('The collection “posts” has been deleted.').waitFor();
    await expect(project.ask('GET', '/items/posts')).rejects.toThrow('403');
    expect(faults).toEqual([]);
    await context.close();
  });
});
