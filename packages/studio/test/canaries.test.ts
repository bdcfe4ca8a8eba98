import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs, startBrowser, visit } from './browser.ts';
import { ADDRESS, makeTraps } from './marked.ts';
import { everyPage, type Shown, settled } from './pages.ts';
import { startProject, type TestProject } from './project.ts';

/** What the page's content security policy stopped: markup of ours that tried, or a value that became markup. */
const WATCH = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
  (window.__stopped ??= []).push(effectiveDirective + ' ' + blockedURI + ' ' + sample);
});`;

/** Elements that only a value can have brought into the page. */
const BORN = `img[src="x"], img[src$="/x"], [onerror], [onload], script:not([src]), iframe, object, embed, body base,
  [href^="javascript" i], [src^="javascript" i], [action^="javascript" i], [style*="javascript" i]`;

interface Seen {
  readonly canary: unknown;
  readonly stopped: readonly string[];
  readonly born: readonly string[];
  readonly text: string;
}

function look(page: Page): Promise<Seen> {
  return page.evaluate((born) => {
    const { __canary: canary, __stopped: stopped = [] } = window as { __canary?: unknown; __stopped?: string[] };
    const values = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
    return {
      canary: canary ?? null,
      stopped,
      born: [...document.querySelectorAll(born)].map(({ outerHTML }) => outerHTML.slice(0, 200)),
      text: [document.body.innerText, ...values.map(({ value }) => value)].join('\n'),
    };
  }, BORN);
}

describe('values that would be scripts', () => {
  let project: TestProject;
  let browser: Browser;
  let shown: Shown;

  beforeAll(async () => {
    [project, browser] = await Promise.all([startProject({ LOGIN_STALL_TIME: '0' }), startBrowser()]);
    shown = await makeTraps(project);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  /** Goes through pages, and `steps` on each; what became of the values there, and where they could be read. */
  async function walk(inside: boolean, paths: readonly string[], steps: (page: Page, path: string) => Promise<void>) {
    const { page, faults, context } = await visit(browser, project.url);
    await context.addInitScript(WATCH);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    if (inside) await signInAs(page);
    const wrong: unknown[] = [];
    const texts = new Map<string, string>();
    for (const path of paths) {
      await page.goto(`/admin${path}`);
      await settled(page);
      await steps(page, path);
      const { canary, stopped, born, text } = await look(page);
      if (canary !== null || stopped.length > 0 || born.length > 0) wrong.push({ path, canary, stopped, born });
      texts.set(path, text);
    }
    expect(wrong).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
    return texts;
  }

  it('are text on every page for who is signed in', async () => {
    const pages = everyPage(shown).filter(({ inside }) => inside);
    const own = [
      `/content/posts/2`,
      '/content/posts/+',
      '/content/writers',
      '/content/writers/1',
      '/content/directus_files',
    ];
    const texts = await walk(true, [...pages.map(({ path }) => path), ...own], async () => {});
    const saw = (path: string, ...marks: readonly string[]): void => {
      const text = texts.get(path) ?? '';
      expect(
        marks.filter((mark) => !text.includes(`${mark}"'><img`)),
        `not shown by ${path}`,
      ).toEqual([]);
    };
    // Where a value isn't shown at all, that it does no harm says nothing.
    saw('/content/posts', 'name of posts ', 'note of posts ', 'title ', 'label of title ', 'template ');
    saw('/content/posts/1', 'title ', 'changed body ', 'label of body ', 'note of body ', 'template ');
    saw('/users', 'first ', 'role ');
    saw(`/users/${shown.user}`, 'first ', 'token ');
    saw('/profile', 'my first ', 'my token ');
    saw('/files', 'title of the file ');
    saw('/settings/sign-on', 'provider ');
    saw('/activity', 'my first ');
    expect(texts.get('/content/posts/2')?.includes(ADDRESS)).toBe(true);
  });

  it('are text on the pages for everybody', async () => {
    const paths = everyPage(shown).filter(({ inside }) => !inside);
    const texts = await walk(
      false,
      paths.map(({ path }) => path),
      async () => {},
    );
    expect(texts.get('/login')?.includes(`provider "'><img`)).toBe(true);
  });

  it('are text in menus, drawers, revisions and comments', async () => {
    const close = (page: Page) => page.keyboard.press('Escape');
    const texts = await walk(true, ['/content/posts', '/content/posts/1'], async (page, path) => {
      if (path === '/content/posts') {
        for (const name of ['Filter', 'Columns', 'Views']) {
          await page.getByRole('button', { name }).click();
          await page
            .getByText(name === 'Views' ? /bookmark/ : /label of title|Add condition/)
            .last()
            .waitFor();
          expect((await look(page)).born, name).toEqual([]);
          await close(page);
        }
        return;
      }
      await page.getByRole('tab', { name: 'Revisions' }).click();
      await page
        .getByText(/changed body/)
        .last()
        .waitFor();
      expect((await look(page)).born, 'revisions').toEqual([]);
      await page.getByRole('tab', { name: 'Comments' }).click();
      await page.getByText(/^comment/).waitFor();
    });
    expect(texts.get('/content/posts/1')?.includes(`comment "'><img`)).toBe(true);
  });

  it('meet a policy that allows no script but those of the build', async () => {
    const answer = await fetch(`${project.url}/admin/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts).toBe("'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|\son\w+=/);
    const { page, context } = await visit(browser, project.url);
    await context.addInitScript(WATCH);
    await page.goto('/admin/login');
    await settled(page);
    // Even where a value were written into the page as markup, it would not run.
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.__canary=1">');
    });
    await expect.poll(async () => (await look(page)).stopped.length, { timeout: 20_000 }).toBe(1);
    expect((await look(page)).canary).toBeNull();
    await context.close();
  });
});
