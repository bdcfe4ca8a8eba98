/** Addresses longer than this have no honest use in a link. */
export const MAX_LENGTH = 2048;
/** What the WHATWG parser drops or reads as something else: controls, spaces, invisible characters, backslashes. */
export const TREACHEROUS = /[\s\p{Cc}\p{Cf}\\]/u;
export const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
/** A path that stays on its server: neither a second slash nor what some proxy decodes to one follows the first. */
const OWN_PATH = /^\/(?![/\\]|%2f|%5c)/i;
/** The origin of no server, for reading paths. */
export const NOWHERE = 'http://nowhere.invalid';

/** Whether this is a path that leads a browser to no other server than the one that it is on. */
export function isOwnPath(given: string): boolean {
  if (given.length > MAX_LENGTH || TREACHEROUS.test(given) || !OWN_PATH.test(given)) return false;
  const path = given.split(/[?#]/, 1)[0] ?? '';
  return !DOT_SEGMENT.test(path) && !path.includes('//') && URL.parse(given, NOWHERE)?.origin === NOWHERE;
}
