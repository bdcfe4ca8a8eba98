import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/index.ts';
import { ApiError } from '../errors/index.ts';

export type CrossSiteSettings = Pick<Config, 'corsEnabled' | 'corsCredentials' | 'corsOrigin' | 'publicUrl'>;

/**
 * Refuses what a page of another site can make the browser of a signed-in person send along with its cookies, and
 * without asking first (a "simple" request: a form, or text). Whatever else writes is asked for by the browser beforehand
 * and answered by CORS. Throws FORBIDDEN.
 */
export function refuseForeignForm(request: FastifyRequest, settings: CrossSiteSettings): void {
  if (request.method !== 'POST' || isJson(request.headers['content-type'])) return;
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (site === 'same-origin' || site === 'none') return;
  if (site === undefined && (origin === undefined || isOwn(origin, host, settings.publicUrl))) return;
  if (origin !== undefined && mayUseCookies(origin, settings)) return;
  throw new ApiError(
    'FORBIDDEN',
    'A page of another origin sent this with the cookies of its visitor. Send JSON or a token, or allow it in CORS_ORIGIN.',
  );
}

/** Whether a page of this origin may have a socket opened with the cookies of its visitor. No browser leaves it out. */
export function mayOpenSockets(headers: IncomingHttpHeaders, settings: CrossSiteSettings): boolean {
  const { origin, host } = headers;
  return origin === undefined || isOwn(origin, host, settings.publicUrl) || mayUseCookies(origin, settings);
}

const isJson = (type: string | undefined): boolean =>
  type?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

/** Browsers that say nothing of the site name the origin of the page. */
const isOwn = (origin: string, host: string | undefined, publicUrl: string): boolean =>
  URL.parse(origin)?.host === host || origin === URL.parse(publicUrl)?.origin;

/** `*` is for those without cookies. */
function mayUseCookies(origin: string, { corsEnabled, corsCredentials, corsOrigin }: CrossSiteSettings): boolean {
  if (!corsEnabled || !corsCredentials) return false;
  if (typeof corsOrigin === 'boolean') return corsOrigin;
  return corsOrigin.some((one) => (one instanceof RegExp ? one.test(origin) : one === origin));
}
