import type { Accountability } from '../access/index.ts';

/**
 * Who a socket is. There is no such thing as nobody: who is not known is let do nothing, who comes without a credential is
 * anonymous, and whose token is over is neither.
 */
export type Standing =
  /** Has to authenticate first. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly accountability: Accountability;
      /** What proves it; null for the anonymous. */
      readonly token: string | null;
      /** When the token ends, in milliseconds since 1970; null when it does not. */
      readonly ends: number | null;
    }
  /** The token ended, and no other was given yet. */
  | { readonly kind: 'over' };

export const UNKNOWN: Standing = { kind: 'unknown' };
export const OVER: Standing = { kind: 'over' };

/** Whether anything but time and announcements can end what a credential is good for. */
export function isVolatile(standing: Standing): boolean {
  if (standing.kind !== 'known') return false;
  const { accountability } = standing;
  if (accountability.kind === 'share') return true;
  return accountability.kind === 'user' && (accountability.proof === 'token' || accountability.proof === 'issuer');
}
