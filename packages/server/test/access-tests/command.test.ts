import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createItem } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limen } from '../cli/command.ts';
import { asAdmin, type Blog, makeBlog, makeMember, makeMemberRole } from '../journeys/blog.ts';
import { DATABASES, discard, makeProject, type Project, type StartedServer, startProject } from '../started-server.ts';

const GUIDE = fileURLToPath(new URL('../../../../docs/guides/', import.meta.url));
const EXAMPLE = join(GUIDE, 'access-tests/blog.access.yaml');
const SNAPSHOT = join(GUIDE, 'access-tests/blog.snapshot.yaml');

describe('the example of the guide', () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('sqlite');
  });
  afterAll(() => project?.remove());

  const run = (...words: readonly string[]) =>
    limen(project, ['access', 'test', EXAMPLE, '--snapshot', SNAPSHOT, ...words]);

  it('is the one in the text', () => {
    const guide = readFileSync(join(GUIDE, 'access-tests.md'), 'utf8');
    expect(guide).toContain(readFileSync(EXAMPLE, 'utf8').trim());
  });

  it('passes, decides every part of the rules, and notices every change of them', async () => {
    const { code, stdout, stderr } = await run('--coverage', '--min-score', '100');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ Visitors see what is published\n/);
    expect(stdout).toMatch(/\n16 tests: 16 passed\n/);
    const [, decided, parts] = /Coverage: (\d+) of (\d+) parts/.exec(stdout) ?? [];
    expect(decided).toBe(parts);
    expect(stdout).toMatch(/Mutation: (\d+) of \1 changes of the rules were noticed \(100 %\)\n$/);
  });

  it('needs no database, makes none beside it, and leaves nothing behind', async () => {
    const before = leftovers();
    expect((await run()).code).toBe(0);
    expect(existsSync(project.file)).toBe(false);
    expect(leftovers()).toEqual(before);
  });

  it('without one of its tests: says which change nobody notices, and fails below the score that is asked for', async () => {
    const example = parse(readFileSync(EXAMPLE, 'utf8'));
    const tests = example.tests.filter(({ name }: { name: string }) => !/not those on Ann/.test(name));
    const path = join(project.folder, 'fewer.json');
    writeFileSync(path, JSON.stringify({ ...example, tests }));
    const words = ['access', 'test', path, '--snapshot', SNAPSHOT];
    const { code, stdout } = await limen(project, [...words, '--min-score', '100']);
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('; 100 % are asked for');
    expect(stdout).toContain('  Writing, read posts (permission 2)\n    fields: notes added\n');
    const inJson = await limen(project, [...words, '--mutate', '--json']);
    expect(inJson.code).toBe(0);
    expect(JSON.parse(inJson.stdout).mutation.survivors).toContainEqual({
      policyName: 'Writing',
      permission: 2,
      collection: 'posts',
      action: 'read',
      part: 'fields: notes',
      change: 'added',
    });
  });

  it.each<[string, readonly string[], string]>([
    ['tests: [', [], 'is neither YAML nor JSON'],
    ['tests: []', [], 'The file has no "tests".'],
    ['tests: [{ public: true, action: read, collection: posts, expect: denied }]\nfixtures: {}', [], 'say --snapshot'],
    [
      'tests: [{ public: true, action: read, collection: posts, expect: denied }]',
      ['--min-score', 'much'],
      '--min-score',
    ],
    [
      'tests: [{ public: true, action: read, collection: posts, expect: denied }]\nfixtures: { items: { gone: [{}] } }',
      ['--snapshot', SNAPSHOT],
      'there is no collection gone',
    ],
    [
      'tests: [{ public: true, action: read, collection: posts, expect: denied }]\nfixtures: { users: [{ email: x }] }',
      ['--snapshot', SNAPSHOT],
      'fixtures.users[1]: Validation failed for field "email"',
    ],
  ])('%j %j: ends with 2', async (text, words, message) => {
    const path = join(project.folder, 'wrong.yaml');
    writeFileSync(path, text);
    const { code, stdout, stderr } = await limen(project, ['access', 'test', path, ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });

  it('the file has to be named, and only one', async () => {
    expect(await limen(project, ['access', 'test'])).toMatchObject({
      code: 2,
      stderr: 'FILE is missing.\nSee: limen access test --help\n',
    });
    expect((await limen(project, ['access', 'test', 'a', 'b'])).stderr).toContain('Unexpected argument "b".');
    expect((await limen(project, ['access', 'test', '--help'])).stdout).toMatch(
      /^Usage: limen access test FILE \[OPTIONS\]/,
    );
  });
});

const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('limen-tests-'));

describe.each(DATABASES)('tests of a project that is running, %s', (database) => {
  let server: StartedServer;
  const posts = { own: 0, other: 0 };
  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    const { role } = await makeMemberRole(admin);
    const ann = (await makeMember(admin, 'Ann', role)).id;
    const bob = (await makeMember(admin, 'Bob', role)).id;
    const post = async (title: string, author: string) =>
      (await admin.request(createItem<Blog, 'posts', object>('posts', { title, author }))).id;
    posts.own = await post('Of Ann', ann);
    posts.other = await post('Of Bob', bob);
  });
  afterAll(() => discard(server));

  it('0 when all pass, 1 when one does not, with what came instead', async () => {
    const test = { user: 'ann@example.com', action: 'read', collection: 'posts' };
    const right = { ...test, name: 'Her own', expect: { items: [posts.own] } };
    const wrong = { ...test, name: 'Everything', expect: { items: [posts.own, posts.other] } };
    const run = (tests: readonly object[]) =>
      limen(server.project, ['access', 'test', '-', '--mutate'], JSON.stringify({ tests }));
    const good = await run([right]);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toMatch(/^✓ Her own\n\n1 test: 1 passed\n\nMutation: \d+ of \d+ changes/);
    expect(await run([right, wrong])).toEqual({
      code: 1,
      stderr: '',
      stdout: `✓ Her own
✗ Everything
    items: ${posts.other} missing

2 tests: 1 passed, 1 failed

No change was tried: the tests have to pass first.
`,
    });
  });
});
