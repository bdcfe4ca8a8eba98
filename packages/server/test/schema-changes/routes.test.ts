import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';

describe('the data model over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startProject('sqlite');
    const body = { collection: 'rooms', schema: {}, meta: { note: 'Räume' } };
    expect((await ask('POST', '/collections', JSON.stringify(body))).status).toBe(200);
  });
  afterAll(() => discard(server));

  const ask = (method: string, path: string, body?: string | FormData, token: string = ADMIN.token) => {
    const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    return fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}`, ...type }, body });
  };
  const snapshot = async (format: string): Promise<Response> => ask('GET', `/schema/snapshot?export=${format}`);
  const form = (text: string): FormData => {
    const data = new FormData();
    data.set('note', 'before the file');
    data.set('file', new Blob([text]), 'snapshot.yaml');
    return data;
  };

  it('comes as a file, in JSON or YAML', async () => {
    const json = await snapshot('json');
    expect(json.headers.get('content-disposition')).toMatch(/^attachment; filename="snapshot \d{8}-\d{6}\.json"$/);
    const file = (await json.json()) as { collections: unknown[] };
    expect(file.collections).toMatchObject([{ collection: 'rooms', meta: { note: 'Räume' } }]);
    const yaml = await snapshot('yaml');
    expect(yaml.headers.get('content-disposition')).toMatch(/\.yaml"$/);
    expect(parse(await yaml.text())).toEqual(file);
    expect((await snapshot('csv')).status).toBe(400);
  });

  it('is compared with the file of a form, in JSON or YAML', async () => {
    const yaml = await (await snapshot('yaml')).text();
    expect((await ask('POST', '/schema/diff', form(yaml))).status).toBe(204);
    const json = await (await snapshot('json')).text();
    expect((await ask('POST', '/schema/diff', form(json))).status).toBe(204);
    const other = await ask('POST', '/schema/diff', form(yaml.replace('Räume', 'Zimmer')));
    const { data } = (await other.json()) as { data: { hash: string; diff: unknown } };
    expect(data.diff).toEqual({
      collections: [
        { collection: 'rooms', diff: [{ kind: 'E', path: ['meta', 'note'], lhs: 'Räume', rhs: 'Zimmer' }] },
      ],
      fields: [],
      systemFields: [],
      relations: [],
    });
    expect((await ask('POST', '/schema/apply', JSON.stringify(data))).status).toBe(204);
    expect(await (await snapshot('yaml')).text()).toContain('Zimmer');
  });

  it('is compared without deletions, or with one of another version, when asked to', async () => {
    const file = (await (await snapshot('json')).json()) as Record<string, unknown>;
    const nothing = { ...file, collections: [], fields: [], relations: [] };
    expect((await ask('POST', '/schema/diff', JSON.stringify(nothing))).status).toBe(200);
    expect((await ask('POST', '/schema/diff?mode=merge', JSON.stringify(nothing))).status).toBe(204);
    expect((await ask('POST', '/schema/diff?mode=other', JSON.stringify(nothing))).status).toBe(400);
    const old = JSON.stringify({ ...file, directus: '10.0.0', vendor: 'mysql' });
    expect((await ask('POST', '/schema/diff', old)).status).toBe(400);
    expect((await ask('POST', '/schema/diff?force=true', old)).status).toBe(204);
  });

  it('refuses forms that hold no snapshot', async () => {
    const alias = 'a: &a [1]\nb: [*a, *a]';
    for (const text of ['', '{', 'just text', '[1]', 'a: [', alias]) {
      const answer = await ask('POST', '/schema/diff', form(text));
      const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
      expect([text, errors[0]?.extensions.code]).toEqual([text, 'INVALID_PAYLOAD']);
    }
    const empty = new FormData();
    empty.set('note', 'no file');
    expect((await ask('POST', '/schema/diff', empty)).status).toBe(400);
    const broken = await fetch(`${server.url}/schema/diff`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'not a form',
    });
    expect(broken.status).toBe(400);
  });

  it('reads no body of others than administrators', async () => {
    const answer = await fetch(`${server.url}/schema/diff`, { method: 'POST', body: form('x'.repeat(3_000_000)) });
    expect(answer.status).toBe(403);
    expect((await fetch(`${server.url}/schema/snapshot`)).status).toBe(403);
  });
});
