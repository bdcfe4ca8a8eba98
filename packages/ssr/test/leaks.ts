import type { StartedServer } from '../../server/test/started-server.ts';
import { makeNotes, makeUsers, PASSWORD } from './api.ts';
import { makeApp, type Page } from './app.ts';
import { Browser } from './browser.ts';

export interface LeakOptions {
  readonly users: number;
  readonly loads: number;
  readonly concurrency: number;
}

export interface LeakOutcome {
  readonly loads: number;
  /** Pages with something of another user. */
  readonly foreign: number;
  /** Pages for nobody although the person was signed in. */
  readonly signedOut: number;
  /** Pages that the app answered with an error. */
  readonly failed: number;
  readonly refreshes: number;
  /** Refreshes beyond one per session and lifetime of a token. */
  readonly surplus: number;
  readonly seconds: number;
}

/** Seconds that access tokens live in this test; the server has to be started with it. */
export const TOKEN_SECONDS = 2;

/** Users load pages at the same time, several of one user too, while their tokens expire again and again. */
export async function lookForLeaks(
  server: StartedServer,
  { users, loads, concurrency }: LeakOptions,
): Promise<LeakOutcome> {
  const accounts = await makeUsers(server, await makeNotes(server), users, 'leak');
  const tried = new Map<string, number>();
  const { app, traffic } = makeApp({ url: server.url });
  const count = { foreign: 0, signedOut: 0, failed: 0, surplus: 0, done: 0 };
  // The token of one lifetime is spent by one refresh: one that is sent twice is one too many.
  traffic.spent = (token) => {
    const times = (tried.get(token) ?? 0) + 1;
    tried.set(token, times);
    if (times > 1) count.surplus++;
  };
  const browsers: Browser[] = [];
  for (const { email } of accounts) {
    const browser = new Browser(app);
    await browser.post('/login', { email, password: PASSWORD });
    browsers.push(browser);
  }
  const began = performance.now();
  async function load(): Promise<void> {
    while (count.done < loads) {
      // Two loads in a row are of one user, so that they meet an expired token together.
      const index = (count.done++ >> 1) % users;
      const [browser, account] = [browsers[index] as Browser, accounts[index] as (typeof accounts)[number]];
      const answer = await browser.get(`/?load=${count.done}`);
      const text = await answer.text();
      if (answer.status !== 200) count.failed++;
      else judge(JSON.parse(text) as Page, account);
    }
  }
  function judge({ user, notes }: Page, { id, email }: (typeof accounts)[number]): void {
    if (user === null) count.signedOut++;
    else if (user.id !== id || notes.some((note) => note !== `note of ${email}`)) count.foreign++;
    else if (notes.length !== 1) count.failed++;
  }
  await Promise.all(Array.from({ length: concurrency }, load));
  const seconds = (performance.now() - began) / 1000;
  const { foreign, signedOut, failed, surplus } = count;
  return { loads, foreign, signedOut, failed, refreshes: traffic.refreshes, surplus, seconds };
}
