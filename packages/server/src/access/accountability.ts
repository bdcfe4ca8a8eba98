import type { TokenScope } from './token-scope.ts';

/**
 * What proved who a user is: a session (its token, or an access token that came with it), the static token of the API, a
 * named token, or the token of another issuer.
 */
export type Proof = 'session' | 'static' | 'token' | 'issuer';

/**
 * Who acts. A closed union without null: "no identity" is `anonymous`, and `system` is made only inside the process,
 * never from a request.
 */
export type Accountability =
  | { readonly kind: 'system' }
  | ({ readonly kind: 'anonymous' } & Origin)
  | ({
      readonly kind: 'user';
      readonly user: string;
      readonly role: string | null;
      /** The session behind the credential, as it is stored (hashed), when there is one. */
      readonly session: string | null;
      /** Left out by what acts for a user without a request. */
      readonly proof?: Proof;
      /** Of an access token without a session: the second it was made in, since 1970. */
      readonly issued?: number;
      /** Narrows what the user may do, for holders of a named token. */
      readonly scope?: TokenScope;
    } & Origin)
  | ({
      readonly kind: 'share';
      readonly share: string;
      /** The one item that is shared. */
      readonly collection: string;
      readonly item: string;
      /** Whose rights it may use; nobody's when null. */
      readonly role: string | null;
      /** Whose rights it never exceeds: the active user who shared the item. */
      readonly author: { readonly user: string; readonly role: string | null };
      /** What all tokens of one visit have in common. */
      readonly session: string;
    } & Origin);

/** Where a request came from; recorded with what it changes. */
export interface Origin {
  /** Client address, or null when it is unknown (matches no address list). */
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The Origin header. */
  readonly origin: string | null;
}

export const SYSTEM: Accountability = { kind: 'system' };
