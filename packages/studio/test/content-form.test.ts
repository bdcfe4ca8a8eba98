import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { EDITOR, eventually, makeBlog, makeEditor } from './content-model.ts';
import { ADMIN, startProject, type TestProject } from './project.ts';

interface Post {
  readonly id: number;
  readonly title: string;
  readonly pages: number | null;
  readonly featured: boolean;
  readonly published_on: string | null;
  readonly options: unknown;
  readonly writer: { readonly id: number; readonly name: string } | null;
  readonly tags: readonly { readonly tags_id: { readonly label: string } }[];
}

describe('forms of items in the Studio', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject(), startBrowser()]);
    await makeBlog(project);
    await project.ask('POST', '/items/posts', [
      { title: 'First', pages: 10, secret: 'hush', writer: 1, tags: [{ tags_id: 1 }] },
      { title: 'Second', pages: 20, writer: 2 },
    ]);
    await makeEditor(project, [
      { collection: 'posts', action: 'read', fields: ['id', 'title', 'pages', 'writer'], permissions: {} },
      { collection: 'posts', action: 'update', fields: ['title'], permissions: { id: { _eq: 1 } } },
      { collection: 'writers', action: 'read', fields: ['id', 'name'] },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const readPost = (id: number) =>
    project.ask<Post>('GET', `/items/posts/${id}?fields=*,writer.id,writer.name,tags.tags_id.label`);

  it('make an item with relations that are picked and made in place', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/content/posts/+');
    await page.getByRole('heading', { level: 1, name: 'New: Posts' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('A value is needed here.').waitFor();

    await page.getByRole('textbox', { name: 'Title' }).fill('Third');
    await page.getByRole('textbox', { name: 'Pages' }).fill('many');
    await page.getByText('This is no number.').waitFor();
    await page.getByRole('textbox', { name: 'Pages' }).fill('900');
    await page.getByRole('switch', { name: 'Featured' }).check();
    await page.getByLabel('Published On').fill('2024-02-29');
    await page.getByRole('textbox', { name: 'Options' }).fill('{"a": [1');
    await page.getByText('This is no JSON.').waitFor();
    await page.getByRole('textbox', { name: 'Options' }).fill('{"a": [1]}');

    await page.getByRole('button', { name: 'Writer: Create new' }).click();
    const writer = page.getByRole('dialog', { name: 'New: Writers' });
    await writer.getByRole('textbox', { name: 'Name' }).fill('Barbara');
    await expectAccessible(page);
    await writer.getByRole('button', { name: 'Take over' }).click();
    await page.getByRole('group', { name: 'Writer' }).getByText('Barbara').waitFor();

    await page.getByRole('button', { name: 'Tags: Add existing' }).click();
    const picker = page.getByRole('dialog', { name: 'Choose: Tags' });
    await picker.getByRole('checkbox', { name: 'howto' }).check();
    await picker.getByRole('button', { name: 'Add 1' }).click();
    await page.getByRole('button', { name: 'Tags: Create new' }).click();
    const tag = page.getByRole('dialog', { name: 'New: Tags' });
    await tag.getByRole('textbox', { name: 'Label' }).fill('fresh');
    await tag.getByRole('button', { name: 'Take over' }).click();

    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('It may be 500 at most.').waitFor();
    await page.getByRole('textbox', { name: 'Pages' }).fill('300');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Third' }).waitFor();
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    const post = await readPost(id);
    expect(post).toMatchObject({
      title: 'Third',
      pages: 300,
      featured: true,
      published_on: '2024-02-29',
      options: { a: [1] },
      writer: { name: 'Barbara' },
    });
    expect(post.tags.map((one) => one.tags_id.label).sort()).toEqual(['fresh', 'howto']);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('send only what was changed, keep revisions to go back to, and hold comments', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/content/posts/1');
    await page.getByRole('textbox', { name: 'Title' }).fill('First, again');
    await page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: 'Remove news' }).click();
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(JSON.parse((await sent).postData() ?? '')).toEqual({
      title: 'First, again',
      tags: { create: [], update: [], delete: [1] },
    });
    await page.getByRole('heading', { level: 1, name: 'First, again' }).waitFor();
    expect((await readPost(1)).tags).toEqual([]);

    await page.getByRole('tab', { name: 'Revisions' }).click();
    await page.getByRole('row', { name: 'Title First First, again' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Revert to this' }).click();
    await page.getByRole('button', { name: 'Revert item' }).click();
    await page.getByRole('heading', { level: 1, name: 'First', exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Comments' }).click();
    await page.getByRole('textbox', { name: 'New comment' }).fill('<b>Bold</b> & true');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByText('<b>Bold</b> & true').waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('ask before unsaved changes are left, and survive the end of the session', async () => {
    const { page, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/content/posts/2');
    await page.getByRole('textbox', { name: 'Title' }).fill('Half typed');
    await page.getByRole('link', { name: 'Back to Posts' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Half typed');

    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.getByLabel(/^Password( \*)?$/).fill(ADMIN.password);
    await again.getByRole('button', { name: 'Sign in and go on' }).click();
    await page.getByRole('heading', { level: 1, name: 'Half typed' }).waitFor();
    expect((await readPost(2)).title).toBe('Half typed');

    await page.getByRole('textbox', { name: 'Title' }).fill('Thrown away');
    await page.getByRole('link', { name: 'Back to Posts' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
    expect((await readPost(2)).title).toBe('Half typed');
    await context.close();
  });

  it('let an editor change only what she may', async () => {
    const { page, faults, context } = await visit(browser, project.url, { width: 390, dark: true });
    await signInAs(page, EDITOR);
    await page.goto('/admin/content/posts/1');
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).isEnabled()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Pages' }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Secret').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Writer: Choose' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'More actions' }).count()).toBe(0);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.getByRole('textbox', { name: 'Title' }).fill('By the editor');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'By the editor' }).waitFor();
    // The rule of her permission leaves out the other one.
    await page.goto('/admin/content/posts/2');
    await page.getByRole('textbox', { name: 'Title' }).waitFor();
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('open the one item of a singleton', async () => {
    const { page, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.getByRole('navigation').getByRole('link', { name: 'About' }).click();
    await page.getByRole('textbox', { name: 'Heading' }).fill('Who we are');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => project.ask<{ heading: string }>('GET', '/items/about'))
      .toMatchObject({ heading: 'Who we are' });
    await context.close();
  });
});
