import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { createSessions } from '../src/index.ts';

const SOURCES = new URL('../src/', import.meta.url);

it.each([
  ['plain', {}],
  ['encrypted', { secret: 'a-secret-of-an-app-that-is-long-enough' }],
])('costs less than 50 microseconds and no request when nothing is due, %s', async (name, cookie) => {
  let asked = 0;
  const payload = btoa(JSON.stringify({ id: 'x', iat: Date.now() / 1000, exp: Date.now() / 1000 + 900 }));
  const tokens = {
    access_token: `e30.${payload}.${'s'.repeat(43)}`.replaceAll('=', ''),
    refresh_token: 'r'.repeat(64),
  };
  const answer = async () => {
    asked++;
    return Response.json({ data: tokens });
  };
  const sessions = createSessions({ url: 'https://api.example.com', cookie, fetch: answer });
  const login = new Request('https://app.example.com/', {
    method: 'POST',
    headers: { origin: 'https://app.example.com' },
  });
  const first = sessions.for(login);
  await first.login({ email: 'a@example.com', password: 'x' });
  const kept = first.changes.map(({ name, value }) => `${name}=${value}`).join('; ');

  const COUNT = 10_000;
  const requests = () =>
    Array.from(
      { length: COUNT },
      () => new Request('https://app.example.com/posts', { headers: { cookie: `a=b; ${kept}; c=d` } }),
    );
  const lap = async () => {
    const made = requests();
    const began = process.cpuUsage();
    for (const request of made) {
      const session = await sessions.for(request).ready();
      session.headers();
      if (!session.hasTokens) throw new Error('no tokens');
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / COUNT;
  };
  await lap();
  const microseconds = Math.min(await lap(), await lap(), await lap());
  console.log(`${name}: ${microseconds.toFixed(1)} µs of CPU per request`);
  expect(asked).toBe(1);
  expect(microseconds).toBeLessThan(50);
});

/** Bytes, minified, without the SDK; what loads with the first use (signing in, refreshing, providers, encrypting) is counted apart. */
it('is small', async () => {
  // The bundler comes with the test runner.
  const bundle = await rolldown({ input: fileURLToPath(new URL('index.ts', SOURCES)), external: ['@directus/sdk'] });
  const { output } = await bundle.generate({ minify: true });
  const chunks = new Map(output.flatMap((chunk) => ('code' in chunk ? [[chunk.fileName, chunk] as const] : [])));
  const atStart = new Set([output[0].fileName]);
  for (const name of atStart) for (const other of chunks.get(name)?.imports ?? []) atStart.add(other);
  const sizeOf = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + Buffer.byteLength(chunks.get(name)?.code ?? ''), 0);
  console.log(`loaded at the start: ${sizeOf(atStart)} bytes; with everything: ${sizeOf(chunks.keys())} bytes`);
  expect(sizeOf(atStart)).toBeLessThan(10_000);
  expect(sizeOf(chunks.keys())).toBeLessThan(20_000);
});

it('runs on every runtime: imports the SDK and itself, and names nothing of Node', () => {
  const names = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const text = readFileSync(new URL(name, SOURCES), 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      expect(specifier, name).toMatch(/^(\.{1,2}\/.*|@directus\/sdk)$/);
    }
    expect(text, name).not.toMatch(/\b(process|Buffer|__dirname|setImmediate)\s*[.([]/);
  }
});
