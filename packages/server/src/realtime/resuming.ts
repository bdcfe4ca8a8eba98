import { invalidPayload } from '../errors/index.ts';

/** Characters of what may be a cursor. */
const MAX_CURSOR = 200;

/** That a subscription wants cursors, and where it left off; null there for one that begins. */
export interface ResumeWish {
  readonly cursor: string | null;
}

/** Reads `resume` and `cursor` of what a client sends; null for who asks for neither. Throws INVALID_PAYLOAD. */
export function resumeOf(asked: Readonly<Record<string, unknown>>): ResumeWish | null {
  const { resume, cursor } = asked;
  if (cursor === undefined || cursor === null) return resume === true ? { cursor: null } : null;
  if (typeof cursor !== 'string') throw invalidPayload('"cursor" has to be a text.');
  return { cursor: cursor.slice(0, MAX_CURSOR) };
}
