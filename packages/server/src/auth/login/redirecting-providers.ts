import type { AuthProvider } from '../../config/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { OutboundClient } from '../../kernel/outbound/index.ts';
import { type LiveProvider, type LiveProviders, PerProvider } from '../providers/live-providers.ts';
import { ProviderRequests } from '../providers/provider-requests.ts';
import { OAuth2Provider } from './oauth2.ts';
import { OpenIdProvider } from './openid.ts';
import type { RedirectingProvider } from './redirecting-provider.ts';

export type Redirecting = Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>;

interface Parts {
  readonly providers: LiveProviders;
  readonly clock: Clock;
  readonly outbound: () => OutboundClient;
  readonly onFault: (error: unknown) => void;
}

/** A provider to leave for, with what was learnt about it. */
export interface KnownProvider {
  readonly live: LiveProvider<Redirecting>;
  readonly provider: Redirecting;
  /** What attempts are sealed for. */
  readonly scope: string;
  readonly driver: RedirectingProvider;
}

/** The OpenID Connect and OAuth 2.0 providers that there are now. */
export class RedirectingProviders {
  readonly #providers: LiveProviders;
  readonly #known: PerProvider<Redirecting, KnownProvider>;

  constructor(parts: Parts) {
    this.#providers = parts.providers;
    this.#known = new PerProvider((live) => knownProvider(live, parts));
  }

  find(name: string): KnownProvider | null {
    const live = this.#providers.get(name);
    return live && isRedirecting(live) ? this.#known.of(live) : null;
  }

  get(name: string): KnownProvider {
    const found = this.find(name);
    if (!found) throw new Error(`there is no redirecting provider ${name}`);
    return found;
  }
}

const isRedirecting = (live: LiveProvider): live is LiveProvider<Redirecting> =>
  live.settings.driver === 'openid' || live.settings.driver === 'oauth2';

/** What the driver of a provider is, with nothing learnt yet. */
function knownProvider(
  live: LiveProvider<Redirecting>,
  { outbound, clock, onFault }: Omit<Parts, 'providers'>,
): KnownProvider {
  const { settings: provider, scope } = live;
  const requests = requestsFor(provider, live.revision, outbound);
  const driver =
    provider.driver === 'oauth2'
      ? new OAuth2Provider(provider, requests, clock)
      : new OpenIdProvider(provider, { requests, clock, onFault });
  return { live, provider, scope, driver };
}

/**
 * How a provider is asked. Who sets up the environment may name any address; who administers a project only those that any
 * request may go to.
 */
export const requestsFor = (
  provider: Redirecting,
  revision: string | null,
  outbound: () => OutboundClient,
): ProviderRequests => new ProviderRequests(revision === null ? addressesIn(provider) : [], outbound);

function addressesIn(provider: Redirecting): readonly string[] {
  if (provider.driver === 'openid') return [provider.options.issuerUrl ?? ''];
  return [provider.options.accessUrl ?? '', provider.options.profileUrl ?? ''];
}

/** PARAMS, as text. */
export function parametersOf({ options }: Redirecting): Record<string, string> {
  return Object.fromEntries(Object.entries(options.params).map(([name, value]) => [name, String(value)]));
}

/** Whether the provider posts its answer (OAuth 2.0 Form Post Response Mode). */
export const postsAnswers = (provider: Redirecting): boolean => parametersOf(provider).response_mode === 'form_post';
