import { createHash } from 'node:crypto';

/** A user's static token. */
export const tokenOf = (user: string): string => `token-of-${user}`;

/** As the database has it. */
export const storedToken = (user: string): string =>
  `sha256$${createHash('sha256').update(tokenOf(user)).digest('hex')}`;
