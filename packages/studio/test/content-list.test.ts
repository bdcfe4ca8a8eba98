import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { EDITOR, eventually, makeBlog, makeEditor } from './content-model.ts';
import { startProject, type TestProject } from './project.ts';

describe('lists of items in the Studio', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject(), startBrowser()]);
    await makeBlog(project);
    await project.ask(
      'POST',
      '/items/posts',
      Array.from({ length: 30 }, (_, index) => ({
        title: `Post ${String(index + 1).padStart(2, '0')}`,
        pages: index + 1,
        status: index < 5 ? 'published' : 'draft',
        writer: index < 10 ? 1 : 2,
        secret: 'hush',
      })),
    );
    await makeEditor(project, [
      { collection: 'posts', action: 'read', fields: ['id', 'title', 'status', 'pages'] },
      { collection: 'posts', action: 'update', fields: ['title'], permissions: { pages: { _lte: 10 } } },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const titles = (page: Page) => page.locator('tbody tr td:nth-child(3)').allTextContents();
  const status = (page: Page) => page.getByText(/^\d+–\d+ of \d+$/).textContent();

  it('are searched, ordered, filtered, arranged, paged and kept as views', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.getByRole('navigation').getByRole('link', { name: 'Posts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
    await eventually(() => status(page)).toBe('1–25 of 30');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Next page' }).click();
    await eventually(() => status(page)).toBe('26–30 of 30');
    expect(new URL(page.url()).search).toContain('page=2');

    await page.getByRole('button', { name: 'Sort by Title' }).click();
    await eventually(async () => (await titles(page))[0]).toBe('Post 01');
    await page.getByRole('button', { name: 'Sort by Title' }).click();
    await eventually(async () => (await titles(page))[0]).toBe('Post 30');

    await page.getByRole('searchbox', { name: 'Search' }).fill('post 2');
    await eventually(() => status(page)).toBe('1–10 of 10');
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await eventually(() => status(page)).toBe('1–25 of 30');

    await page.getByRole('button', { name: 'Filter' }).click();
    const drawer = page.getByRole('dialog', { name: 'Filter' });
    await drawer.getByRole('button', { name: 'Add condition' }).click();
    await eventually(() => drawer.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await drawer.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Writer → Name' }).click();
    await drawer.getByRole('textbox', { name: 'Value' }).fill('Ada');
    await drawer.getByRole('button', { name: 'Add group' }).click();
    await drawer.getByRole('combobox', { name: 'Field' }).last().click();
    await page.getByRole('option', { name: 'Pages', exact: true }).click();
    await drawer.getByRole('combobox', { name: 'Comparison' }).last().click();
    await page.getByRole('option', { name: 'is at most' }).click();
    await drawer.getByRole('textbox', { name: 'Value' }).last().fill('4');
    await expectAccessible(page);
    await drawer.getByText('JSON', { exact: true }).click();
    expect(JSON.parse(await drawer.getByRole('textbox', { name: 'Rules as JSON' }).inputValue())).toEqual({
      _and: [{ writer: { name: { _eq: 'Ada' } } }, { _or: [{ pages: { _lte: 4 } }] }],
    });
    await drawer.getByRole('button', { name: 'Apply' }).click();
    await eventually(() => status(page)).toBe('1–4 of 4');

    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Writer → Salary' }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Writer → Salary' }).waitFor();
    await eventually(() => page.getByRole('cell', { name: '100', exact: true }).count()).toBe(4);

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill("Ada's short ones");
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('button', { name: "View: Ada's short ones" }).waitFor();
    await page.goto('/admin/content/posts');
    await eventually(() => status(page)).toBe('1–25 of 30');
    // Columns stay as they were arranged, without the view too.
    await page.getByRole('columnheader', { name: 'Writer → Salary' }).waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: "Ada's short ones" }).click();
    await eventually(() => status(page)).toBe('1–4 of 4');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('change and delete many at once, export them and import a file', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/content/posts?sort=id&size=50');
    await page.getByRole('checkbox', { name: 'Select Post 01' }).check();
    await page.getByRole('checkbox', { name: 'Select Post 02' }).check();
    await page.getByRole('button', { name: 'Change all…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the selection (2)' });
    await dialog.getByRole('checkbox', { name: 'Change Pages' }).check();
    await dialog.getByRole('textbox', { name: 'Pages' }).fill('900');
    await dialog.getByRole('button', { name: 'Change selection' }).click();
    await dialog.getByText('It may be 500 at most.').waitFor();
    await dialog.getByRole('textbox', { name: 'Pages' }).fill('77');
    await dialog.getByRole('button', { name: 'Change selection' }).click();
    await eventually(() => page.getByRole('cell', { name: '77', exact: true }).count()).toBe(2);

    await page.getByRole('checkbox', { name: 'Select Post 30' }).check();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete selection' }).click();
    await eventually(() => status(page)).toBe('1–29 of 29');

    await page.getByRole('button', { name: 'Export and import' }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^posts .*\.csv$/);
    const stream = await download.createReadStream();
    const text = (await stream.toArray()).join('');
    expect(text.split('\n')).toHaveLength(30);

    const file = join(project.folder, 'more.json');
    writeFileSync(file, JSON.stringify([{ title: 'Imported', pages: 3 }]));
    await page.getByRole('button', { name: 'Export and import' }).click();
    await page.getByRole('menuitem', { name: 'Import…' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'File' }).click();
    await (await chooser).setFiles(file);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await eventually(() => status(page)).toBe('1–30 of 30');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('offer an editor only what she may do', async () => {
    const { page, faults, context } = await visit(browser, project.url, { width: 390, dark: true });
    await signInAs(page, EDITOR);
    await page.goto('/admin/content/posts');
    await page.getByRole('link', { name: 'Post 02' }).waitFor();
    expect(await page.getByRole('link', { name: 'New item' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Pages' }).waitFor();
    expect(await page.getByRole('checkbox', { name: /Secret|Writer/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'Select Post 03' }).check();
    await page.getByRole('button', { name: 'Change all…' }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete…' }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await expectAccessible(page);
    // By keyboard alone into an item.
    await page.getByRole('link', { name: 'Post 02' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Post 02' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('show files, which are uploaded and deleted there', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/files');
    await page.getByRole('heading', { name: 'No files yet' }).waitFor();
    const file = join(project.folder, 'plan.txt');
    writeFileSync(file, 'The plan.');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload files' }).click();
    await (await chooser).setFiles(file);
    await page.getByRole('link', { name: 'Plan', exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Select Plan' }).check();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete selection' }).click();
    await page.getByRole('heading', { name: 'No files yet' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('teach where there is nothing yet', async () => {
    await project.ask('POST', '/collections', { collection: 'drawers', schema: {}, meta: {} });
    const { page, context } = await visit(browser, project.url);
    await signInAs(page);
    await page.goto('/admin/content/drawers');
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    await expectAccessible(page);
    await context.close();
  });
});
