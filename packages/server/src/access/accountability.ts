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
    } & Origin)
  | ({
      readonly kind: 'share';
      readonly share: string;
      readonly role: string | null;
      readonly session: string | null;
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
