/** What a browser does with cookies, as far as a login at a provider needs it: name, path, expiry. */
export class Browser {
  readonly #jars = new Map<string, Map<string, { value: string; path: string }>>();

  /** GETs without following redirects. */
  get(address: string): Promise<Response> {
    return this.send(address, { method: 'GET' });
  }

  post(address: string, body: URLSearchParams | string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(address, { method: 'POST', body, headers });
  }

  /** Follows redirects of this server and of the provider until one leads to a page (which is not asked for). */
  async follow(address: string, stopAt: (url: URL) => boolean): Promise<Response> {
    let answer = await this.get(address);
    for (let steps = 0; steps < 15; steps++) {
      const location = answer.headers.get('location');
      if (location === null) return answer;
      const next = new URL(location, answer.url);
      if (stopAt(next)) return answer;
      answer = await this.get(next.href);
    }
    throw new Error('too many redirects');
  }

  cookies(address: string): ReadonlyMap<string, string> {
    const { host, pathname } = new URL(address);
    const all = [...(this.#jars.get(host) ?? [])];
    return new Map(all.filter(([, { path }]) => pathname.startsWith(path)).map(([name, { value }]) => [name, value]));
  }

  async send(address: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies(address)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    this.take(address, answer.headers.getSetCookie());
    return answer;
  }

  /** Keeps what an answer set that was given to a script of the page. */
  take(address: string, lines: readonly string[]): void {
    const { host } = new URL(address);
    const jar = this.#jars.get(host) ?? new Map();
    this.#jars.set(host, jar);
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const expires = Date.parse(/expires=([^;]+)/i.exec(line)?.[1] ?? '');
      if (expires <= Date.now()) jar.delete(name);
      else jar.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
    }
  }
}
