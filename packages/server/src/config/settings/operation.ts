import { boolean, integer, listOf, oneOf, text, textLike } from '../kinds.ts';
import { duration } from '../quantities.ts';
import { setting } from '../setting.ts';

const cron = textLike('schedule', 'a schedule of five or six fields such as 0 0 * * *', /^(\S+\s+){4,5}\S+$/);

export const operation = {
  logLevel: setting('LOG_LEVEL', oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), {
    default: 'info',
    help: 'The least level that is logged.',
  }),
  logHttpIgnorePaths: setting('LOG_HTTP_IGNORE_PATHS', listOf(text), {
    default: '',
    help: 'Paths whose requests are not logged.',
  }),
  healthcheckEnabled: setting('HEALTHCHECK_ENABLED', boolean, {
    default: 'true',
    help: 'Whether there is /server/health.',
  }),
  healthcheckNamespace: setting('HEALTHCHECK_NAMESPACE', text, {
    default: 'directus:healthcheck',
    help: 'Prefix of what it writes to stores to try them.',
  }),
  healthcheckServices: setting(
    'HEALTHCHECK_SERVICES',
    listOf(oneOf(['database', 'redis', 'storage', 'email', 'cache'])),
    {
      default: 'database,redis,storage,email',
      help: 'What it looks at.',
    },
  ),
  healthcheckCacheTtlMs: setting('HEALTHCHECK_CACHE_TTL', duration, {
    default: '5m',
    help: 'How long its answer is kept.',
  }),
  dbHealthcheckThresholdMs: setting('DB_HEALTHCHECK_THRESHOLD', duration, {
    default: '150',
    help: 'From which time on the database counts as slow there.',
  }),
  retentionEnabled: setting('RETENTION_ENABLED', boolean, {
    default: 'false',
    help: 'Whether old activity and revisions are deleted.',
  }),
  retentionSchedule: setting('RETENTION_SCHEDULE', cron, { default: '0 0 * * *', help: 'When.' }),
  retentionBatch: setting('RETENTION_BATCH', integer({ min: 1 }), {
    default: '500',
    help: 'How many rows at a time.',
  }),
  activityRetentionMs: setting('ACTIVITY_RETENTION', duration, {
    default: '90d',
    help: 'How long activity is kept.',
  }),
  revisionsRetentionMs: setting('REVISIONS_RETENTION', duration, {
    default: '90d',
    help: 'How long revisions are kept.',
  }),
  metricsEnabled: setting('METRICS_ENABLED', boolean, {
    default: 'false',
    help: 'Whether /metrics answers for Prometheus.',
  }),
  metricsSchedule: setting('METRICS_SCHEDULE', cron, { default: '*/1 * * * *', help: 'When services are measured.' }),
  metricsTokens: setting('METRICS_TOKENS', listOf(text), {
    default: '',
    secret: true,
    help: 'Tokens that may read /metrics, beside administrators.',
  }),
  metricsServices: setting('METRICS_SERVICES', listOf(oneOf(['database', 'cache', 'redis', 'storage'])), {
    default: 'database,cache,redis,storage',
    help: 'Which services.',
  }),
  metricsNamePrefix: setting(
    'METRICS_NAME_PREFIX',
    textLike('metric prefix', 'letters, digits and _', /^[a-zA-Z_][a-zA-Z0-9_]*$/),
    {
      default: 'limen_',
      help: 'Prefix of the names of metrics.',
    },
  ),
  metricsHealthCheckPrefix: setting('METRICS_HEALTH_CHECK_PREFIX', text, {
    default: 'directus-metric-',
    help: 'Prefix of what measuring writes to stores.',
  }),
};
