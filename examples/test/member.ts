/** The password of all members. */
export const PASSWORD = 'a-long-enough-passphrase-9';

export interface OpenedPage {
  readonly status: number;
  readonly text: string;
  /** The addresses of members that are on it. */
  readonly people: readonly string[];
}

/** Somebody with a browser that runs no scripts. */
export class Member {
  readonly email: string;
  readonly #origin: string;
  readonly #jar = new Map<string, string>();

  constructor(origin: string, email: string) {
    this.#origin = origin;
    this.email = email;
  }

  /** Fills in the first form of the login page that asks for a password, whatever else is hidden in it. */
  async login(): Promise<void> {
    const { text } = await this.open('/login?redirectedFrom=%2Fposts');
    const form = (text.match(/<form[\s\S]*?<\/form>/g) ?? []).find((part) => part.includes('name="password"')) ?? '';
    const action = /<form[^>]*\saction="([^"]*)"/.exec(form)?.[1] ?? '';
    const body = new FormData();
    for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      body.append(attribute(input, 'name'), attribute(input, 'value'));
    }
    body.append('email', this.email);
    body.append('password', PASSWORD);
    const address = new URL(unescaped(action), `${this.#origin}/login?redirectedFrom=%2Fposts`);
    const answer = await this.#send(address, { method: 'POST', body });
    if (answer.status !== 303) throw new Error(`${this.email} can't log in: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }

  async open(path: string): Promise<OpenedPage> {
    const answer = await this.#send(new URL(path, this.#origin), {});
    const text = await answer.text();
    return { status: answer.status, text, people: text.match(/leak\d+@example\.com/g) ?? [] };
  }

  async #send(address: URL, init: RequestInit): Promise<Response> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, origin: this.#origin, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; *max-age=0(;|$)/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
