import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type Cookie, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** What counts as soon as the page shows it; a busy machine takes its time. */
export const PATIENCE_MS = 30_000;

/** A person with a browser of their own, and everything that came to it. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The session's cookies. */
  session(): Promise<readonly Cookie[]>;
  /** The tokens that were in them whenever somebody looked. */
  readonly secrets: ReadonlySet<string>;
  /** Every text that came from the app: pages, data, scripts. */
  readonly received: readonly { readonly url: string; readonly text: string }[];
}

export function launch(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && place !== '' && existsSync(place));
  if (executablePath === undefined)
    throw new Error('Chromium is missing: install it, or name its program in CHROMIUM.');
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags], timeout: 60_000 });
}

export async function visit(browser: Browser, origin: string): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin });
  context.setDefaultTimeout(PATIENCE_MS);
  const received: { url: string; text: string }[] = [];
  context.on('response', (answer) => {
    if (!answer.url().startsWith(origin)) return;
    answer.text().then(
      (text) => received.push({ url: answer.url(), text }),
      () => undefined, // redirects have none, and a page that was left takes its answers with it
    );
  });
  const page = await context.newPage();
  const secrets = new Set<string>();
  const session = async () => {
    const cookies = (await context.cookies(origin)).filter(({ name }) =>
      /^(__Host-limen(\.\d)?|directus_session_token)$/.test(name),
    );
    for (const { value } of cookies) for (const token of tokensIn(value)) secrets.add(token);
    return cookies;
  };
  return { context, page, session, secrets, received };
}

/** The refresh token and the access token; an encrypted value is kept as a whole. */
const tokensIn = (value: string): readonly string[] => decodeURIComponent(value).replace(/^\d-/, '').split('!');
