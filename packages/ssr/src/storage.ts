import type { CookieAttributes, CookieChange } from './cookies.ts';
import type { Tokens } from './tokens.ts';

export type ApiHeaders = Readonly<Record<string, string>>;

/** Where the browser keeps its session, and how the API is asked about it. */
export interface Storage {
  /** `mode` of the API's logins. */
  readonly mode: 'json' | 'session';
  /** What the cookies of logins that left for a provider begin with. */
  readonly prefix: string;
  readonly attributes: CookieAttributes;
  /** null when there are no tokens, or what is there is not ours. */
  read(cookies: ReadonlyMap<string, string>): Promise<Tokens | null>;
  /** The cookies to set for tokens. `known` are those that the browser has. */
  write(tokens: Tokens, known: ReadonlyMap<string, string>): Promise<readonly CookieChange[]>;
  /** Takes the cookies of the session away that are among `known`. */
  forget(known: ReadonlyMap<string, string>): readonly CookieChange[];
  /** Milliseconds before its end at which a token that lives for `length` milliseconds is refreshed; `wanted` is the option. */
  early(length: number, wanted: number | undefined): number;
  /** Headers that prove the session to the API; by default its refresh token is in the body. */
  proof?(refresh: string): ApiHeaders;
  /** The tokens in an answer of the API; by default they are in the body. Throws SessionError. */
  tokensIn?(answer: Response): Tokens;
  /** Throws TypeError for an app that the browser would not send the cookie to. */
  requireReachable?(appUrl: string): void;
}

/** Throws TypeError with a sentence that says what to change. */
export function check(good: unknown, sentence: string): asserts good {
  if (!good) throw new TypeError(`@limen/ssr: ${sentence}.`);
}
