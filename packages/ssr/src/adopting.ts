import type { CookieChange } from './cookies.ts';
import type { RequestState } from './request-state.ts';
import type { Tokens } from './tokens.ts';

/** Throws where the answer has begun. */
export function requireCookies({ canSetCookies }: RequestState): void {
  if (!canSetCookies)
    throw new Error('@limen/ssr: cookies can’t be set here: sign in and out where the answer begins.');
}

/** Goes on with other tokens. */
export async function adopt(state: RequestState, tokens: Tokens, canSet = true): Promise<void> {
  state.tokens = tokens;
  if (canSet) state.change(await state.settings.storage.write(tokens, known(state)));
}

/** Goes on without tokens. */
export function forget(state: RequestState): void {
  state.tokens = null;
  state.forgetUser();
  state.change(state.settings.storage.forget(known(state)));
}

/** Cookies that the browser has, or will have after this answer. */
function known({ cookies, changes }: RequestState): ReadonlyMap<string, string> {
  const set = [...changes.values()].map(({ name, value }: CookieChange) => [name, value] as const);
  return new Map([...cookies, ...set]);
}
