import type { CookieAttributes } from './cookies.ts';

/** What `createSessions` takes. Times in seconds, sizes in bytes. */
export interface SessionsOptions {
  /** Address of the API as this server reaches it. */
  readonly url: string;
  /** Address of the API as browsers reach it, for logging in with a provider; `url` by default. */
  readonly publicUrl?: string;
  /**
   * Where the browser keeps its session: `app` (default) in a cookie of this app, which works on any site; `api` in the
   * session cookie of the API, which is passed on, for an app and an API that share a site.
   */
  readonly storage?: 'app' | 'api';
  /** The cookie of this app (`storage: 'app'`). */
  readonly cookie?: CookieOptions;
  /** The cookie of the API (`storage: 'api'`). */
  readonly apiCookie?: ApiCookieOptions;
  /** Origins of this app, where it doesn't see its own (behind a proxy); their pages may sign in and out. The first is used in links. */
  readonly origins?: readonly string[];
  /** Where people log in; `/login` by default. */
  readonly loginPath?: string;
  /** Where providers send people back to; `/auth/callback` by default. */
  readonly callbackPath?: string;
  /** Where people go after logging in when they asked for nothing else; `/` by default. */
  readonly homePath?: string;
  /** Fields of the user that `session.user()` reads; by default what the API gives. */
  readonly userFields?: readonly string[];
  /**
   * Tokens are refreshed so many seconds before they expire, but not before a quarter of their life is left; by default 30, with
   * `storage: 'api'` at half of their life.
   */
  readonly refreshSeconds?: number;
  /** A request that comes with tokens just refreshed gets their successors for so long; 30 by default. */
  readonly rememberSeconds?: number;
  /** Seconds that the API may take for signing in, out and refreshing; 10 by default. */
  readonly timeoutSeconds?: number;
  /** Headers that requests to the API get besides; by default the browser's `User-Agent`. An address of the client, say. */
  readonly headers?: (request: Request) => Readonly<Record<string, string>>;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch;
}

export interface CookieOptions {
  /** `__Host-limen` by default; `limen` where the prefix is impossible (a domain, or `secure: false`). */
  readonly name?: string;
  readonly domain?: string;
  readonly path?: string;
  /** true by default; false only for development where the browser takes no secure cookies from `localhost`. */
  readonly secure?: boolean;
  readonly sameSite?: 'lax' | 'strict' | 'none';
  /** How long a browser keeps it: as long as REFRESH_TOKEN_TTL of the API; 7 days by default. */
  readonly maxAge?: number;
  /** A longer value is spread over several cookies; 3,500 by default. */
  readonly chunkBytes?: number;
  /** At least 32 characters; then the cookie is encrypted. Of several the first encrypts, and all decrypt. */
  readonly secret?: string | readonly string[];
}

export interface ApiCookieOptions {
  /** SESSION_COOKIE_NAME of the API; `directus_session_token` by default. */
  readonly name?: string;
  /** SESSION_COOKIE_DOMAIN of the API; needed unless app and API have the same host. */
  readonly domain?: string;
}

/** Options that were found to go together. */
export interface Settings {
  readonly url: string;
  readonly publicUrl: string;
  readonly storage: 'app' | 'api';
  readonly cookieName: string;
  readonly attributes: CookieAttributes;
  readonly maxAge: number;
  readonly chunkBytes: number;
  readonly secrets: readonly string[];
  readonly origins: readonly string[];
  readonly loginPath: string;
  readonly callbackPath: string;
  readonly homePath: string;
  readonly userFields: readonly string[] | undefined;
  readonly refreshMs: number | undefined;
  readonly rememberMs: number;
  readonly timeoutMs: number;
  readonly headers: (request: Request) => Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
}

const userAgentOf = (request: Request): Record<string, string> => {
  const agent = request.headers.get('user-agent');
  return agent ? { 'user-agent': agent } : {};
};

/** Throws TypeError with a sentence that says what to change. */
export function readOptions(options: SessionsOptions): Settings {
  const storage = options.storage ?? 'app';
  if (storage !== 'app' && storage !== 'api') throw wrong(`storage is 'app' or 'api', not ${JSON.stringify(storage)}`);
  const url = apiAddress('url', options.url);
  const common = {
    url,
    publicUrl: options.publicUrl === undefined ? url : apiAddress('publicUrl', options.publicUrl),
    storage,
    origins: (options.origins ?? []).map(originOf),
    loginPath: ownPath('loginPath', options.loginPath ?? '/login'),
    callbackPath: ownPath('callbackPath', options.callbackPath ?? '/auth/callback'),
    homePath: ownPath('homePath', options.homePath ?? '/'),
    userFields: options.userFields,
    refreshMs: seconds('refreshSeconds', options.refreshSeconds),
    rememberMs: seconds('rememberSeconds', options.rememberSeconds) ?? 30_000,
    timeoutMs: seconds('timeoutSeconds', options.timeoutSeconds) ?? 10_000,
    headers: options.headers ?? userAgentOf,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  } as const;
  return { ...common, ...(storage === 'app' ? appCookie(options) : apiCookie(options)) };
}

