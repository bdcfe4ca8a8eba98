import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limen } from '../cli/command.ts';
import { ADMIN, discard, type StartedServer, startProject } from '../started-server.ts';

describe('limen schema', () => {
  let server: StartedServer;
  let path: string;
  beforeAll(async () => {
    server = await startProject('sqlite');
    path = join(server.project.folder, 'snapshot.yaml');
    await post('/collections', { collection: 'rooms', schema: {}, meta: { note: 'Räume' } });
    await post('/fields/rooms', { field: 'area', type: 'float', meta: {} });
  });
  afterAll(() => discard(server));

  const ask = async (method: string, route: string, body?: object): Promise<number> => {
    const headers = { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' };
    return (await fetch(server.url + route, { method, headers, body: body && JSON.stringify(body) })).status;
  };
  const post = async (route: string, body: object): Promise<void> => expect(await ask('POST', route, body)).toBe(200);
  const schema = (...words: string[]) => limen(server.project, ['schema', ...words]);

  it('writes the model, says what is other than in the file, and makes it so beside the server', async () => {
    expect(await schema('snapshot', '--file', path)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path, 'utf8')).toMatch(/^version: 1\n/);
    expect(await schema('diff', '--file', path)).toMatchObject({ code: 0, stdout: 'Nothing to change.\n' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('note: Räume', 'note: Zimmer'));
    await post('/fields/rooms', { field: 'extra', type: 'text', meta: {} });
    const changes = '~ collection rooms: meta.note "Räume" → "Zimmer"\n- field rooms.extra\n';
    expect(await schema('diff', '--file', path)).toMatchObject({ code: 0, stdout: changes });
    const unasked = await schema('apply', '--file', path);
    expect(unasked).toMatchObject({ code: 1, stdout: changes });
    expect(unasked.stderr).toContain('--yes');
    expect(await ask('GET', '/fields/rooms/extra')).toBe(200);
    expect(await schema('apply', '--file', path, '--yes')).toMatchObject({ code: 0, stdout: `${changes}Done.\n` });
    // The server hears of it from the database.
    await expect.poll(() => ask('GET', '/fields/rooms/extra'), { timeout: 5_000 }).toBe(403);
    expect(await schema('apply', '--file', path, '--yes')).toMatchObject({ code: 0, stdout: 'Nothing to change.\n' });
  });

  it('takes and gives JSON', async () => {
    const { stdout } = await schema('snapshot', '--format', 'json');
    const file = JSON.parse(stdout) as { fields: unknown[] };
    const given = JSON.stringify({ ...file, fields: file.fields.slice(1) });
    const { stdout: said } = await limen(server.project, ['schema', 'diff', '--file', '-', '--json'], given);
    expect(JSON.parse(said)).toMatchObject({ diff: { collections: [], fields: [{ collection: 'rooms' }] } });
    const merged = await limen(server.project, ['schema', 'diff', '--file', '-', '--merge', '--json'], given);
    expect(merged.stdout).toBe('null\n');
  });

  it('says in a line what is wrong with the file', async () => {
    const missing = await schema('diff', '--file', join(server.project.folder, 'nowhere.yaml'));
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(/nowhere\.yaml can't be read: ENOENT\.\n$/);
    const broken = await limen(server.project, ['schema', 'apply', '--file', '-', '--yes'], 'a: [');
    expect(broken.stderr).toContain('neither YAML nor JSON');
    const other = await limen(server.project, ['schema', 'apply', '--file', '-', '--yes'], '{"version": 7}');
    expect(other.stderr).toContain('"version"');
    expect((await schema('diff')).code).toBe(2);
  });
});
