import { MAX_CHUNKS } from './cookies.ts';
import type { Tokens } from './tokens.ts';

/** The tokens as one text for a cookie. */
export const packTokens = ({ access, refresh }: Tokens): string => `${refresh}!${access}`;

/**
 * The cookies that hold a text of any length: `name`, `name.1`, … The first one begins with their number, so that what is
 * left of a longer text does no harm. Throws RangeError when even eight would not hold it.
 */
export function chunked(name: string, text: string, chunkBytes: number): Map<string, string> {
  const count = Math.max(1, Math.ceil(text.length / chunkBytes));
  if (count > MAX_CHUNKS) {
    throw new RangeError(
      `A session of ${text.length} characters does not fit into ${MAX_CHUNKS} cookies of ${chunkBytes}.`,
    );
  }
  const cookies = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const part = text.slice(index * chunkBytes, (index + 1) * chunkBytes);
    cookies.set(index === 0 ? name : `${name}.${index}`, index === 0 ? `${count}-${part}` : part);
  }
  return cookies;
}
