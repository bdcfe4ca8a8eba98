/** directus_users.email is varchar(128). */
const LENGTH = 128;
const DOMAIN_LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?';
const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
/** RFC 5322 dot-atom before the @, a host name of at least two labels after it; no quoted strings, comments or literals. */
const ADDRESS = new RegExp(
  `^${ATOM}(?:\\.${ATOM})*@(?:${DOMAIN_LABEL}\\.)+\\p{L}[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}]$`,
  'u',
);
const WITH_AT = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** Whether a new account may have this address. */
export const isEmail = (text: string): boolean => text.length <= LENGTH && ADDRESS.test(text);

/** Whether somebody's stored address can look like this: more than we would accept now, for accounts made elsewhere. */
export const looksLikeEmail = (text: string): boolean => WITH_AT.test(text);

/**
 * The form under which addresses are compared, the same as `lower()` of both databases in their plainest collation: only
 * A to Z. Folding more than that makes one address of two (the Kelvin sign and `k`).
 */
export const foldEmail = (email: string): string => email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The SQL expression of the folded form; the index on directus_users is over the same one. */
export const foldedColumn = (dialect: 'sqlite' | 'postgres', column: string): string =>
  dialect === 'sqlite' ? `lower(${column})` : `lower(${column} COLLATE "C")`;
