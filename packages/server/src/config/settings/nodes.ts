import { boolean, integer, listOf, oneOf, orFalse, text } from '../kinds.ts';
import { duration, size } from '../quantities.ts';
import { setting } from '../setting.ts';

const memoryOrRedis = oneOf(['memory', 'redis']);

export const cache = {
  cacheEnabled: setting('CACHE_ENABLED', boolean, { default: 'false', help: 'Whether answers are cached.' }),
  cacheTtlMs: setting('CACHE_TTL', duration, { default: '5m', help: 'How long.' }),
  cacheControlSMaxageMs: setting('CACHE_CONTROL_S_MAXAGE', duration, {
    default: '0',
    help: 'What shared caches are told as s-maxage.',
  }),
  cacheAutoPurge: setting('CACHE_AUTO_PURGE', boolean, {
    default: 'false',
    help: 'Whether every change of data empties the cache.',
  }),
  cacheAutoPurgeIgnoreList: setting('CACHE_AUTO_PURGE_IGNORE_LIST', listOf(text), {
    default: 'directus_activity,directus_presets',
    help: 'Collections whose changes do not.',
  }),
  cacheSystemTtlMs: setting('CACHE_SYSTEM_TTL', duration, {
    help: 'How long what the server caches for itself counts.',
  }),
  cacheSchema: setting('CACHE_SCHEMA', boolean, { default: 'true', help: 'Whether the data model is kept in memory.' }),
  cacheSchemaMaxIterations: setting('CACHE_SCHEMA_MAX_ITERATIONS', integer({ min: 1 }), {
    default: '100',
    help: 'How often to look for a data model that another node is loading.',
  }),
  cacheSchemaSyncTimeoutMs: setting('CACHE_SCHEMA_SYNC_TIMEOUT', duration, {
    default: '10000',
    help: 'How long to wait for it.',
  }),
  cacheSchemaFreezeEnabled: setting('CACHE_SCHEMA_FREEZE_ENABLED', boolean, {
    default: 'false',
    help: 'Whether the data model is taken as unchangeable.',
  }),
  cacheNamespace: setting('CACHE_NAMESPACE', text, {
    default: 'system-cache',
    help: 'Prefix of the keys of the cache.',
  }),
  cacheStore: setting('CACHE_STORE', memoryOrRedis, { default: 'memory', help: 'Where the cache is.' }),
  cacheValueMaxSizeBytes: setting('CACHE_VALUE_MAX_SIZE', orFalse(size), {
    default: 'false',
    help: 'Largest answer that is cached.',
  }),
  cacheSkipAllowed: setting('CACHE_SKIP_ALLOWED', boolean, {
    default: 'false',
    help: 'Whether `Cache-Control: no-store` of a request passes the cache by.',
  }),
  cacheHealthcheckThresholdMs: setting('CACHE_HEALTHCHECK_THRESHOLD', duration, {
    default: '150',
    help: 'From which time on the cache counts as slow in /server/health.',
  }),
};

export const nodes = {
  synchronizationStore: setting('SYNCHRONIZATION_STORE', oneOf(['memory', 'redis', 'postgres']), {
    defaultNote: 'postgres with PostgreSQL, else memory',
    help: 'How nodes tell each other of changes.',
  }),
  synchronizationNamespace: setting('SYNCHRONIZATION_NAMESPACE', text, {
    default: 'directus-sync',
    help: 'Prefix of the keys of that.',
  }),
  rateLimiterStore: setting('RATE_LIMITER_STORE', memoryOrRedis, {
    default: 'memory',
    help: 'Where the counters of rate limits are.',
  }),
  redisEnabled: setting('REDIS_ENABLED', boolean, {
    defaultNote: 'true when REDIS or REDIS_HOST is given',
    help: 'Whether Redis is used.',
  }),
  redis: setting('REDIS', text, { secret: true, help: 'Its address: redis://user:password@host:port/number.' }),
  redisHost: setting('REDIS_HOST', text, { help: 'Its host, instead of an address.' }),
  redisPort: setting('REDIS_PORT', integer({ min: 1, max: 65_535 }), { help: 'Its port.' }),
  redisUsername: setting('REDIS_USERNAME', text, { help: 'User name there.' }),
  redisPassword: setting('REDIS_PASSWORD', text, { secret: true, help: 'Password there.' }),
  redisBusNamespace: setting('REDIS_BUS_NAMESPACE', text, { default: 'directus:bus', help: 'Prefix of channels.' }),
  redisLockNamespace: setting('REDIS_LOCK_NAMESPACE', text, { default: 'directus:lock', help: 'Prefix of locks.' }),
  redisCountersNamespace: setting('REDIS_COUNTERS_NAMESPACE', text, {
    default: 'directus:counters',
    help: 'Prefix of counters.',
  }),
  redisPermissionsNamespace: setting('REDIS_PERMISSIONS_NAMESPACE', text, {
    default: 'permissions',
    help: 'Prefix of cached permissions.',
  }),
};
