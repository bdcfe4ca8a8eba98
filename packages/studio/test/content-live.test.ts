import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs, startBrowser, visit } from './browser.ts';
import { eventually, makeBlog } from './content-model.ts';
import { startProject, type TestProject } from './project.ts';

describe('what someone else changes', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject(), startBrowser()]);
    await makeBlog(project);
    await project.ask('POST', '/items/posts', { title: 'Together', pages: 1, body: 'Old' });
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  it('shows at once in tables and forms, and never over what is being typed', async () => {
    const [one, other] = await Promise.all([visit(browser, project.url), visit(browser, project.url)]);
    await Promise.all([signInAs(one.page), signInAs(other.page)]);
    await one.page.goto('/admin/content/posts');
    await one.page.getByRole('link', { name: 'Together' }).first().waitFor();

    await other.page.goto('/admin/content/posts/+');
    await other.page.getByRole('textbox', { name: 'Title' }).fill('From the other side');
    await other.page.getByRole('button', { name: 'Create', exact: true }).click();
    await other.page.getByRole('heading', { level: 1, name: 'From the other side' }).waitFor();
    await one.page.getByRole('link', { name: 'From the other side' }).first().waitFor();

    await Promise.all([one.page.goto('/admin/content/posts/1'), other.page.goto('/admin/content/posts/1')]);
    await one.page.getByRole('textbox', { name: 'Title' }).fill('Mine');
    await other.page.getByRole('textbox', { name: 'Title' }).fill('Theirs');
    await other.page.getByRole('textbox', { name: 'Pages' }).fill('2');
    await other.page.getByRole('button', { name: 'Save' }).click();
    // What wasn't touched is there at once; what was is asked about.
    await eventually(() => one.page.getByRole('textbox', { name: 'Pages' }).inputValue()).toBe('2');
    const notice = one.page.getByRole('alert').filter({ hasText: 'Changed by someone else' });
    await notice.waitFor();
    expect(await one.page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Mine');
    await notice.getByRole('button', { name: 'Load their values' }).click();
    expect(await one.page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Theirs');
    expect(await notice.count()).toBe(0);

    await project.ask('DELETE', '/items/posts/1');
    await one.page.getByText('This item was deleted meanwhile').waitFor();
    expect([...one.faults, ...other.faults]).toEqual([]);
    await Promise.all([one.context.close(), other.context.close()]);
  });
});
