import type { FastifyRequest } from 'fastify';
import type { Json } from '../../wire/index.ts';
import { sendJson } from '../answer.ts';
import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

/** Settings that everybody may know, before they sign in. */
const PUBLIC_SETTINGS = [
  'project_name',
  'project_descriptor',
  'project_logo',
  'project_color',
  'default_appearance',
  'default_theme_light',
  'default_theme_dark',
  'theme_light_overrides',
  'theme_dark_overrides',
  'default_language',
  'public_foreground',
  'public_background',
  'public_favicon',
  'public_note',
  'custom_css',
  'public_registration',
  'public_registration_verify_email',
];

/** About the server itself. */
export function serverHandlers(parts: HttpParts): Record<'health' | 'info', Handler> {
  const { config, store } = parts;
  return {
    health: async (request, reply) => {
      const checks = await databaseCheck(parts);
      const status = checks.status;
      reply.code(status === 'error' ? 503 : 200).header('content-type', 'application/health+json; charset=utf-8');
      if (!isAdmin(request)) return reply.send(JSON.stringify({ status }));
      const body = { status, releaseId: parts.version, checks: { [`${store.dialect}:responseTime`]: [checks] } };
      return reply.send(JSON.stringify(body));
    },

    info: async (request, reply) => {
      const system = await parts.engine.access({ kind: 'system' });
      const { item: settings } = await parts.items.readSingleton(
        system,
        'directus_settings',
        parts.queries.normalise({ fields: PUBLIC_SETTINGS }),
      );
      const info: Record<string, Json> = { project: { project_name: 'Directus', ...settings } };
      if (request.accountability.kind !== 'anonymous') info.websocket = socketsOf(config);
      if (isAdmin(request)) {
        info.version = parts.version;
        info.rateLimit = config.rateLimiterEnabled
          ? { points: config.rateLimiterPoints, duration: config.rateLimiterDurationMs / 1000 }
          : false;
        info.queryLimit = { default: config.queryLimitDefault, max: config.queryLimitMax ?? -1 };
      }
      return sendJson(reply, { data: info });
    },
  };
}

/** Where there are sockets, and how to authenticate on them. */
function socketsOf(config: HttpParts['config']): Json {
  if (!config.websocketsEnabled) return false;
  const { websocketsHeartbeatEnabled: beats, websocketsHeartbeatPeriodMs: period } = config;
  return {
    rest: config.websocketsRestEnabled && {
      authentication: config.websocketsRestAuth,
      path: config.websocketsRestPath,
    },
    graphql: config.websocketsGraphqlEnabled && {
      authentication: config.websocketsGraphqlAuth,
      path: config.websocketsGraphqlPath,
    },
    heartbeat: beats && period / 1000,
  };
}

const isAdmin = (request: FastifyRequest): boolean => request.access.profile.admin;

type Check = {
  status: 'ok' | 'warn' | 'error';
  componentType: string;
  observedValue: number;
  observedUnit: string;
  threshold: number;
};

async function databaseCheck({ config, store }: HttpParts): Promise<Check> {
  const threshold = config.dbHealthcheckThresholdMs;
  const facts = { componentType: 'datastore', observedUnit: 'ms', threshold };
  try {
    const ms = await store.ping();
    return { status: ms > threshold ? 'warn' : 'ok', observedValue: Math.round(ms * 1000) / 1000, ...facts };
  } catch {
    return { status: 'error', observedValue: -1, ...facts };
  }
}
