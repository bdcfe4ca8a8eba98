import { isOwnPath } from '../../../server/src/kernel/own-path.ts';

/** Where to go after signing in: a path of the Studio. Whatever leads elsewhere leads to the first page. */
export function continueOf(wanted: string | undefined): string {
  return wanted === undefined || !isOwnPath(wanted) || wanted.startsWith('/login') ? '/' : wanted;
}
