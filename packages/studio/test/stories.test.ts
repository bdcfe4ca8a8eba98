import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs, startBrowser, visit } from './browser.ts';
import { eventually } from './content-model.ts';
import { settled } from './pages.ts';
import { startProject, type TestProject } from './project.ts';

const OWNER = { email: 'margit@example.com', password: 'a long sentence of Margit' };
const ANNA = { email: 'anna@example.com', password: 'a long sentence of Anna' };
const BENNO = { email: 'benno@example.com', password: 'a long sentence of Benno' };

/** What a program outside of a browser gets. */
async function program(url: string, path: string, token: string, body?: object) {
  const answer = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { data } = (await answer.json()) as { data?: unknown };
  return { status: answer.status, data };
}

/** The collection `posts`, and a role whose people make posts and read and change their own. */
async function makePosts({ ask }: TestProject, token: string): Promise<void> {
  const field = (name: string, type: string, meta: object = {}) => ({ field: name, type, schema: {}, meta });
  await ask(
    'POST',
    '/collections',
    {
      collection: 'posts',
      schema: {},
      meta: { display_template: '{{title}}' },
      fields: [
        { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
        field('title', 'string', { required: true }),
        field('author', 'uuid', { special: ['user-created'], interface: 'select-dropdown-m2o', readonly: true }),
      ],
    },
    token,
  );
  const relation = { collection: 'posts', field: 'author', related_collection: 'directus_users', schema: {} };
  await ask('POST', '/relations', relation, token);
  const own = { author: { _eq: '$CURRENT_USER' } };
  const me = { id: { _eq: '$CURRENT_USER' } };
  const permissions = [
    { collection: 'posts', action: 'create', fields: ['title'] },
    { collection: 'posts', action: 'read', fields: ['id', 'title', 'author'], permissions: own },
    { collection: 'posts', action: 'update', fields: ['title'], permissions: own },
    {
      collection: 'directus_users',
      action: 'read',
      fields: ['id', 'first_name', 'last_name', 'token'],
      permissions: me,
    },
    { collection: 'directus_users', action: 'update', fields: ['token'], permissions: me },
  ];
  const policy = { name: 'Own posts', app_access: true, permissions: { create: permissions } };
  await ask('POST', '/roles', { name: 'Members', policies: { create: [{ policy }] } }, token);
}

/** Makes a static token on the profile page, and gives it. */
async function makeToken(page: Page): Promise<string> {
  await page.goto('/admin/profile');
  await page.getByRole('button', { name: /^Generate a(nother)? static token$/ }).click();
  const token = (await page.locator('pre[aria-label="Static token"]').textContent()) ?? '';
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('A static token is set.').waitFor();
  return token;
}

describe('stories', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    const settings = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '', LOGIN_STALL_TIME: '0' };
    [project, browser] = await Promise.all([startProject(settings), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const open = async (person: { email: string; password: string }, view: { width?: number; dark?: boolean } = {}) => {
    const visiting = await visit(browser, project.url, view);
    await signInAs(visiting.page, person);
    return visiting;
  };

  it('an administrator begins a project, and lets two people write what is theirs alone', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    await page.goto(/(http\S+\/admin\/setup#\S+)/.exec(project.output())?.[1] ?? 'no address was printed');
    await page.getByLabel('First name').fill('Margit');
    await page.getByLabel(/^E-mail/).fill(OWNER.email);
    await page.getByLabel(/^New password/).fill(OWNER.password);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByRole('heading', { level: 1, name: 'Welcome, Margit' }).waitFor();
    await page.getByRole('heading', { name: 'No collections yet' }).waitFor();

    await makePosts(project, await makeToken(page));

    for (const [name, { email, password }] of [
      ['Anna', ANNA],
      ['Benno', BENNO],
    ] as const) {
      await page.goto('/admin/users');
      await page.getByRole('link', { name: 'Create a user' }).click();
      await page.getByLabel('First name').fill(name);
      await page.getByLabel(/^E-mail/).fill(email);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('combobox', { name: /^Role/ }).click();
      await page.getByRole('option', { name: 'Members' }).click();
      await page.getByRole('button', { name: 'Create the user' }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    await page.getByRole('navigation').getByRole('link', { name: 'Posts' }).click();
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a member writes, makes a token, and a program with it sees her posts and no others', async () => {
    const { page, faults, context } = await open(ANNA);
    await page.getByRole('navigation').getByRole('link', { name: 'Posts' }).click();
    await page.getByRole('link', { name: 'New item' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Of Anna');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Of Anna' }).waitFor();
    const annas = await makeToken(page);
    await context.close();

    const benno = await open(BENNO);
    const bennos = await makeToken(benno.page);
    const made = await program(project.url, '/items/posts', bennos, { title: 'Of Benno' });
    expect(made.status).toBe(200);
    expect(await program(project.url, '/items/posts?fields=title', annas)).toEqual({
      status: 200,
      data: [{ title: 'Of Anna' }],
    });
    expect(await program(project.url, '/items/posts?fields=title', bennos)).toEqual({
      status: 200,
      data: [{ title: 'Of Benno' }],
    });
    expect((await program(project.url, '/items/posts/1', bennos)).status).toBe(403);
    // What the program made is there for its owner.
    await benno.page.getByRole('navigation').getByRole('link', { name: 'Posts' }).click();
    await benno.page.getByRole('link', { name: 'Of Benno' }).waitFor();
    expect([...faults, ...benno.faults]).toEqual([]);
    await benno.context.close();
  });

  it('an editor sees and can do only what she is allowed', async () => {
    const { page, faults, context } = await open(ANNA);
    const places = page.getByRole('navigation', { name: 'Navigation' });
    await places.getByRole('link', { name: 'Posts' }).click();
    await page.getByRole('link', { name: 'Of Anna' }).waitFor();
    expect(await page.getByText('Of Benno').count()).toBe(0);
    for (const name of ['Data model', 'Access control', 'Sign-on', 'Logs', 'Files'])
      expect(await places.getByRole('link', { name }).count(), name).toBe(0);
    await page.getByRole('link', { name: 'Of Anna' }).click();
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).isEnabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'More actions' }).count()).toBe(0);

    // The address of somebody else's item, and of pages for administrators.
    await page.goto('/admin/content/posts/2');
    await page.getByText('This item is not there, or you may not see it.').waitFor();
    for (const path of ['/settings/sign-on', '/settings/data-model', '/logs']) {
      await page.goto(`/admin${path}`);
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('an editor works on a phone', async () => {
    const { page, faults, context } = await open(ANNA, { width: 390, dark: true });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Posts' }).click();
    await page.getByRole('link', { name: 'Of Anna' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Of Anna, on the train');
    expect(await fits()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Of Anna, on the train' }).waitFor();
    await page.getByRole('link', { name: 'Back to Posts' }).click();
    await page.getByRole('link', { name: 'Of Anna, on the train' }).waitFor();
    expect(await fits()).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('an editor works with the keyboard alone', async () => {
    const { page, faults, context } = await visit(browser, project.url);
    const { keyboard } = page;
    /** Goes on until something with this name has the focus. */
    const reach = async (name: string | RegExp, by = 'Tab'): Promise<void> => {
      const focused = page.locator(':focus');
      const said = async (): Promise<string> => {
        if ((await focused.count()) === 0) return '';
        return focused.evaluate((element) => {
          const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined;
          return (element.getAttribute('aria-label') ?? label ?? (element as HTMLElement).innerText ?? '').trim();
        });
      };
      for (let steps = 0; steps < 60; steps += 1) {
        const now = await said();
        if (typeof name === 'string' ? now === name : name.test(now)) return;
        await keyboard.press(by);
      }
      throw new Error(`${name} can't be reached with ${by}; the focus is on ${await said()}`);
    };
    await page.goto('/admin/login');
    await settled(page);
    await reach(/^E-mail/);
    await keyboard.type(ANNA.email);
    await reach(/^Password( \*)?$/);
    await keyboard.type(ANNA.password);
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Welcome/ }).waitFor();

    await reach('Posts');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
    await page.getByRole('link', { name: 'New item' }).waitFor();
    await reach('New item');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New: Posts' }).waitFor();
    await reach(/^Title/);
    await keyboard.type('Without a mouse');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Without a mouse' }).waitFor();

    await reach(/^Account menu/, 'Shift+Tab');
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await reach('Sign out', 'ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
