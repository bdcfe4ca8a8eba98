import { type CookieChange, joined, namesIn, takenAway } from './cookies.ts';
import type { Settings } from './options.ts';
import type { Sealing } from './sealing.ts';
import { isToken, packTokens, type Tokens, unpackTokens } from './tokens.ts';

/** How tokens are kept in the browser. */
export interface Keeping {
  /** null when there are none, or what is there is not ours. */
  read(cookies: ReadonlyMap<string, string>): Promise<Tokens | null>;
  /** The cookies to set for tokens. `known` are those that the browser has. */
  write(tokens: Tokens, known: ReadonlyMap<string, string>): Promise<readonly CookieChange[]>;
  forget(known: ReadonlyMap<string, string>): readonly CookieChange[];
  /** Names of `known` that belong to the session. */
  names(known: ReadonlyMap<string, string>): readonly string[];
}

export function makeKeeping(settings: Settings): Keeping {
  return settings.storage === 'app' ? ownCookie(settings) : apiCookie(settings);
}

function ownCookie({ cookieName, attributes, maxAge, chunkBytes, secrets }: Settings): Keeping {
  const loaded: Promise<Sealing> | null =
    secrets.length > 0 ? import('./sealing.ts').then(({ makeSealing }) => makeSealing(secrets, cookieName)) : null;
  loaded?.catch(() => undefined); // told when it is used
  const names: Keeping['names'] = (known) => namesIn(cookieName, known);
  return {
    names,
    async read(cookies) {
      const kept = joined(cookieName, cookies);
      const text = kept !== null && loaded ? await (await loaded).open(kept) : kept;
      return text === null ? null : unpackTokens(text);
    },
    async write(tokens, known) {
      const { chunked } = await import('./chunks.ts');
      const packed = packTokens(tokens);
      const parts = chunked(cookieName, loaded ? await (await loaded).seal(packed) : packed, chunkBytes);
      const left = names(known).filter((name) => !parts.has(name));
      return [
        ...[...parts].map(([name, value]) => ({ ...attributes, name, value, maxAge })),
        ...left.map((name) => takenAway({ ...attributes, name })),
      ];
    },
    forget: (known) => names(known).map((name) => takenAway({ ...attributes, name })),
  };
}

/** The API makes the cookie; it is passed on as it came. */
function apiCookie({ cookieName, attributes }: Settings): Keeping {
  return {
    names: (known) => (known.has(cookieName) ? [cookieName] : []),
    async read(cookies) {
      const token = cookies.get(cookieName);
      return token && isToken(token) ? { access: token, refresh: token } : null;
    },
    write: async ({ cookies = [] }) => cookies,
    forget: (known) => (known.has(cookieName) ? [takenAway({ ...attributes, name: cookieName })] : []),
  };
}
