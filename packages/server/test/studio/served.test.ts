import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltFiles } from '../../src/http/studio/built-files.ts';
import { PlainClient } from '../plain-request.ts';
import { discard, type StartedServer, startProject } from '../started-server.ts';

describe('the files of a build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limen-built-'));
  beforeAll(() => {
    mkdirSync(join(folder, 'dist/assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.js'), 'outside');
    for (const name of ['index.html', 'assets/a.js', 'assets/a.js.br', 'assets/a.js.gz', 'notes.txt'])
      writeFileSync(join(folder, 'dist', name), name);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['assets/a.js', '', null, 'assets/a.js'],
    ['assets/a.js', 'gzip, deflate, br', 'br', 'assets/a.js.br'],
    ['assets/a.js', 'gzip', 'gzip', 'assets/a.js.gz'],
    ['assets/a.js', 'br;q=0, gzip;q=0.5', 'gzip', 'assets/a.js.gz'],
    ['assets/a.js', 'brotli', null, 'assets/a.js'],
    ['index.html', 'br', null, 'index.html'],
  ])('sends %s to who accepts %j', async (name, accepted, encoding, content) => {
    const file = await BuiltFiles.in(join(folder, 'dist'))?.read(name, accepted);
    expect(file && [file.encoding, String(file.content)]).toEqual([encoding, content]);
  });

  it.each([
    '../secret.js',
    'assets/../../secret.js',
    '/etc/passwd',
    'assets',
    'notes.txt',
    'assets/a.js.br',
    'b.js',
    '',
  ])('has no %j', async (name) => {
    expect(await BuiltFiles.in(join(folder, 'dist'))?.read(name, '')).toBe(null);
  });

  it('is nothing where nothing was built', () => {
    expect(BuiltFiles.in(join(folder, 'elsewhere'))).toBe(null);
  });
});

describe('the Studio on a server', () => {
  let server: StartedServer;
  let client: PlainClient;
  const get = (path: string, cookie = '') => client.send({ method: 'GET', path, headers: cookie ? { cookie } : {} });

  beforeAll(async () => {
    server = await startProject('sqlite', { PUBLIC_URL: 'https://example.com/limen' });
    client = new PlainClient(server.port);
  });
  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  it('is where / leads', async () => {
    const { status, headers } = await get('/');
    expect([status, headers.location]).toEqual([302, './admin']);
  });

  it.each(['/admin', '/admin/', '/admin/content/posts', '/admin/login?continue=%2F'])(
    'answers %s with its page, under a policy that runs no scripts but its own',
    async (path) => {
      const { status, headers, text } = await get(path);
      expect([200, 503]).toContain(status); // 503 says how to build it
      if (status === 200) expect(text).toContain('<base href="/limen/admin/"');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it.each(['/admin/../package.json', '/admin/%2e%2e/package.json', '/admin/assets/%2e%2e%2f%2e%2e%2fpackage.json'])(
    'does not leave its folder for %s',
    async (path) => {
      expect((await get(path)).text).not.toContain('"devDependencies"');
    },
  );

  it('says the same to somebody with a broken session', async () => {
    const [one, other] = await Promise.all([get('/admin'), get('/admin', 'directus_session_token=broken')]);
    expect([other.status, other.text]).toEqual([one.status, one.text]);
  });
});

describe('a server without the Studio', () => {
  it('has neither', async () => {
    const server = await startProject('sqlite', { SERVE_APP: 'false', ROOT_REDIRECT: 'false' });
    const client = new PlainClient(server.port);
    try {
      for (const path of ['/', '/admin', '/admin/login'])
        expect((await client.send({ method: 'GET', path })).status).toBe(404);
    } finally {
      client.close();
      await discard(server);
    }
  });
});
