import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';

declare const loadSdk: () => Promise<typeof import('@directus/sdk')>;

export type Mode = 'session' | 'cookie' | 'json';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires: number;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** What the scripts of an application's page do, in a real browser. */
export class ClientPage {
  readonly page: Page;
  readonly login: string;
  readonly #origin: string;
  readonly #api: string;

  constructor(page: Page, origin: string, api: string) {
    this.page = page;
    this.login = `${origin}/login`;
    this.#origin = origin;
    this.#api = api;
  }

  /** Leaves for a provider, and comes back; where to. */
  async signOn(provider: string, redirect = this.login): Promise<string> {
    await this.#leaveFor(this.leaving(provider, redirect));
    return this.page.url();
  }

  leaving(provider: string, redirect: string, more = ''): string {
    return `${this.#api}/auth/login/${provider}?redirect=${encodeURIComponent(redirect)}${more}`;
  }

  /** Signs on and redeems the code, as the guide says. */
  async handOff(provider: string): Promise<Tokens> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    await this.#leaveFor(this.leaving(provider, this.login, `&response=code&code_challenge=${challenge}`));
    const code = new URL(this.page.url()).searchParams.get('code');
    const { status, body } = await this.post('/auth/login/handoff', { code, code_verifier: verifier, mode: 'json' });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.data;
  }

  post(path: string, json: object): Promise<Answer> {
    return this.page.evaluate(
      async ([address, body]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(address, { method: 'POST', credentials: 'include', headers, body });
        return { status: answer.status, body: await answer.json().catch(() => null) };
      },
      [this.#api + path, JSON.stringify(json)] as const,
    );
  }

  /** The id of whom the API takes the page for, by its cookies or by a token. */
  whoAmI(token: string | null = null): Promise<string | undefined> {
    return this.page.evaluate(
      async ([address, bearer]) => {
        const headers: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
        const answer = await fetch(`${address}/users/me`, { credentials: 'include', headers });
        return (await answer.json()).data?.id;
      },
      [this.#api, token] as const,
    );
  }

  /** The same with the SDK, which refreshes first. */
  whoAmIBySdk(mode: Mode, tokens: Tokens | null = null): Promise<string> {
    return this.page.evaluate(
      async ([address, way, given]) => {
        const sdk = await loadSdk();
        let kept = given && { ...given, expires_at: Date.now() + given.expires };
        const storage = {
          get: () => kept,
          set: (value: typeof kept) => {
            kept = value;
          },
        };
        const options = { credentials: 'include', autoRefresh: false, ...(given ? { storage } : {}) } as const;
        const client = sdk
          .createDirectus(address)
          .with(sdk.authentication(way, options as Parameters<typeof sdk.authentication>[1]))
          .with(sdk.rest({ credentials: 'include' }));
        await client.refresh();
        return String((await client.request(sdk.readMe())).id);
      },
      [this.#api, mode, tokens] as const,
    );
  }

  async #leaveFor(address: string): Promise<void> {
    await this.page.evaluate((to) => location.assign(to), address);
    await this.page.waitForURL((url) => url.origin === this.#origin && url.pathname === '/login');
  }
}
