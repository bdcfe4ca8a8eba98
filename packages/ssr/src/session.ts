import { type DirectusUser, readMe } from '@directus/sdk';
import { boundClient, type SessionClient } from './bound-client.ts';
import { type CookieChange, readCookies, serializeCookie } from './cookies.ts';
import { unreachable } from './errors.ts';
import type { Settings } from './options.ts';
import { isPrefetch } from './prefetch.ts';
import { safeRedirect, withParameter } from './redirects.ts';
import type { Refreshing } from './refreshing.ts';
import { lifetimeOf, type Tokens } from './tokens.ts';

/** The user as the API shows it to itself: fields that it may not read are missing. */
export type User<Schema> = Partial<DirectusUser<Schema>> & { readonly id: string };

export interface Credentials {
  readonly password: string;
  readonly email?: string;
  /** What a directory (LDAP) knows the person by, in place of `email`. */
  readonly identifier?: string;
  readonly otp?: string;
  /** A local or LDAP provider; by default the API's own accounts. */
  readonly provider?: string;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly verification_url?: string;
}

/** Either a user, or where to send the person. */
export type Guarded<Schema> =
  | { readonly user: User<Schema>; readonly location: null }
  | { readonly user: null; readonly location: string };

export interface RequestOptions {
  /** Whether the answer can still get cookies; by default until they were taken with `apply` or `headers`. */
  readonly canSetCookies?: boolean | (() => boolean);
  /** Told of cookies at once, for frameworks whose answers are filled bit by bit. */
  readonly onCookies?: (changes: readonly CookieChange[]) => void;
  /** The address that the person sees, where it isn't that of the request. */
  readonly url?: URL;
}

/** What all sessions of an app have in common; no token. */
export interface Shared {
  readonly settings: Settings;
  readonly refreshing: Refreshing;
}

/** The session of one request. */
export class Session<Schema = unknown> {
  readonly #shared: Shared;
  readonly #request: Request;
  readonly #options: RequestOptions;
  readonly #cookies: ReadonlyMap<string, string>;
  readonly #changes = new Map<string, CookieChange>();
  /** Whether the page is fetched in advance, and maybe nobody ever sees it: then nothing is refreshed. */
  readonly prefetch: boolean;
  #headers: Readonly<Record<string, string>> | undefined;
  #tokens: Tokens | null = null;
  #reading: Promise<void> | undefined;
  #beginning: Promise<void> | undefined;
  #user: Promise<User<Schema> | null> | undefined;
  #client: SessionClient<Schema> | undefined;
  /** The answer has its headers. */
  #sent = false;
  /** Refreshing failed; trying again within one request would only make it wait. */
  #gaveUp = false;

  constructor(shared: Shared, request: Request, options: RequestOptions) {
    this.#shared = shared;
    this.#request = request;
    this.#options = options;
    this.#cookies = readCookies(request.headers.get('cookie'));
    this.prefetch = isPrefetch(request.headers);
  }

