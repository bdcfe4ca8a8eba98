import { post, signIn, signOut } from './api.ts';
import type { Settings } from './options.ts';
import type { Refreshing } from './refreshing.ts';
import type { ApiHeaders } from './storage.ts';
import type { Tokens } from './tokens.ts';

export { requireSameOrigin } from './same-origin.ts';

/** Signs in; what was before ends at the API. Throws SessionError. */
export async function enter(
  settings: Settings,
  refreshing: Refreshing,
  before: Tokens | null,
  asked: { readonly path: string; readonly body: object; readonly headers: ApiHeaders },
): Promise<Tokens> {
  const tokens = await signIn(settings, asked.path, asked.body, asked.headers);
  await leave(settings, refreshing, before, asked.headers);
  return tokens;
}

/** Ends a session at the API, and for requests that still come with earlier tokens of it. */
export async function leave(
  settings: Settings,
  refreshing: Refreshing,
  tokens: Tokens | null,
  headers: ApiHeaders,
): Promise<void> {
  if (!tokens) return;
  const { refresh } = await refreshing.latest(tokens);
  await signOut(settings, refresh, headers);
  refreshing.end(refresh);
}

export const register = (settings: Settings, registration: object, headers: ApiHeaders): Promise<void> =>
  post(settings, '/users/register', registration, headers);
