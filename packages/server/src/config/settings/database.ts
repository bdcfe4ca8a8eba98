import { boolean, integer, listOf, oneOf, path, text, textLike } from '../kinds.ts';
import { duration } from '../quantities.ts';
import { type Kind, setting, WrongValue } from '../setting.ts';

const CLIENTS: Readonly<Record<string, 'sqlite' | 'pg'>> = {
  sqlite3: 'sqlite',
  sqlite: 'sqlite',
  'better-sqlite3': 'sqlite',
  pg: 'pg',
  postgres: 'pg',
  postgresql: 'pg',
  cockroachdb: 'pg',
};

const client: Kind<'sqlite' | 'pg'> = {
  name: 'one of',
  accepts: 'sqlite3, pg or cockroachdb (other databases are not supported)',
  parse(raw) {
    const name = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
    const found = Object.hasOwn(CLIENTS, name) ? CLIENTS[name] : undefined;
    if (!found) throw new WrongValue(client.accepts);
    return found;
  },
};

const postgresUrl = textLike(
  'address',
  'an address such as postgres://user:password@host:5432/name',
  /^(postgres|postgresql):\/\/\S+$/i,
);

/** Where the database is. Gathered in `Config.db`. */
export const database = {
  client: setting('DB_CLIENT', client, {
    defaultNote: 'pg when DB_CONNECTION_STRING is given, else sqlite3',
    help: 'The database: sqlite3, or pg for PostgreSQL and what speaks its protocol.',
  }),
  filename: setting('DB_FILENAME', path, { default: './data/limen.db', help: 'SQLite: the file.' }),
  host: setting('DB_HOST', text, { help: 'PostgreSQL: host.' }),
  port: setting('DB_PORT', integer({ min: 1, max: 65_535 }), { defaultNote: '5432', help: 'PostgreSQL: port.' }),
  database: setting('DB_DATABASE', text, { help: 'PostgreSQL: name of the database.' }),
  user: setting('DB_USER', text, { help: 'PostgreSQL: user.' }),
  password: setting('DB_PASSWORD', text, { secret: true, help: 'PostgreSQL: password.' }),
  connectionString: setting('DB_CONNECTION_STRING', postgresUrl, {
    secret: true,
    help: 'PostgreSQL: an address instead of the single values.',
  }),
  ssl: setting('DB_SSL', boolean, {
    help: 'PostgreSQL: whether the connection is encrypted. DB_SSL__CA, DB_SSL__CERT, DB_SSL__KEY and DB_SSL__REJECT_UNAUTHORIZED shape it and switch it on; certificates can come from a file (DB_SSL__CA_FILE).',
  }),
  searchPath: setting('DB_SEARCH_PATH', listOf(text), {
    help: 'PostgreSQL: schemas to look for tables in, the first one first.',
  }),
  poolMin: setting('DB_POOL__MIN', integer({ min: 0 }), {
    help: 'Accepted; the pool opens connections when they are needed.',
  }),
  poolMax: setting('DB_POOL__MAX', integer({ min: 1, max: 1_000 }), {
    default: '10',
    help: 'PostgreSQL: connections at most, beside the one that listens for changes.',
  }),
  connectTimeoutMs: setting('DB_POOL__ACQUIRE_TIMEOUT_MILLIS', duration, {
    default: '10s',
    help: 'PostgreSQL: how long to wait for a connection.',
  }),
  statementTimeoutMs: setting('DB_STATEMENT_TIMEOUT', duration, {
    default: '30s',
    help: 'PostgreSQL: when a statement is cancelled; 0: never.',
  }),
  charset: setting('DB_CHARSET', text, { help: 'Accepted; it concerns MySQL only.' }),
  version: setting('DB_VERSION', text, { help: 'Accepted; the server asks the database.' }),
};

export const databaseContents = {
  dbExcludeTables: setting('DB_EXCLUDE_TABLES', listOf(text), {
    default: 'spatial_ref_sys,sysdiagrams',
    help: 'Tables to leave alone.',
  }),
  dbRuleIndexes: setting('DB_RULE_INDEXES', oneOf(['auto', 'advise']), {
    default: 'auto',
    help: 'SQLite: whether an index is made on a column by which permissions choose items, where it saves reading the whole table (named limen_rule_…, up to 100,000 rows), or only named in the log.',
  }),
};
