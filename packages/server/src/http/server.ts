import fastify, { type FastifyInstance } from 'fastify';
import { routeNotFound } from '../errors/index.ts';
import { readBodies } from './body.ts';
import { authenticate, type HttpParts } from './context.ts';
import { errorHandler, type FaultListener, pathOf, refuseUnreadable } from './errors.ts';
import { refuseUnderPressure } from './pressure.ts';
import { limitAllRequests, limitRequests } from './rate-limit.ts';
import { routes } from './routes/index.ts';
import { samlRoutes } from './routes/saml.ts';
import { signOnRoutes } from './routes/sign-on.ts';
import { signOutRoutes } from './routes/sign-out.ts';
import { studioRoutes } from './studio/routes.ts';

const MAX_PARAMETER_LENGTH = 500;
/** How long a client may take to send a whole request, in milliseconds; Node's own default, which Fastify takes away. */
const REQUEST_TIMEOUT = 300_000;
/** Bytes of address and headers: room for long filters. */
const MAX_HEADER_BYTES = 65_536;

/** Bodies are checked by the services that know them: routes have no schemas, and no compiler is loaded for any. */
const noSchemas = (): never => {
  throw new Error('routes have no schemas');
};

/** The HTTP server with every route, not yet listening. */
export async function createHttpServer(parts: HttpParts, onFault: FaultListener): Promise<FastifyInstance> {
  const { config } = parts;
  const app = fastify({
    bodyLimit: config.maxPayloadSizeBytes,
    logger: false,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    clientErrorHandler: refuseUnreadable,
    trustProxy: false, // http/address.ts reads addresses
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    keepAliveTimeout: config.serverKeepAliveTimeoutMs,
    requestTimeout: REQUEST_TIMEOUT,
    routerOptions: {
      maxParamLength: MAX_PARAMETER_LENGTH,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: false,
      // Queries are read where they are needed, from the text of the address.
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, request, reply) => {
      void errorHandler(onFault)(error, request, reply);
    },
  });
  app.addHttpMethod('SEARCH', { hasBody: true });
  app.decorateRequest('accountability');
  app.decorateRequest('access');
  app.setErrorHandler(errorHandler(onFault));
  app.setNotFoundHandler((request) => {
    throw routeNotFound(pathOf(request));
  });
  readBodies(app);
  addSecurityHeaders(app);
  if (config.pressureLimiterEnabled) refuseUnderPressure(app, config);
  // Whoever is refused alone takes nothing from what all have together.
  if (config.rateLimiterEnabled) limitRequests(app, parts);
  if (config.rateLimiterGlobalEnabled) limitAllRequests(app, parts);
  if (config.corsEnabled) await addCors(app, parts);
  addUnguarded(app, parts);
  studioRoutes(app, parts);
  await app.register(async (open) => signOnRoutes(open, parts));
  await app.register(async (open) => samlRoutes(open, parts));
  await app.register(async (open) => signOutRoutes(open, parts));
  await app.register(async (guarded) => {
    authenticate(guarded, parts);
    routes(guarded, parts, onFault);
  });
  return app;
}

/** Answers are data: never guessed at, framed or kept by a cache between. */
function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.raw.setHeader('x-content-type-options', 'nosniff');
    reply.raw.setHeader('x-frame-options', 'DENY');
    reply.raw.setHeader('cache-control', 'no-store');
    done();
  });
}

/** What answers whoever asks, without a look at credentials. */
function addUnguarded(app: FastifyInstance, { config }: HttpParts): void {
  app.get('/server/ping', (_request, reply) => {
    reply.type('text/plain; charset=utf-8').send('pong');
  });
  app.get('/robots.txt', (_request, reply) => {
    reply.type('text/plain; charset=utf-8').send(config.robotsTxt);
  });
  if (config.corsEnabled) return; // answers OPTIONS itself
  app.options('/*', (_request, reply) => {
    reply.header('allow', 'GET, HEAD, POST, PATCH, DELETE, SEARCH, OPTIONS').code(200).send('');
  });
}

async function addCors(app: FastifyInstance, { config }: HttpParts): Promise<void> {
  const { default: cors } = await import('@fastify/cors');
  await app.register(cors, {
    origin: config.corsOrigin as boolean | string[],
    methods: [...config.corsMethods],
    allowedHeaders: [...config.corsAllowedHeaders],
    exposedHeaders: [...config.corsExposedHeaders],
    credentials: config.corsCredentials,
    maxAge: config.corsMaxAgeSeconds,
  });
}
