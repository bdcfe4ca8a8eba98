import { boolean, integer, listOf, number, orFalse, text } from '../kinds.ts';
import { duration, seconds, size } from '../quantities.ts';
import { addressRange, corsOrigin, headerName, trustProxy } from '../security-kinds.ts';
import { setting } from '../setting.ts';

const points = integer({ min: 1 });

export const protection = {
  ipTrustProxy: setting('IP_TRUST_PROXY', trustProxy, {
    default: 'false',
    help: 'Whose X-Forwarded-For is believed: nobody (false), everybody (true), the last N proxies, or those at these addresses.',
  }),
  ipCustomHeader: setting('IP_CUSTOM_HEADER', orFalse(headerName), {
    default: 'false',
    help: 'Header that holds the address of the client instead.',
  }),
  importIpDenyList: setting('IMPORT_IP_DENY_LIST', listOf(addressRange), {
    default: '0.0.0.0,169.254.169.254',
    help: 'Where requests of the server never go; 0.0.0.0 means this machine. Private, loopback and link-local addresses are refused in any case.',
  }),
  importIpAllowList: setting('IMPORT_IP_ALLOW_LIST', listOf(addressRange), {
    default: '',
    help: 'Private addresses where requests of the server may go although they are private. An entry of IMPORT_IP_DENY_LIST wins.',
  }),
  hstsEnabled: setting('HSTS_ENABLED', boolean, {
    default: 'false',
    help: 'Whether to send Strict-Transport-Security. HSTS_MAX_AGE (seconds), HSTS_INCLUDE_SUB_DOMAINS and HSTS_PRELOAD shape it.',
  }),
  corsEnabled: setting('CORS_ENABLED', boolean, {
    default: 'false',
    help: 'Whether pages of other origins may call the API.',
  }),
  corsOrigin: setting('CORS_ORIGIN', corsOrigin, {
    default: 'false',
    help: 'Which origins may: none (false), any (true reflects the caller), or those listed.',
  }),
  corsMethods: setting('CORS_METHODS', listOf(text), {
    default: 'GET,POST,PATCH,DELETE',
    help: 'Methods that they may use.',
  }),
  corsAllowedHeaders: setting('CORS_ALLOWED_HEADERS', listOf(text), {
    default: 'Content-Type,Authorization',
    help: 'Headers that they may send.',
  }),
  corsExposedHeaders: setting('CORS_EXPOSED_HEADERS', listOf(text), {
    default: 'Content-Range',
    help: 'Headers that they may read.',
  }),
  corsCredentials: setting('CORS_CREDENTIALS', boolean, {
    default: 'true',
    help: 'Whether they may send cookies.',
  }),
  corsMaxAgeSeconds: setting('CORS_MAX_AGE', integer({ min: 0, max: 31_536_000 }), {
    default: '18000',
    help: 'How many seconds a browser may remember the answer to a preflight.',
  }),
  rateLimiterEnabled: setting('RATE_LIMITER_ENABLED', boolean, {
    default: 'false',
    help: 'Whether requests are limited per client address (of IPv6: per /64 network). Wrong passwords are limited per account (`auth_login_attempts` of the settings), and mails per account, in any case.',
  }),
  rateLimiterPoints: setting('RATE_LIMITER_POINTS', points, {
    default: '50',
    help: 'Requests per client address in RATE_LIMITER_DURATION.',
  }),
  rateLimiterDurationMs: setting('RATE_LIMITER_DURATION', seconds, { default: '1', help: 'That window, in seconds.' }),
  rateLimiterHealthcheckThresholdMs: setting('RATE_LIMITER_HEALTHCHECK_THRESHOLD', duration, {
    default: '150',
    help: 'From which time on the limiter counts as slow in /server/health.',
  }),
  rateLimiterGlobalEnabled: setting('RATE_LIMITER_GLOBAL_ENABLED', boolean, {
    default: 'false',
    help: 'Whether requests of all clients together are limited.',
  }),
  rateLimiterGlobalPoints: setting('RATE_LIMITER_GLOBAL_POINTS', points, {
    default: '1000',
    help: 'Requests of all clients in RATE_LIMITER_GLOBAL_DURATION.',
  }),
  rateLimiterGlobalDurationMs: setting('RATE_LIMITER_GLOBAL_DURATION', seconds, {
    default: '1',
    help: 'That window, in seconds.',
  }),
  rateLimiterRegistrationEnabled: setting('RATE_LIMITER_REGISTRATION_ENABLED', boolean, {
    default: 'true',
    help: 'Whether registrations are limited per client address.',
  }),
  rateLimiterRegistrationPoints: setting('RATE_LIMITER_REGISTRATION_POINTS', points, {
    default: '5',
    help: 'Registrations per client address in RATE_LIMITER_REGISTRATION_DURATION.',
  }),
  rateLimiterRegistrationDurationMs: setting('RATE_LIMITER_REGISTRATION_DURATION', seconds, {
    default: '60',
    help: 'That window, in seconds.',
  }),
  rateLimiterEmailEnabled: setting('RATE_LIMITER_EMAIL_ENABLED', boolean, {
    default: 'false',
    help: 'Whether outgoing mail is limited.',
  }),
  rateLimiterEmailPoints: setting('RATE_LIMITER_EMAIL_POINTS', points, {
    default: '60',
    help: 'Mails in RATE_LIMITER_EMAIL_DURATION.',
  }),
  rateLimiterEmailDurationMs: setting('RATE_LIMITER_EMAIL_DURATION', seconds, {
    default: '60',
    help: 'That window, in seconds.',
  }),
  rateLimiterEmailQueueSize: setting('RATE_LIMITER_EMAIL_QUEUE_SIZE', points, {
    default: '1000000',
    help: 'Mails that wait at most.',
  }),
  rateLimiterEmailErrorMessage: setting('RATE_LIMITER_EMAIL_ERROR_MESSAGE', text, {
    default: '',
    help: 'What to say when there are more.',
  }),
  rateLimiterWebsocketsPoints: setting('RATE_LIMITER_WEBSOCKETS_POINTS', points, {
    defaultNote: 'RATE_LIMITER_POINTS',
    help: 'Messages per socket in RATE_LIMITER_WEBSOCKETS_DURATION.',
  }),
  rateLimiterWebsocketsDurationMs: setting('RATE_LIMITER_WEBSOCKETS_DURATION', seconds, {
    defaultNote: 'RATE_LIMITER_DURATION',
    help: 'That window, in seconds.',
  }),
  rateLimiterWebsocketsKeyPrefix: setting('RATE_LIMITER_WEBSOCKETS_KEY_PREFIX', text, {
    default: 'websocket',
    help: 'Prefix of the keys of that limiter in a shared store.',
  }),
  pressureLimiterEnabled: setting('PRESSURE_LIMITER_ENABLED', boolean, {
    default: 'true',
    help: 'Whether to answer 503 when the event loop or the memory is over its limits.',
  }),
  pressureLimiterSampleIntervalMs: setting('PRESSURE_LIMITER_SAMPLE_INTERVAL', duration, {
    default: '250',
    help: 'How often to look.',
  }),
  pressureLimiterMaxEventLoopUtilization: setting(
    'PRESSURE_LIMITER_MAX_EVENT_LOOP_UTILIZATION',
    number({ min: 0, max: 1 }),
    {
      default: '0.99',
      help: 'Largest share of time that the event loop may be busy, where it is late by a fifth of PRESSURE_LIMITER_MAX_EVENT_LOOP_DELAY, too: a loop that is always busy but not late serves as fast as it can.',
    },
  ),
  pressureLimiterMaxEventLoopDelayMs: setting('PRESSURE_LIMITER_MAX_EVENT_LOOP_DELAY', orFalse(duration), {
    default: '500',
    help: 'Longest time that a turn of the event loop may be late.',
  }),
  pressureLimiterMaxMemoryRssBytes: setting('PRESSURE_LIMITER_MAX_MEMORY_RSS', orFalse(size), {
    default: 'false',
    help: 'Largest resident memory.',
  }),
  pressureLimiterMaxMemoryHeapUsedBytes: setting('PRESSURE_LIMITER_MAX_MEMORY_HEAP_USED', orFalse(size), {
    default: 'false',
    help: 'Largest heap in use.',
  }),
  pressureLimiterRetryAfterMs: setting('PRESSURE_LIMITER_RETRY_AFTER', orFalse(seconds), {
    default: 'false',
    help: 'Seconds to name in Retry-After.',
  }),
};
