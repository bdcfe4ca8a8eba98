import { queryOptions } from '@tanstack/react-query';
import { API, placeOf } from '../app/places.ts';

/** A way of signing in beside the project's own passwords. */
export interface Provider {
  readonly name: string;
  readonly driver: 'openid' | 'oauth2' | 'saml' | 'ldap' | 'local';
  readonly label?: string | null;
  readonly icon?: string | null;
}

export interface WaysIn {
  readonly providers: readonly Provider[];
  /** Whether passwords of the project itself count. */
  readonly passwords: boolean;
}

/** The answer has a part beside `data`, which the SDK leaves out. */
export const waysInQuery = queryOptions({
  queryKey: ['ways-in'],
  staleTime: 60_000,
  queryFn: async (): Promise<WaysIn> => {
    const answer = await fetch(`${API}/auth`);
    const { data, disableDefault } = (await answer.json()) as { data: Provider[]; disableDefault: boolean };
    return { providers: data, passwords: !disableDefault };
  },
});

export const asksForPassword = ({ driver }: Provider): boolean => driver === 'ldap' || driver === 'local';

/** Where a browser goes to sign in at a provider, and comes back to the login with its session. */
export function leaveFor(provider: Provider, continueAt: string): string {
  const back = new URL(placeOf('login'));
  if (continueAt !== '/') back.searchParams.set('continue', continueAt);
  return `${API}/auth/login/${encodeURIComponent(provider.name)}?redirect=${encodeURIComponent(back.href)}`;
}

/** `club_members` reads `Club Members`. */
export const labelOf = ({ name, label }: Provider): string =>
  label || name.replace(/(^|[_-])(\w)/g, (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase());