  /** A client that is signed in as the person who made this request, and is of no use to anybody else. */
  get client(): SessionClient<Schema> {
    const { url, fetch } = this.#shared.settings;
    const source = { token: () => this.#token(), replaced: (token: string) => this.#replaced(token) };
    this.#client ??= boundClient<Schema>({ url, fetch, source, headers: this.#apiHeaders() });
    return this.#client;
  }

  /** Reads the cookies, and refreshes when that is due and possible. Does so once; the other methods call it themselves. */
  async ready(): Promise<this> {
    this.#beginning ??= this.#read().then(() => this.#refreshIfDue());
    await this.#beginning;
    return this;
  }

  /** Whether the browser came with tokens. That is no proof of anything: only the API knows whether they count. */
  get hasTokens(): boolean {
    return this.#tokens !== null;
  }

  /** Tokens have expired and could not be refreshed here: the API can't be reached, or it is a prefetch, or cookies can't be set. */
  get stale(): boolean {
    return this.#tokens !== null && lifetimeOf(this.#tokens.access).expiresAt <= Date.now();
  }

  /**
   * Who made this request, as the API says; null when nobody is signed in. Asked once per request.
   * Throws SessionError when it can't be known now (`status` 503): that is no reason to sign anybody out.
   */
  user(): Promise<User<Schema> | null> {
    this.#user ??= this.#readUser();
    return this.#user;
  }

  /** The user, or where to send the person to log in, with the address asked for as `redirectedFrom`. Throws as `user` does. */
  async guard(): Promise<Guarded<Schema>> {
    const user = await this.user();
    if (user) return { user, location: null };
    return { user, location: this.loginLocation() };
  }

  /** The login page, with the address asked for as `redirectedFrom`. */
  loginLocation(): string {
    const { loginPath, homePath } = this.#shared.settings;
    const { pathname, search } = this.#url;
    if (this.#request.method !== 'GET' || pathname === loginPath || `${pathname}${search}` === homePath)
      return loginPath;
    return withParameter(loginPath, 'redirectedFrom', `${pathname}${search}`);
  }

  /** Where to go after logging in: the `redirectedFrom` of this request, never another site. */
  redirectedFrom(): string {
    return this.safeRedirect(this.#url.searchParams.get('redirectedFrom'));
  }

  /** `target` if it is an address of this app, else the home page. */
  safeRedirect(target: unknown): string {
    return safeRedirect(target, this.#origin, this.#shared.settings.homePath);
  }

  /** Signs in with a password. Throws SessionError: INVALID_CREDENTIALS, INVALID_OTP, FOREIGN_ORIGIN, API_UNREACHABLE, … */
  async login({ provider, ...credentials }: Credentials): Promise<void> {
    await this.#signing();
    this.#requireCookies();
    const path = provider === undefined ? '/auth/login' : `/auth/login/${encodeURIComponent(provider)}`;
    await this.#enter(path, credentials);
  }

  /** The address to send the browser to for signing in with a provider. `redirectTo` is where the person wants to go then. */
  async loginWith(provider: string, { redirectTo }: { readonly redirectTo?: string } = {}): Promise<string> {
    this.#requireCookies();
    const wanted = redirectTo === undefined ? this.redirectedFrom() : this.safeRedirect(redirectTo);
    const { leaveFor } = await import('./provider-login.ts');
    const { location, cookie } = await leaveFor(provider, wanted, this.#origin, this.#shared.settings);
    this.#change([cookie]);
    return location;
  }

  /**
   * Finishes what `loginWith` began, in the route of `callbackPath`. Returns where to send the person: where they wanted to
   * go, or the login page with a `reason`. Throws only when cookies can't be set.
   */
  async handleCallback(): Promise<string> {
    this.#requireCookies();
    const { comeBack } = await import('./provider-login.ts');
    return comeBack({
      parameters: this.#url.searchParams,
      cookies: this.#cookies,
      settings: this.#shared.settings,
      safe: (target) => this.safeRedirect(target),
      change: (cookie) => this.#change([cookie]),
      enter: (proof) => this.#enter('/auth/login/handoff', proof),
    });
  }

  /** Signs out, here and at the API. Throws SessionError only for FOREIGN_ORIGIN. */
  async logout(): Promise<void> {
    const { leave } = await this.#signing();
    this.#requireCookies();
    await this.#read();
    await leave(this.#shared.settings, this.#shared.refreshing, this.#tokens, this.#apiHeaders());
    this.#forget();
  }

  /** Registers a user, who is not signed in by that: an address may have to be verified first. Throws SessionError. */
  async register(registration: Registration): Promise<void> {
    const { register } = await this.#signing();
    await register(this.#shared.settings, registration, this.#apiHeaders());
  }

  /** Cookies to set, so far. */
  get changes(): readonly CookieChange[] {
    return [...this.#changes.values()];
  }

  /** Headers that the answer needs: `Set-Cookie`, and that no cache may keep what is for one person. After that nothing refreshes. */
  headers(): Headers {
    this.#sent = true;
    const headers = new Headers();
    for (const change of this.#changes.values()) headers.append('set-cookie', serializeCookie(change));
    if (this.#changes.size > 0 || this.#tokens || this.#client) headers.set('cache-control', 'private, no-store');
    return headers;
  }

  /** The answer with these headers; a new one where its own can't be changed. */
  apply(response: Response): Response {
    const headers = this.headers();
    if (!headers.has('cache-control')) return response;
    try {
      addHeaders(response.headers, headers);
      return response;
    } catch {
      const { status, statusText, body } = response;
      const copy = new Response(body, { status, statusText, headers: response.headers });
      addHeaders(copy.headers, headers);
      return copy;
    }
  }

  get #url(): URL {
    return this.#options.url ?? new URL(this.#request.url);
  }

  get #origin(): string {
    return this.#shared.settings.origins[0] ?? this.#url.origin;
  }

  #apiHeaders(): Readonly<Record<string, string>> {
    this.#headers ??= this.#shared.settings.headers(this.#request);
    return this.#headers;
  }

  #canSetCookies(): boolean {
    const { canSetCookies = true } = this.#options;
    return !this.#sent && (typeof canSetCookies === 'function' ? canSetCookies() : canSetCookies);
  }

  /** What signs in and out, loaded with the first form. Throws FOREIGN_ORIGIN for what another site sent. */
  async #signing(): Promise<typeof import('./signing.ts')> {
    const signing = await import('./signing.ts');
    signing.requireSameOrigin(this.#request, this.#shared.settings.origins);
    return signing;
  }

  #requireCookies(): void {
    if (!this.#canSetCookies())
      throw new Error('@limen/ssr: cookies can’t be set here: sign in and out where the answer begins.');
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readTokens();
    return this.#reading;
  }

  async #readTokens(): Promise<void> {
    const { storage } = this.#shared.settings;
    this.#tokens = await storage.read(this.#cookies);
    // What nobody can read is taken away, or it would come with every request.
    if (!this.#tokens && this.#canSetCookies()) this.#change(storage.forget(this.#cookies));
  }

  #isDue({ access }: Tokens): boolean {
    const { refreshSeconds, storage } = this.#shared.settings;
    const { expiresAt, length } = lifetimeOf(access);
    return expiresAt - storage.early(length, refreshSeconds && refreshSeconds * 1000) <= Date.now();
  }

  async #refreshIfDue(): Promise<void> {
    // Bounded by the number of refreshes that are remembered for one session.
    while (this.#tokens && !this.#gaveUp && this.#isDue(this.#tokens)) {
      const known = this.#shared.refreshing.knows(this.#tokens.refresh);
      await this.#refresh(this.#tokens);
      if (!known) return; // the clocks of app and API may differ: what is new is good enough
    }
  }

  /** Where cookies can't be set, or nobody may see the answer, only what this process already knows is taken. */
  async #refresh(tokens: Tokens, dead = this.stale): Promise<void> {
    const { refreshing } = this.#shared;
    const canSet = this.#canSetCookies() && !this.prefetch;
    if (!canSet && !refreshing.knows(tokens.refresh)) {
      this.#gaveUp = true;
      return;
    }
    const renewal = await refreshing.renew(tokens.refresh, this.#apiHeaders());
    if (this.#tokens !== tokens) return; // signed in or out meanwhile, or another call was first
    if (renewal.kind === 'renewed') {
      await this.#adopt(renewal.tokens, canSet);
      return;
    }
    this.#gaveUp = true;
    // Another process may have refreshed first and its cookie be on its way: while the old token lives there is no hurry.
    if (renewal.kind === 'refused' && canSet && (dead || this.stale)) this.#forget();
  }

  async #adopt(tokens: Tokens, canSet: boolean): Promise<void> {
    this.#tokens = tokens;
    if (canSet) this.#change(await this.#shared.settings.storage.write(tokens, this.#known()));
  }

  #forget(): void {
    this.#tokens = null;
    this.#user = undefined;
    this.#change(this.#shared.settings.storage.forget(this.#known()));
  }

  /** Names that the browser has, or will have after this answer. */
  #known(): ReadonlyMap<string, string> {
    return new Map([...this.#cookies, ...[...this.#changes.values()].map(({ name, value }) => [name, value] as const)]);
  }

  #change(changes: readonly CookieChange[]): void {
    for (const change of changes) this.#changes.set(change.name, change);
    if (changes.length > 0) this.#options.onCookies?.(changes);
  }

  async #token(): Promise<string | null> {
    await this.ready();
    await this.#refreshIfDue();
    return this.#tokens?.access ?? null;
  }

  async #replaced(token: string): Promise<boolean> {
    const tokens = this.#tokens;
    if (tokens && tokens.access === token && !this.#gaveUp) {
      await this.#refresh(tokens, true);
      this.#gaveUp = true; // once is enough
    }
    return this.#tokens !== null && this.#tokens.access !== token;
  }

  async #readUser(): Promise<User<Schema> | null> {
    await this.ready();
    if (!this.#tokens) return null;
    if (this.stale) throw unreachable(new Error('The session could not be refreshed for this request.'));
    try {
      const fields = this.#shared.settings.userFields;
      const query = (fields ? { fields: [...new Set(['id', ...fields])] } : {}) as Parameters<typeof readMe>[0];
      const user: unknown = await this.client.request(readMe(query) as never);
      return isUser<Schema>(user) ? user : null;
    } catch (error) {
      if (isRefusal(error)) return null;
      throw unreachable(error);
    }
  }

  async #enter(path: string, body: object): Promise<void> {
    const { settings, refreshing } = this.#shared;
    const { enter } = await import('./signing.ts');
    await this.#read();
    const tokens = await enter(settings, refreshing, this.#tokens, { path, body, headers: this.#apiHeaders() });
    this.#user = undefined;
    this.#gaveUp = false;
    await this.#adopt(tokens, true);
  }
}

function addHeaders(to: Headers, from: Headers): void {
  to.set('cache-control', from.get('cache-control') as string);
  for (const cookie of from.getSetCookie()) to.append('set-cookie', cookie);
}

function isUser<Schema>(value: unknown): value is User<Schema> {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' && id !== '';
}

/** Whether the API itself says that the token doesn't count. */
function isRefusal(error: unknown): boolean {
  const { response, errors } = (error ?? {}) as { response?: { status?: number }; errors?: unknown };
  const known = Array.isArray(errors) && typeof errors[0]?.extensions?.code === 'string';
  return known && (response?.status === 401 || response?.status === 403);
}
