/** A cookie as a browser keeps it. */
export interface KeptCookie {
  readonly value: string;
  /** Attribute names in lower case; those without a value are ''. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** A browser's cookies for one host, and a `fetch` that sends and keeps them. Paths and domains are not compared. */
export class CookieJar {
  readonly cookies = new Map<string, KeptCookie>();
  /** The Cookie header of the last request, null when none was sent. */
  lastSent: string | null = null;

  readonly fetch = async (address: string | URL, options: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(options.headers);
    this.lastSent = this.header();
    if (this.lastSent !== null) headers.set('cookie', this.lastSent);
    const answer = await fetch(address, { ...options, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  };

  /** The header a browser would send, or null with an empty jar. */
  header(): string | null {
    if (this.cookies.size === 0) return null;
    return [...this.cookies].map(([name, cookie]) => `${name}=${cookie.value}`).join('; ');
  }

  private keep(line: string): void {
    const [pair = '', ...rest] = line.split(';');
    const [name, value] = splitAt(pair.trim());
    const attributes = new Map(
      rest.map((part) => splitAt(part.trim())).map(([key, text]) => [key.toLowerCase(), text]),
    );
    if (isOver(attributes)) this.cookies.delete(name);
    else this.cookies.set(name, { value, attributes });
  }
}

/** RFC 6265 5.3: Max-Age wins over Expires. */
function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attributes.get('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

function splitAt(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
