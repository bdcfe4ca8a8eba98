import type { CodeReturn } from '../providers/authorization-code.ts';
import type { Claims } from '../providers/claims.ts';
import type { Vouched } from '../providers/provider-sessions.ts';

/** What a provider says of a person, and of the session that they have there. */
export interface Said {
  readonly claims: Claims;
  readonly session: Omit<Vouched, 'provider'> | null;
}

/** A provider that people leave for and come back from with a code. Throws SERVICE_UNAVAILABLE where it can't be used. */
export interface RedirectingProvider {
  /** Where people are sent. */
  authorizeUrl(): Promise<string>;
  /** Whether an answer with this `iss` (RFC 9207; null for none) is this provider's. */
  isFrom(issuer: string | null): Promise<boolean>;
  /** What the provider says of the person who brought the code. Throws INVALID_CREDENTIALS for what it says wrongly. */
  claims(given: CodeReturn): Promise<Said>;
  /** Where people sign out there; null where they can't be sent. */
  endSession(): Promise<{ readonly issuer: string; readonly address: string } | null>;
}
