// The journey through an example behind a reverse proxy with TLS, third-party cookies blocked:
//   node examples/test/sites.ts [--in FOLDER] [--show FOLDER] two-sites|one-domain [astro nuxt …]
// two-sites    the app is https://members.example, the API https://limen.test: the session is in a cookie of the app
// one-domain   the API is https://members.example/limen: the session is in the API's own cookie
import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { type Backend, setUp, startBackend } from './backend.ts';
import { buildExample } from './example.ts';
import { type Front, startFront } from './front.ts';
import { freePort, type Running } from './processes.ts';
import { APP_COOKIE, type SessionCookie, TOKEN_SECONDS } from './steps.ts';
import { launch, visit } from './visitor.ts';
import { walk } from './walk.ts';

const ORIGIN = 'https://members.example';

/** Seconds that a session of the API lives; it is refreshed as soon as access tokens would be. */
const SESSION_SECONDS = 20;

interface Sites {
  /** Where browsers reach the API. */
  readonly api: string;
  /** Settings of Limen. */
  readonly settings: Readonly<Record<string, string>>;
  /** What a person writes into the options of `createSessions`. */
  readonly options: readonly string[];
  readonly cookie: SessionCookie;
}

const SITES: Readonly<Record<string, Sites>> = {
  'two-sites': {
    api: 'https://limen.test',
    settings: { ACCESS_TOKEN_TTL: `${TOKEN_SECONDS}s` },
    options: [],
    cookie: APP_COOKIE,
  },
  'one-domain': {
    api: `${ORIGIN}/limen`,
    settings: { SESSION_COOKIE_TTL: `${SESSION_SECONDS}s`, SESSION_COOKIE_SECURE: 'true' },
    options: [`refreshSeconds: ${SESSION_SECONDS - TOKEN_SECONDS},`, 'storage: apiCookie(),'],
    cookie: { name: 'directus_session_token', seconds: SESSION_SECONDS },
  },
};

const { values, positionals } = parseArgs({
  options: { in: { type: 'string' }, show: { type: 'string' } },
  allowPositionals: true,
});
const [mode = 'two-sites', ...names] = positionals;
const sites = SITES[mode];
if (!sites) throw new Error(`${mode} is none of ${Object.keys(SITES).join(', ')}`);

/** Edits `sessions.ts` of a copy as the guide says. */
function configure(folder: string): void {
  const [file] = globSync('{src,server,lib}/**/sessions.ts', { cwd: folder });
  assert.ok(file, 'the example has a file sessions.ts');
  const text = readFileSync(join(folder, file), 'utf8');
  const { api, options } = sites as Sites;
  const added = [`publicUrl: '${api}',`, ...options].map((line) => `  ${line}\n`).join('');
  const changed = text.replace(/\n( {2}url: .*\n)/, `\n$1${added}`);
  assert.notEqual(changed, text);
  writeFileSync(join(folder, file), `import { apiCookie } from '@limen/ssr/api-cookie';\n${changed}`);
}

/** Whether the journey through an example went well. */
async function travel(name: string, { api, settings, cookie }: Sites): Promise<boolean> {
  const stops: (() => unknown)[] = [];
  const port = String(await freePort());
  const example = await buildExample(name, ORIGIN, values.in && join(values.in, name), configure);
  stops.push(example.remove);
  try {
    const more = { ...settings, PUBLIC_URL: api, IP_TRUST_PROXY: 'true' };
    const backend: Backend = await startBackend({ origin: ORIGIN, settings: more });
    stops.push(backend.stop);
    await setUp(example.folder, backend.url);
    const app: Running = await example.start(backend.url, port);
    stops.push(app.stop);
    const { host, pathname } = new URL(api);
    const front = await startFront((asked, path) =>
      asked === host && path.startsWith(pathname)
        ? `${backend.url}/${path.slice(pathname.length).replace(/^\//, '')}`
        : `http://localhost:${port}${path}`,
    );
    stops.push(front.stop);
    const to443 = [...new Set([new URL(ORIGIN).host, host])].map((one) => `MAP ${one}:443 127.0.0.1:${front.port}`);
    const browser = await launch([
      `--host-resolver-rules=${to443.join(', ')}`,
      '--test-third-party-cookie-phaseout',
      '--ignore-certificate-errors',
    ]);
    stops.push(() => browser.close());
    if (mode === 'two-sites') await thirdPartyCookiesAreBlocked(browser, api, front);
    const visitor = await visit(browser, ORIGIN);
    const good = await walk(
      name,
      { browser, origin: ORIGIN, visitor, email: 'traveller@example.com', cookie },
      app,
      values.show,
    );
    for (const complaint of backend.complaints) console.error(complaint);
    return good;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Without this the journey would prove nothing. */
async function thirdPartyCookiesAreBlocked(browser: Browser, api: string, front: Front): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${api}/server/ping`);
  await page.evaluate("document.cookie = 'probe=1; Secure; SameSite=None'");
  const asked = async (path: string) => {
    await page.evaluate(`fetch('${api}${path}', { credentials: 'include', mode: 'no-cors' }).catch(() => null)`);
    return front.passed.find((one) => one.path === path)?.cookie;
  };
  assert.equal(await asked('/server/ping?own'), 'probe=1', 'the API has a cookie of its own');
  await page.goto(`${ORIGIN}/`);
  assert.equal(await asked('/server/ping?foreign'), '', 'which pages of another site don’t send');
  await context.close();
}

let failed = 0;
for (const name of names.length > 0 ? names : ['astro']) if (!(await travel(name, sites))) failed++;
console.log(failed === 0 ? `All journeys went well (${mode}).` : `${failed} failed.`);
process.exitCode = failed > 0 ? 1 : 0;
