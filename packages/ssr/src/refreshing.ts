import { adopt, forget } from './adopting.ts';
import { type Renewal, renew } from './api.ts';
import type { Settings } from './options.ts';
import type { RequestState } from './request-state.ts';
import type { ApiHeaders } from './storage.ts';
import type { Tokens } from './tokens.ts';

/** What came of tokens lately. */
interface Remembered {
  readonly renewal: Exclude<Renewal, { kind: 'unreachable' }>;
  readonly until: number;
}

/** Sessions refreshed within the time that is remembered. */
const MAX_REMEMBERED = 20_000;

/**
 * Refreshes each token once in this process: requests that come at the same time wait for one answer, and those that were
 * sent before the browser had the new cookie get the same one from memory. Other processes do the same; between them the
 * API's grace period counts.
 */
export class Refreshing {
  readonly #settings: Settings;
  readonly #running = new Map<string, Promise<Renewal>>();
  readonly #remembered = new Map<string, Remembered>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Whether `renew` would answer without asking the API. */
  knows(refresh: string): boolean {
    return this.#recall(refresh) !== null || this.#running.has(refresh);
  }

  renew(refresh: string, headers: ApiHeaders): Promise<Renewal> {
    const known = this.#recall(refresh);
    if (known) return Promise.resolve(known);
    const running = this.#running.get(refresh);
    if (running) return running;
    const asked = this.#ask(refresh, headers).finally(() => this.#running.delete(refresh));
    this.#running.set(refresh, asked);
    return asked;
  }

  async refreshIfDue(state: RequestState): Promise<void> {
    // Bounded by the number of refreshes that are remembered for one session.
    while (state.tokens && state.due) {
      const known = this.knows(state.tokens.refresh);
      await this.refresh(state, state.tokens);
      if (!known) return; // the clocks of app and API may differ: what is new is good enough
    }
  }

  /** Where cookies can't be set, or nobody may see the answer, only what this process already knows is taken. */
  async refresh(state: RequestState, tokens: Tokens, dead = state.stale): Promise<void> {
    const canSet = state.canSetCookies && !state.prefetch;
    if (!canSet && !this.knows(tokens.refresh)) {
      state.gaveUp = true;
      return;
    }
    const renewal = await this.renew(tokens.refresh, state.apiHeaders);
    if (state.tokens !== tokens) return; // signed in or out meanwhile, or another call was first
    if (renewal.kind === 'renewed') {
      await adopt(state, renewal.tokens, canSet);
      return;
    }
    state.gaveUp = true;
    // Another process may have refreshed first and its cookie be on its way: while the old token lives there is no hurry.
    if (renewal.kind === 'refused' && canSet && (dead || state.stale)) forget(state);
  }

  /** What these tokens have become by now, without asking the API for anything new. */
  async latest(tokens: Tokens): Promise<Tokens> {
    let latest = tokens;
    for (;;) {
      const renewal = (await this.#running.get(latest.refresh)) ?? this.#recall(latest.refresh);
      if (renewal?.kind !== 'renewed') return latest;
      latest = renewal.tokens;
    }
  }

  /** A session that ended: whoever comes with a token that led to its last one gets nothing either. */
  end(last: string): void {
    const ended = new Set([last]);
    // Newest first: a successor is always remembered after what it succeeds.
    for (const [refresh, { renewal }] of [...this.#remembered].reverse()) {
      if (renewal.kind === 'renewed' && ended.has(renewal.tokens.refresh)) ended.add(refresh);
    }
    for (const refresh of ended) this.#remember(refresh, { kind: 'refused' });
  }

  async #ask(refresh: string, headers: ApiHeaders): Promise<Renewal> {
    const renewal = await renew(this.#settings, refresh, headers);
    // A session token may stay the same; remembered as its own successor it would never be refreshed again.
    const same = renewal.kind === 'renewed' && renewal.tokens.refresh === refresh;
    if (renewal.kind !== 'unreachable' && !same) this.#remember(refresh, renewal);
    return renewal;
  }

  #recall(refresh: string): Remembered['renewal'] | null {
    const known = this.#remembered.get(refresh);
    return known && known.until > Date.now() ? known.renewal : null;
  }

  #remember(refresh: string, renewal: Remembered['renewal']): void {
    const now = Date.now();
    this.#remembered.delete(refresh);
    this.#remembered.set(refresh, { renewal, until: now + this.#settings.rememberSeconds * 1000 });
    for (const [oldest, { until }] of this.#remembered) {
      if (until > now && this.#remembered.size <= MAX_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
  }
}
