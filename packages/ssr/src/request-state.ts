import { type CookieChange, readCookies } from './cookies.ts';
import type { Settings } from './options.ts';
import { isPrefetch } from './prefetch.ts';
import type { Refreshing } from './refreshing.ts';
import type { ApiHeaders } from './storage.ts';
import { lifetimeOf, type Tokens } from './tokens.ts';

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
  /** Loaded with the first token that is due. */
  refreshing(): Promise<Refreshing>;
}

/** What is known of one request, for the parts of its session. Nobody else gets it. */
export class RequestState {
  readonly shared: Shared;
  readonly settings: Settings;
  readonly request: Request;
  readonly options: RequestOptions;
  readonly cookies: ReadonlyMap<string, string>;
  /** Cookies to set, so far. */
  readonly changes = new Map<string, CookieChange>();
  readonly prefetch: boolean;
  tokens: Tokens | null = null;
  /** The answer has its headers. */
  sent = false;
  /** Refreshing failed; trying again within one request would only make it wait. */
  gaveUp = false;
  /** The user has to be read again. */
  forgetUser: () => void = () => undefined;
  #reading: Promise<void> | undefined;

  constructor(shared: Shared, request: Request, options: RequestOptions) {
    this.shared = shared;
    this.settings = shared.settings;
    this.request = request;
    this.options = options;
    this.cookies = readCookies(request.headers.get('cookie'));
    this.prefetch = isPrefetch(request.headers);
  }

  get url(): URL {
    return this.options.url ?? new URL(this.request.url);
  }

  get origin(): string {
    return this.settings.origins[0] ?? this.url.origin;
  }

  get apiHeaders(): ApiHeaders {
    return this.settings.headers(this.request);
  }

  get canSetCookies(): boolean {
    const { canSetCookies = true } = this.options;
    return !this.sent && (typeof canSetCookies === 'function' ? canSetCookies() : canSetCookies);
  }

  /** Tokens have expired. */
  get stale(): boolean {
    return this.tokens !== null && lifetimeOf(this.tokens.access).expiresAt <= Date.now();
  }

  get due(): boolean {
    if (!this.tokens || this.gaveUp) return false;
    const { refreshSeconds, storage } = this.settings;
    const { expiresAt, length } = lifetimeOf(this.tokens.access);
    return expiresAt - storage.early(length, refreshSeconds && refreshSeconds * 1000) <= Date.now();
  }

  /** Reads the tokens from the cookies, once. */
  read(): Promise<void> {
    this.#reading ??= this.#readTokens();
    return this.#reading;
  }

  async #readTokens(): Promise<void> {
    const { storage } = this.settings;
    this.tokens = await storage.read(this.cookies);
    // What nobody can read is taken away, or it would come with every request.
    if (!this.tokens && this.canSetCookies) this.change(storage.forget(this.cookies));
  }

  change(changes: readonly CookieChange[]): void {
    for (const change of changes) this.changes.set(change.name, change);
    if (changes.length > 0) this.options.onCookies?.(changes);
  }
}
