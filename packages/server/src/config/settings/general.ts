import { boolean, integer, orFalse, path, text, url } from '../kinds.ts';
import { duration } from '../quantities.ts';
import { staticToken } from '../security-kinds.ts';
import { type Kind, setting } from '../setting.ts';

/** `/` is what projects have that never set it; it says nothing about the address. */
const publicUrl: Kind<string | undefined> = {
  ...url,
  parse: (raw) => (raw === '/' ? undefined : url.parse(raw)),
};

export const general = {
  host: setting('HOST', text, { default: '0.0.0.0', help: 'The address to listen on.' }),
  port: setting('PORT', integer({ min: 0, max: 65_535 }), {
    default: '8055',
    help: 'The port to listen on; 0 takes a free one.',
  }),
  unixSocketPath: setting('UNIX_SOCKET_PATH', path, { help: 'Listen on this socket instead of HOST and PORT.' }),
  givenPublicUrl: setting('PUBLIC_URL', publicUrl, {
    defaultNote: 'http://localhost:PORT',
    help: 'The address that people use. Links, redirects and cookies are built from it, never from the headers of a request.',
  }),
  rootRedirect: setting('ROOT_REDIRECT', orFalse(text), {
    default: './admin',
    help: 'Where / leads; false answers 404.',
  }),
  serveApp: setting('SERVE_APP', boolean, { default: 'true', help: 'Whether the Studio is served under /admin.' }),
  openapiEnabled: setting('OPENAPI_ENABLED', boolean, {
    default: 'true',
    help: 'Whether /server/specs/oas describes the API.',
  }),
  robotsTxt: setting('ROBOTS_TXT', text, {
    default: 'User-agent: *\nDisallow: /',
    help: 'What /robots.txt answers.',
  }),
  tempPath: setting('TEMP_PATH', path, {
    defaultNote: "the system's folder for temporary files",
    help: 'Folder for files that live as long as a request.',
  }),
  serverKeepAliveTimeoutMs: setting('SERVER_KEEP_ALIVE_TIMEOUT', duration, {
    defaultNote: "Node's own",
    help: 'How long an idle connection stays open.',
  }),
  serverHeadersTimeoutMs: setting('SERVER_HEADERS_TIMEOUT', duration, {
    defaultNote: "Node's own",
    help: "How long a client may take to send a request's headers.",
  }),
  serverShutdownTimeoutMs: setting('SERVER_SHUTDOWN_TIMEOUT', duration, {
    default: '1000',
    help: 'How long requests in flight have to end after SIGTERM or SIGINT.',
  }),
  adminEmail: setting('ADMIN_EMAIL', text, {
    defaultNote: 'admin@example.com',
    help: 'E-mail address of the administrator that is made on an empty database.',
  }),
  adminPassword: setting('ADMIN_PASSWORD', text, {
    secret: true,
    defaultNote: 'a random one, printed once',
    help: 'Password of that administrator.',
  }),
  adminToken: setting('ADMIN_TOKEN', staticToken, {
    secret: true,
    help: 'Static token of that administrator.',
  }),
};
