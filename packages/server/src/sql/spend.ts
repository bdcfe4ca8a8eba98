/**
 * A function of our SQLite connections that is true, until a statement has looked at more related rows than it may; then
 * the statement ends with INVALID_QUERY. PostgreSQL ends what takes too long by itself.
 */
export const SPEND = 'limen_spend';

/** Rows that a statement may look at where ways back over relations multiply them; about a second' worth. */
export const MAX_SPENT = 1_200_000;
