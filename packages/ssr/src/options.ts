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
  const { storage = 'app', refreshSeconds, rememberSeconds = 30, timeoutSeconds = 10 } = options;
  const { loginPath = '/login', callbackPath = '/auth/callback', homePath = '/', origins = [] } = options;
  const url = addressOf('url', options.url);
  const publicUrl = addressOf('publicUrl', options.publicUrl ?? url);
  for (const [name, path] of Object.entries({ loginPath, callbackPath, homePath })) {
    check(/^\/(?![/\\])/.test(path), `${name} is a path of this app, such as /login`);
  }
  for (const [name, seconds] of Object.entries({
    refreshSeconds: refreshSeconds ?? 0,
    rememberSeconds,
    timeoutSeconds,
  })) {
    check(seconds >= 0, `${name} is a number of seconds`);
  }
  for (const origin of origins) check(URL.parse(origin)?.origin === origin, 'origins are like https://www.example.com');
  check(storage === 'app' || storage === 'api', "storage is 'app' or 'api'");
  return {
    ...{ url, publicUrl, storage, origins, loginPath, callbackPath, homePath },
    userFields: options.userFields,
    refreshMs: refreshSeconds === undefined ? undefined : refreshSeconds * 1000,
    rememberMs: rememberSeconds * 1000,
    timeoutMs: timeoutSeconds * 1000,
    headers: options.headers ?? userAgentOf,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    ...(storage === 'app' ? appCookie(options) : apiCookie(options, publicUrl)),
  };
}

type CookieSettings = Pick<Settings, 'cookieName' | 'attributes' | 'maxAge' | 'chunkBytes' | 'secrets'>;

function appCookie({ cookie = {}, apiCookie }: SessionsOptions): CookieSettings {
  check(!apiCookie, "apiCookie is for storage: 'api'; leave it out, or change storage");
  const { domain, secure = true, path = '/', sameSite = 'lax', maxAge = 604_800, chunkBytes = 3500 } = cookie;
  const hostOnly = secure && !domain && path === '/';
  const { name = hostOnly ? '__Host-limen' : 'limen', secret = [] } = cookie;
  const secrets = [secret].flat();
  check(/^[\w-]+$/.test(name), 'cookie.name has letters, digits, _ and - only');
  check(
    hostOnly || !name.startsWith('__Host-'),
    `${name}: leave cookie.domain, cookie.path and cookie.secure out, or __Host-`,
  );
  check(secure || (!name.startsWith('__') && sameSite !== 'none'), '__Secure- and sameSite none need cookie.secure');
  check(chunkBytes >= 200 && chunkBytes <= 4000, 'cookie.chunkBytes is from 200 to 4000');
  check(maxAge > 0, 'cookie.maxAge is a number of seconds');
  const weak = cookie.secret !== undefined && (secrets.length === 0 || secrets.some((one) => one.length < 32));
  check(!weak, 'cookie.secret needs at least 32 characters');
  return {
    cookieName: name,
    attributes: { path, domain, secure, httpOnly: true, sameSite },
    maxAge,
    chunkBytes,
    secrets,
  };
}

function apiCookie({ cookie, apiCookie = {} }: SessionsOptions, publicUrl: string): CookieSettings {
  check(
    !cookie,
    "with storage: 'api' leave cookie out and set SESSION_COOKIE_* of the API, or change storage to 'app'",
  );
  const { name = 'directus_session_token', domain } = apiCookie;
  const { hostname, protocol } = new URL(publicUrl);
  check(!domain || isWithin(hostname, domain), `${hostname} is not within apiCookie.domain: correct that or publicUrl`);
  const attributes = { path: '/', domain, secure: protocol === 'https:', httpOnly: true, sameSite: 'lax' } as const;
  return { cookieName: name, attributes, maxAge: 0, chunkBytes: 4000, secrets: [] };
}

/** Throws TypeError for an app that the browser would not send the API's cookie to. */
export function requireSharedSite({ attributes: { domain }, publicUrl, origins }: Settings, requestUrl: string): void {
  const { hostname } = new URL(origins[0] ?? requestUrl);
  check(
    domain ? isWithin(hostname, domain) : hostname === new URL(publicUrl).hostname,
    `the API's cookie never comes to ${hostname}: change storage to 'app', or give both a domain (SESSION_COOKIE_DOMAIN of the API and apiCookie.domain)`,
  );
}

function isWithin(host: string, domain: string): boolean {
  const bare = domain.replace(/^\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
}

function addressOf(name: string, value: string): string {
  const url = URL.parse(value);
  check(url && /^https?:$/.test(url.protocol), `${name} is the address of the API, such as https://api.example.com`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function check(good: unknown, sentence: string): asserts good {
  if (!good) throw new TypeError(`@limen/ssr: ${sentence}.`);
}
