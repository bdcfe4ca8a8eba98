import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeNotFound } from '../../errors/index.ts';
import type { HttpParts } from '../context.ts';
import { pathOf } from '../errors.ts';
import { BuiltFiles } from './built-files.ts';

/** Where `npm start` and `npm run studio` put the build. */
const FOLDER = fileURLToPath(new URL('../../../../studio/dist', import.meta.url));

/**
 * What the Studio's pages may do (CSP3): run the scripts of the build and nothing else, talk to this server and to no
 * other, and not be framed. Styles may be inline: the component library sets sizes and positions that way.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Limen Studio</title>
<h1>The Studio is not built</h1><p>Run <code>npm run studio</code> in Limen's folder, then load this page again.
<code>npm start</code> does it by itself.</p></html>`;

/** The Studio under /admin, and where / leads. Pages are the same for everybody: credentials are not looked at. */
export function studioRoutes(app: FastifyInstance, { config }: HttpParts): void {
  if (config.rootRedirect !== null) {
    const target = config.rootRedirect;
    app.get('/', (_request, reply) => reply.redirect(target, 302));
  }
  if (!config.serveApp) return;
  const base = `${new URL(config.publicUrl).pathname.replace(/\/+$/, '')}/admin/`;
  let files: BuiltFiles | null = null;

  /** Looks at the folder anew: another build may have taken its place, with other names of files. */
  const sendPage = async (reply: FastifyReply): Promise<FastifyReply> => {
    files = BuiltFiles.in(FOLDER);
    const page = await files?.read('index.html', '');
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    if (!page) return reply.code(503).send(NOT_BUILT);
    return reply.send(String(page.content).replace('<base href="/admin/"', `<base href="${base}"`));
  };

  const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply
      .header('content-security-policy', POLICY)
      .header('referrer-policy', 'same-origin')
      .header('cross-origin-opener-policy', 'same-origin');
    const name = (request.params as { '*'?: string })['*'] ?? '';
    if (name === '' || name === 'index.html') return sendPage(reply);
    files ??= BuiltFiles.in(FOLDER);
    const file = (await files?.read(name, String(request.headers['accept-encoding'] ?? ''))) ?? null;
    if (file === null) {
      // A page of the Studio's own, which its script knows; a file that is gone with an older build is not one.
      if (name.startsWith('assets/')) throw routeNotFound(pathOf(request));
      return sendPage(reply);
    }
    if (file.encoding) reply.header('content-encoding', file.encoding);
    // Names of assets hold a hash of what is in them.
    const kept = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.type(file.type).header('vary', 'accept-encoding').header('cache-control', kept).send(file.content);
  };

  app.get('/admin', send);
  app.get('/admin/*', send);
}
