import { adopt, forget, requireCookies } from './adopting.ts';
import { post, signIn, signOut } from './api.ts';
import type { RequestState } from './request-state.ts';
import { requireSameOrigin } from './same-origin.ts';
import type { Credentials, Registration } from './session.ts';

/** Signs in with a password. Throws SessionError. */
export async function login(state: RequestState, { provider, ...credentials }: Credentials): Promise<void> {
  requireOwnPage(state);
  requireCookies(state);
  await enter(
    state,
    provider === undefined ? '/auth/login' : `/auth/login/${encodeURIComponent(provider)}`,
    credentials,
  );
}

/** Signs in with what proves it; what was before ends at the API. Throws SessionError. */
export async function enter(state: RequestState, path: string, body: object): Promise<void> {
  await state.read();
  const tokens = await signIn(state.settings, path, body, state.apiHeaders);
  await leave(state);
  state.forgetUser();
  state.gaveUp = false;
  await adopt(state, tokens);
}

/** Signs out, here and at the API. Throws SessionError only for FOREIGN_ORIGIN. */
export async function logout(state: RequestState): Promise<void> {
  requireOwnPage(state);
  requireCookies(state);
  await state.read();
  await leave(state);
  forget(state);
}

/** Registers a user. Throws SessionError. */
export async function register(state: RequestState, registration: Registration): Promise<void> {
  requireOwnPage(state);
  await post(state.settings, '/users/register', registration, state.apiHeaders);
}

const requireOwnPage = ({ request, settings }: RequestState): void => requireSameOrigin(request, settings.origins);

/** Ends a session at the API, and for requests that still come with earlier tokens of it. */
async function leave({ tokens, shared, settings, apiHeaders }: RequestState): Promise<void> {
  if (!tokens) return;
  const refreshing = await shared.refreshing();
  const { refresh } = await refreshing.latest(tokens);
  await signOut(settings, refresh, apiHeaders);
  refreshing.end(refresh);
}
