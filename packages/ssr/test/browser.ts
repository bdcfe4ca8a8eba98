import { readCookies } from '../src/cookies.ts';

export type App = (request: Request) => Promise<Response>;

export const APP = 'https://app.example.com';

/** A browser with a cookie jar, as far as an app notices. */
export class Browser {
  readonly jar = new Map<string, string>();
  readonly #app: App;
  /** The `Set-Cookie` headers of the last answer. */
  lastCookies: readonly string[] = [];

  constructor(app: App, jar: ReadonlyMap<string, string> = new Map()) {
    this.#app = app;
    for (const [name, value] of jar) this.jar.set(name, value);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(new Request(new URL(path, APP), { headers }));
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
    const given = { 'content-type': 'application/json', origin: APP, 'sec-fetch-site': 'same-origin', ...headers };
    return this.send(new Request(new URL(path, APP), { method: 'POST', headers: given, body: JSON.stringify(body) }));
  }

  async send(request: Request): Promise<Response> {
    request.headers.set('cookie', [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await this.#app(request);
    this.lastCookies = answer.headers.getSetCookie();
    this.keep(this.lastCookies);
    return answer;
  }

  keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [[name, value] = ['', '']] = readCookies(cookie.split(';', 1)[0] ?? '');
      if (/; Max-Age=0(;|$)/.test(cookie)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