type CookieSettings = Pick<Settings, 'cookieName' | 'attributes' | 'maxAge' | 'chunkBytes' | 'secrets'>;

function appCookie({ cookie = {}, apiCookie }: SessionsOptions): CookieSettings {
  if (apiCookie) throw wrong("apiCookie is for storage: 'api'; leave it out, or change storage");
  const { domain, secure = true, path = '/', sameSite = 'lax', maxAge = 604_800, chunkBytes = 3500 } = cookie;
  const cookieName = cookie.name ?? (secure && !domain && path === '/' ? '__Host-limen' : 'limen');
  if (!/^[\w-]+$/.test(cookieName)) throw wrong('cookie.name has letters, digits, _ and - only');
  if (cookieName.startsWith('__Host-') && domain) {
    throw wrong(`a browser refuses ${cookieName} with a domain; name it without __Host-, or leave cookie.domain out`);
  }
  if (cookieName.startsWith('__Host-') && path !== '/')
    throw wrong(`a browser takes ${cookieName} only with the path /`);
  if (/^__(Host|Secure)-/.test(cookieName) && !secure) {
    throw wrong(
      `a browser refuses ${cookieName} when it is not secure; name it without the prefix, or leave cookie.secure out`,
    );
  }
  if (sameSite === 'none' && !secure) throw wrong("a browser refuses sameSite: 'none' when the cookie is not secure");
  if (!(chunkBytes >= 200 && chunkBytes <= 4000)) throw wrong('cookie.chunkBytes is from 200 to 4000');
  if (!(maxAge > 0)) throw wrong('cookie.maxAge is a positive number of seconds');
  const attributes = { path, secure, httpOnly: true, sameSite, ...(domain ? { domain } : {}) };
  return { cookieName, attributes, maxAge, chunkBytes, secrets: secretsOf(cookie.secret) };
}

function secretsOf(secret: string | readonly string[] | undefined): readonly string[] {
  const secrets = secret === undefined ? [] : [secret].flat();
  if (secret !== undefined && (secrets.length === 0 || secrets.some((one) => one.length < 32))) {
    throw wrong('cookie.secret needs at least 32 characters, by chance');
  }
  return secrets;
}

function apiCookie({ cookie, apiCookie = {}, url, publicUrl }: SessionsOptions): CookieSettings {
  if (cookie) {
    throw wrong(
      "with storage: 'api' the API sets the cookie: leave cookie out and set SESSION_COOKIE_* of the API, or change storage to 'app'",
    );
  }
  const { name = 'directus_session_token', domain } = apiCookie;
  const host = new URL(publicUrl ?? url).hostname;
  if (domain && !isWithin(host, domain)) {
    throw wrong(
      `${host} can't set cookies for ${domain}; correct apiCookie.domain or publicUrl, or change storage to 'app'`,
    );
  }
  const secure = new URL(publicUrl ?? url).protocol === 'https:';
  const attributes = { path: '/', secure, httpOnly: true, sameSite: 'lax', ...(domain ? { domain } : {}) } as const;
  return { cookieName: name, attributes, maxAge: 0, chunkBytes: 4000, secrets: [] };
}

/** Throws TypeError for an app that the browser would not send the API's cookie to. */
export function requireSharedSite({ attributes, publicUrl, origins }: Settings, requestUrl: string): void {
  const { hostname } = new URL(origins[0] ?? requestUrl);
  const { domain } = attributes;
  if (domain ? isWithin(hostname, domain) : hostname === new URL(publicUrl).hostname) return;
  throw wrong(
    domain
      ? `this app is at ${hostname}, which is not within ${domain}: change storage to 'app', or correct apiCookie.domain or origins`
      : `this app is at ${hostname}, and the cookie of ${new URL(publicUrl).hostname} never comes here: change storage to 'app', or give both a domain (SESSION_COOKIE_DOMAIN of the API and apiCookie.domain)`,
  );
}

function isWithin(host: string, domain: string): boolean {
  const bare = domain.replace(/^\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
}

function apiAddress(name: string, value: unknown): string {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw wrong(`${name} is the address of the API, such as https://api.example.com, not ${JSON.stringify(value)}`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function originOf(value: string): string {
  const url = URL.parse(value);
  if (url && /^https?:$/.test(url.protocol) && (value === url.origin || value === `${url.origin}/`)) return url.origin;
  throw wrong(`origins holds origins such as https://www.example.com, not ${JSON.stringify(value)}`);
}

function ownPath(name: string, path: string): string {
  if (/^\/(?![/\\])/.test(path)) return path;
  throw wrong(`${name} is a path of this app, such as /login, not ${JSON.stringify(path)}`);
}

function seconds(name: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value >= 0 && Number.isFinite(value)) return value * 1000;
  throw wrong(`${name} is a number of seconds`);
}

const wrong = (sentence: string): TypeError => new TypeError(`@limen/ssr: ${sentence}.`);
