import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, signInAs, startBrowser, visit } from './browser.ts';
import { startProject, type TestProject } from './project.ts';

const TOKEN = 'a-token-of-the-editor-0123456789';
const EDITOR = { email: 'edith@example.com', password: 'quill-and-ink-7' } as const;

describe('the API explorer', () => {
  let project: TestProject;
  let browser: Browser;

  beforeAll(async () => {
    const settings = { LOGIN_STALL_TIME: '0' };
    [project, browser] = await Promise.all([startProject(settings), startBrowser()]);
    for (const collection of ['articles', 'secrets'])
      await project.ask('POST', '/collections', {
        collection,
        schema: {},
        fields: [
          { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
          { field: 'title', type: 'string', schema: {} },
        ],
      });
    const policy = await project.ask<{ id: string }>('POST', '/policies', { name: 'Editors', app_access: true });
    const all = { collection: 'articles', permissions: {}, fields: ['*'], policy: policy.id };
    await project.ask('POST', '/permissions', [
      { ...all, action: 'create' },
      { ...all, action: 'read' },
      { ...all, action: 'delete' },
    ]);
    const role = await project.ask<{ id: string }>('POST', '/roles', {
      name: 'Editor',
      policies: [{ policy: policy.id }],
    });
    await project.ask('POST', '/users', { ...EDITOR, first_name: 'Edith', role: role.id, token: TOKEN });
  });
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const open = async (search = '', who?: { email: string; password: string }) => {
    const visiting = await visit(browser, project.url);
    await signInAs(visiting.page, who);
    await visiting.page.goto(`/admin/explorer${search}`);
    await visiting.page.getByRole('heading', { level: 1, name: 'API explorer' }).waitFor();
    return visiting;
  };
  const endpoint = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Endpoints' }).getByRole('link', { name, exact: true });
  const answered = (page: Page) => page.getByRole('region', { name: 'Body of the answer' });

  it('finds an endpoint, sends a request as oneself, and shows the answer', async () => {
    const { page, faults, context } = await open();
    await page.getByLabel('Search endpoints').fill('articles');
    await expect.poll(() => endpoint(page, 'GET /items/secrets').count()).toBe(0);
    await page.getByRole('radiogroup', { name: 'Method' }).getByText('POST').click();
    await expect.poll(() => endpoint(page, 'GET /items/articles').count()).toBe(0);
    await endpoint(page, 'POST /items/articles').click();
    await page.getByRole('heading', { name: '/items/articles' }).waitFor();
    const body = page.getByRole('textbox', { name: 'Body' });
    expect(JSON.parse(await body.inputValue())).toMatchObject({ title: 'text' });
    await body.fill('{ "title": ');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('This is not JSON.').waitFor();
    await body.fill(`{ "title": "It's here" }`);
    await expectAccessible(page);
    const code = page.getByRole('region', { name: 'The request in a program' });
    expect(await code.textContent()).toBe(
      `curl -X POST '${project.url}/items/articles' \\\n  -H "Authorization: Bearer $TOKEN" \\\n` +
        `  -H 'Content-Type: application/json' \\\n  --data-raw '{ "title": "It'\\''s here" }'`,
    );
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Status 200').waitFor();
    expect(JSON.parse((await answered(page).textContent()) ?? '')).toMatchObject({ data: { title: "It's here" } });
    expect(await project.ask('GET', '/items/articles?fields=title')).toEqual([{ title: "It's here" }]);
    await page.getByText(/^Headers of the answer/).click();
    await page.getByRole('rowheader', { name: 'content-type', exact: true }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('writes requests for programs, with filters as the SDK takes them', async () => {
    const { page, faults, context } = await open('?endpoint=GET+/items/articles');
    await page.getByLabel('filter').fill('{"title":{"_eq":"x"}}');
    await page.getByLabel('limit').fill('2');
    const code = page.getByRole('region', { name: 'The request in a program' });
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('SDK').click();
    await expect.poll(() => code.textContent()).toContain('params: {"filter":{"title":{"_eq":"x"}},"limit":"2"},');
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('fetch').click();
    await expect.poll(() => code.textContent()).toContain("Authorization: 'Bearer $TOKEN'");
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows only the beginning of a long answer', async () => {
    const { page, faults, context } = await open('?endpoint=GET+/server/specs/oas');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Only the beginning is shown.').waitFor();
    expect((await answered(page).textContent())?.length).toBe(200_000);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('asks before it deletes', async () => {
    const { id } = await project.ask<{ id: number }>('POST', '/items/articles', { title: 'short-lived' });
    const { page, faults, context } = await open('?endpoint=DELETE+/items/articles/{id}');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('The path needs this.').waitFor();
    await page.getByRole('textbox', { name: 'id' }).fill(String(id));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await project.ask('GET', `/items/articles/${id}?fields=id`)).toEqual({ id });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Send DELETE' }).click();
    await page.getByText('Status 204').waitFor();
    expect(await project.ask('GET', `/items/articles?filter[id]=${id}`)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('asks with a chosen token and without the session, keeps it nowhere, and forgets it', async () => {
    const { page, faults, context } = await open();
    await endpoint(page, 'GET /items/secrets').waitFor();
    await page.getByLabel('Another token', { exact: true }).fill(TOKEN);
    await page.getByRole('button', { name: 'Ask with the token' }).click();
    await page.getByRole('status').getByText('Edith').waitFor();
    await endpoint(page, 'GET /items/articles').waitFor();
    expect(await endpoint(page, 'GET /items/secrets').count()).toBe(0);
    expect(await endpoint(page, 'PATCH /items/articles').count()).toBe(0);

    await endpoint(page, 'GET /users/me').click();
    const request = page.waitForRequest((sent) => sent.url().endsWith('/users/me') && sent.method() === 'GET');
    await page.getByRole('button', { name: 'Send' }).click();
    const headers = await (await request).allHeaders();
    expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(headers.cookie).toBeUndefined();
    await page.getByText('Status 200').waitFor();
    expect(await answered(page).textContent()).toContain('Edith');
    expect(page.url()).not.toContain(TOKEN);
    const stored = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }])';
    expect(await page.context().storageState().then(JSON.stringify)).not.toContain(TOKEN);
    const devtools = await context.newCDPSession(page);
    const { result } = await devtools.send('Runtime.evaluate', { expression: stored, returnByValue: true });
    expect(result.value).not.toContain(TOKEN);
    expect(await page.getByRole('region', { name: 'The request in a program' }).textContent()).not.toContain(TOKEN);

    await page.getByLabel('Another token', { exact: true }).fill('no-such-token');
    await page.getByRole('button', { name: 'Ask with the token' }).click();
    await page.getByText('nobody: this token is not valid').waitFor();
    await page.getByRole('button', { name: 'Ask as yourself' }).click();
    await endpoint(page, 'GET /items/secrets').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows an editor what an editor may do', async () => {
    const { page, faults, context } = await open('', EDITOR);
    await endpoint(page, 'GET /items/articles').waitFor();
    expect(await endpoint(page, 'GET /items/secrets').count()).toBe(0);
    expect(await endpoint(page, 'POST /collections').count()).toBe(0);
    await page.getByRole('tab', { name: 'GraphQL' }).click();
    await openDocumentation(page);
    await page.getByText('articles_by_id').first().waitFor();
    expect(await page.getByText('secrets_by_id').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('runs queries in GraphiQL, which completes and documents the schema', async () => {
    await project.ask('POST', '/items/articles', { title: 'Seen by GraphQL' });
    const { page, faults, context } = await open('?tab=graphql');
    const editor = page.getByRole('region', { name: 'Query Editor' });
    await editor.waitFor();
    await openDocumentation(page);
    await page.getByText('secrets_by_id').first().waitFor();
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('query { articles { title } }');
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).getByText('Seen by GraphQL').waitFor();
    await page.getByRole('radiogroup', { name: 'Which schema' }).getByText('System').click();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).getByText('server_info').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says in words what the server does not tell', async () => {
    const quiet = await startProject({ GRAPHQL_INTROSPECTION: 'false', OPENAPI_ENABLED: 'false' });
    const { page, faults, context } = await visit(browser, quiet.url);
    await signInAs(page);
    await page.goto('/admin/explorer');
    await page.getByText('This server does not describe its API').waitFor();
    await page.getByRole('tab', { name: 'GraphQL' }).click();
    await page.getByText('Introspection is switched off').waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).getByText('"Query"').waitFor();
    expect(faults).toEqual([]);
    await context.close();
    await quiet.stop();
  });
});

async function openDocumentation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
}
