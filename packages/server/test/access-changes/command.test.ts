import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limen } from '../cli/command.ts';
import { DATABASES } from '../started-server.ts';
import { type Gallery, openGallery } from './gallery.ts';

describe.each(DATABASES)('limen access diff and export, %s', (database) => {
  let gallery: Gallery;
  let place: (name: string) => string;

  beforeAll(async () => {
    gallery = await openGallery(database);
    place = (name) => join(gallery.server.project.folder, name);
    await exported('before.yaml');
  });
  afterAll(() => gallery?.remove());

  const run = (...words: string[]) => limen(gallery.server.project, words);

  async function exported(name: string): Promise<string> {
    const { code, stderr } = await run('access', 'export', '--file', name);
    expect([code, stderr]).toEqual([0, '']);
    return readFileSync(place(name), 'utf8');
  }

  /** The project as words of the command line name it. */
  const project = (): string => (database === 'sqlite' ? 'limen.db' : gallery.server.project.postgresUrl);

  it('a file has everything that decides, and nothing else', async () => {
    const text = readFileSync(place('before.yaml'), 'utf8');
    const file = parse(text);
    expect(file.policies.find((policy: { name: string }) => policy.name === 'Shown').permissions).toEqual([
      {
        collection: 'works',
        action: 'read',
        fields: ['id', 'status', 'title'],
        permissions: { status: { _eq: 'shown' } },
        validation: null,
        presets: null,
      },
    ]);
    expect(text).not.toMatch(/@example\.com|token|\$argon2/);
    expect(file.roles.map(({ name }: { name: string }) => name)).toEqual(['Administrator', 'Guides', 'Staff']);
  });

  it('equal access is equal files, and no difference', async () => {
    const id = await gallery.permissionOf('Shown');
    const { id: _, ...permission } = await gallery.ask('get', `/permissions/${id}`);
    const text = readFileSync(place('before.yaml'), 'utf8');
    await gallery.ask('post', '/permissions', permission);
    await gallery.ask('delete', `/permissions/${id}`);
    expect(await exported('again.yaml')).toBe(text);
    expect(await run('access', 'diff', 'before.yaml', project())).toMatchObject({
      code: 0,
      stdout: 'Nobody gains or loses anything.\n',
    });
  });

  it('a change in the project against the file of before', async () => {
    const change = { permissions: { status: { _in: ['shown', 'sold'] } }, fields: ['id', 'title', 'price'] };
    const id = await gallery.permissionOf('Shown');
    const told = await gallery.preview([
      { action: 'update', collection: 'directus_permissions', keys: [id], data: change },
    ]);
    await gallery.ask('patch', `/permissions/${id}`, change);
    const json = await run('access', 'diff', 'before.yaml', project(), '--json');
    expect([json.code, json.stderr]).toEqual([1, '']);
    expect(JSON.parse(json.stdout)).toEqual(told);
    const { stdout } = await run('access', 'diff', 'before.yaml', project());
    expect(stdout).toContain('~ read works: +10 items (10 → 20), such as 3, 6, 9, 12, 15');
    expect(stdout).toContain('fields gained: price');
    expect(stdout).toMatch(/^2 users of role Guides \((vera|emil)@example.com, (vera|emil)@example.com\)$/m);
  });

  it('two files: counted in a project, or as it is written', async () => {
    await exported('after.yaml');
    const counted = await run('access', 'diff', 'before.yaml', 'after.yaml', '--project', project(), '--json');
    expect(JSON.parse(counted.stdout).audiences[0].changes[0].items).toMatchObject({ gained: 10, lost: 0 });
    const written = await run('access', 'diff', 'before.yaml', 'after.yaml', '--json');
    expect(written.code).toBe(1);
    expect(JSON.parse(written.stdout)).toMatchObject({
      totals: { users: null },
      audiences: [{}, {}],
    });
    expect(JSON.parse(written.stdout).audiences[0].changes).toMatchObject([
      { collection: 'works', action: 'read', fields: { gained: ['price'], lost: ['status'] }, uncounted: 'no-project' },
    ]);
  });

  it('the same names under other ids are the same; the public is warned of', async () => {
    const renamed = readFileSync(place('after.yaml'), 'utf8')
      .replaceAll(gallery.roles.Guides as string, '11111111-1111-4111-8111-111111111111')
      .replaceAll(gallery.policies.Shown as string, '22222222-2222-4222-8222-222222222222');
    writeFileSync(place('renamed.yaml'), renamed);
    expect((await run('access', 'diff', 'after.yaml', 'renamed.yaml', '--project', project())).code).toBe(0);
    writeFileSync(place('open.yaml'), `${renamed}  - policy: 22222222-2222-4222-8222-222222222222\n`);
    const { code, stdout } = await run('access', 'diff', 'after.yaml', 'open.yaml', '--project', project());
    expect(code).toBe(1);
    expect(stdout.split('\n')[0]).toBe('! Everybody, without signing in, gains: read works.');
  });

  it('a project by its settings: the folder, the .env file', async () => {
    const lines = Object.entries(gallery.server.project.settings).map(([name, value]) => `${name}=${value}`);
    writeFileSync(place('.env.other'), lines.join('\n'));
    expect(await run('access', 'diff', '.env.other', 'after.yaml')).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(place('.env'), lines.join('\n'));
    expect(await run('access', 'diff', '.', 'after.yaml')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [['before.yaml', 'missing.yaml'], 'missing.yaml'],
    [['before.yaml', 'missing'], 'missing is not there.'],
    [['before.yaml', 'wrong.yaml'], '"version" has to be 1.'],
    [['before.yaml', 'wrong.txt'], 'wrong.txt is no SQLite file'],
    [['before.yaml', 'before.yaml', '--project', 'before.yaml'], '--project takes a project'],
    [['before.yaml', 'postgres://root:hush@127.0.0.1:1/x'], 'holds no project'],
    [['before.yaml'], 'AFTER is missing.'],
    [['before.yaml', 'before.yaml', 'before.yaml'], 'Unexpected argument "before.yaml".'],
  ])('%j can not be compared', async (words, message) => {
    writeFileSync(place('wrong.yaml'), 'roles: []\n');
    writeFileSync(place('wrong.txt'), 'nothing\n');
    const { code, stdout, stderr } = await run('access', 'diff', ...words);
    expect([code, stdout]).toEqual([2, '']);
    if (!words.some((word) => word.startsWith('postgres'))) expect(stderr).toContain(message);
    expect(stderr).not.toContain('hush');
  });
});
