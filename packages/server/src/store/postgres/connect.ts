import type { ClientConfig } from 'pg';
import type { PostgresOptions } from '../options.ts';
import { columnTypes } from './column-types.ts';

/** How every connection of the store is made; `more` are server settings of this one. */
export function clientConfig(options: PostgresOptions, more: Record<string, string> = {}): ClientConfig {
  const [connectionString, ownSettings] = withoutServerSettings(options.connectionString);
  return {
    ...(connectionString
      ? { connectionString }
      : {
          host: options.host,
          port: options.port,
          database: options.database,
          user: options.user,
          password: options.password,
        }),
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    options: [ownSettings, ...serverSettings(options, more)].filter(Boolean).join(' '),
    types: columnTypes,
    keepAlive: true,
    application_name: 'limen',
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
  };
}

/** Compiling pays for seconds-long queries only, and costs milliseconds on each of ours. */
function serverSettings(options: PostgresOptions, more: Record<string, string>): string[] {
  const settings: Record<string, string> = {
    jit: 'off',
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    statement_timeout: String(options.statementTimeoutMs ?? 30_000),
    // A transaction that its process forgot must not keep its locks.
    idle_in_transaction_session_timeout: '60000',
    ...more,
  };
  if (options.searchPath?.length) {
    settings.search_path = options.searchPath.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  }
  return Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`);
}

/** `?options=…` of a connection string would replace ours; it is taken out and put before them. */
function withoutServerSettings(text: string | undefined): [string | undefined, string] {
  if (!text?.includes('options=') || !URL.canParse(text)) return [text, ''];
  const url = new URL(text);
  const settings = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return [url.href, settings];
}
