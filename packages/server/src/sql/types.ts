/** A value that can be bound to a statement. Dates are bound as the dialect stores them, never as `Date`. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** The two databases Limen speaks to. */
export type DialectName = 'sqlite' | 'postgres';
