import type { FastifyInstance } from 'fastify';
import { keepAnAdministrator } from './access/administrators.ts';
import { AccessEngine } from './access/index.ts';
import { type Accounts, createAccounts } from './accounts/index.ts';
import { startSealing } from './audit/index.ts';
import { type Auth, createAuth, storedStaticToken } from './auth/index.ts';
import type { Config } from './config/index.ts';
import type { Files } from './files/index.ts';
import { ObjectStore } from './files/storage/index.ts';
import { clientAddress } from './http/address.ts';
import { authCookies, readCookie } from './http/cookies.ts';
import { mayOpenSockets } from './http/cross-site.ts';
import { createHttpServer } from './http/server.ts';
import { ChangeFeed, ItemService } from './items/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { derivedKey } from './kernel/derived-key.ts';
import { OutboundClient } from './kernel/outbound/index.ts';
import { Outbox } from './mail/index.ts';
import { LogEntries, Redaction, secretsIn } from './observe/index.ts';
import { QueryReader, QueryRunner, RowPaths } from './query/index.ts';
import { Following } from './realtime/following.ts';
import { Keeper } from './realtime/keeper.ts';
import { Cursors } from './realtime/position.ts';
import { resourceHooks } from './resources/index.ts';
import { type Digest, itemDigest } from './resources/versions-digest.ts';
import { type CurrentSchema, openSchema } from './schema/current.ts';
import { attachSockets } from './sockets/attach.ts';
import { type BootstrapResult, bootstrap } from './store/bootstrap.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/types.ts';
import { VERSION } from './version.ts';

/** Told of what nobody asked for: faults inside, with everything there is to know about them. */
export type Log = (level: 'error' | 'warn' | 'info', message: string, detail?: unknown) => void;

/** A project that is open: its database, its model, and everything that works on them. Nothing listens yet. */
export interface Project {
  readonly config: Config;
  /** What tokens are signed with, and what other keys come from. */
  readonly secret: string;
  readonly store: Store;
  readonly schema: CurrentSchema;
  readonly engine: AccessEngine;
  readonly auth: Auth;
  readonly outbox: Outbox;
  readonly accounts: Accounts;
  readonly items: ItemService;
  readonly files: () => Promise<Files>;
  readonly queries: QueryReader;
  readonly runner: QueryRunner;
  /** Where writes are heard of. */
  readonly feed: ChangeFeed;
  /** What is followed on any node; null where there is one node, or nothing to follow with. */
  readonly following: Following | null;
  /** How clients are told how far they have come; null where no changes are kept for them. */
  readonly cursors: Cursors | null;
  readonly digest: Digest;
  /** What is logged, for those who watch it. */
  readonly entries: LogEntries;
  readonly clock: Clock;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly config: Config;
  /** Whether profiles, plans, prepared statements and identities are kept: they only save time. Default true. */
  readonly remember?: boolean;
  /** Signs tokens. */
  readonly secret: string;
  readonly log: Log;
  readonly clock?: Clock;
}

/** Opens the database, brings its tables up to date, and puts the rooms together. */
export async function openProject({
  config,
  secret,
  log: write,
  clock = systemClock,
  remember = true,
}: OpenOptions): Promise<Project> {
  const entries = new LogEntries(new Redaction([secret, ...secretsIn(config)]));
  const log = watched(entries, clock, write);
  const store = await openStore({ ...config.db, remember });
  try {
    const { applied } = await migrate(store);
    if (applied.length > 0) log('info', `Brought the system tables up to date: ${applied.join(', ')}`);
    const schema = await openSchema(store, {
      excludeTables: config.dbExcludeTables,
      onFault: (error) => log('error', 'The data model could not be read', error),
      onWarning: (message) => log('warn', message),
    });
    return await assemble({ config, store, schema, secret, clock, entries, log, remember });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(parts: {
  config: Config;
  store: Store;
  schema: CurrentSchema;
  secret: string;
  clock: Clock;
  entries: LogEntries;
  log: Log;
  remember: boolean;
}): Promise<Project> {
  const { config, store, schema, secret, clock, entries, log, remember } = parts;
  const engine = new AccessEngine({ store, snapshot: () => schema.snapshot, clock, maxDepth: RULE_DEPTH, remember });
  const outbound = () => new OutboundClient({ denied: config.importIpDenyList, allowed: config.importIpAllowList });
  const onFault = (error: unknown) => log('warn', 'Something of sessions or tokens failed behind a request', error);
  const auth = createAuth({
    store,
    settings: { ...config, secret },
    access: engine,
    clock,
    remember,
    outbound,
    onFault,
  });
  await auth.signingKeys.start();
  const limits = {
    defaultRows: config.queryLimitDefault ?? -1,
    maxRows: config.queryLimitMax,
    maxDepth: config.maxRelationalDepth,
    maxJsonDepth: config.maxJsonQueryDepth,
  };
  const digest = itemDigest(secret);
  const objects = new ObjectStore(config.storage, config.tempPath);
  const hooks = resourceHooks({
    store,
    auth,
    keepAnAdministrator: keepAnAdministrator(store),
    digest,
    objects,
    allowedFileTypes: config.filesMimeTypeAllowList,
  });
  const sealing = startSealing(store, secret, (error) => log('warn', 'The activity log could not be sealed', error));
  const purging = setInterval(() => void purgeSessions(auth, log), PURGE_MS).unref();
  const paths = store.dialect === 'sqlite' ? new RowPaths({ store, indexes: config.dbRuleIndexes, log }) : null;
  const runner = new QueryRunner(limits, store.dialect, paths, remember);
  const keeper = new Keeper({
    store,
    runner,
    snapshot: () => schema.snapshot,
    ttlMs: config.websocketsEnabled ? config.websocketsResumeTtlMs : 0,
    onFault: (error) => log('warn', 'Changes that were kept long enough could not be forgotten', error),
  });
  await keeper.start();
  const feed = new ChangeFeed(keeper);
  const following = await openFollowing(config, store, schema, runner, feed, log);
  const items = new ItemService({
    store,
    feed,
    runner,
    hooks,
    clock,
    maxItems: config.maxBatchMutation,
    hash: async (text) => {
      await auth.newPasswords.look(text);
      return auth.passwords.hash(text);
    },
  });
  const outbox = new Outbox({ store, settings: config, clock, log });
  const accounts = createAccounts({
    store,
    settings: config,
    secret,
    setupOffered: config.adminEmail === undefined && config.adminPassword === undefined,
    clock,
    engine,
    items,
    auth,
    outbox,
    onFault: (error) => log('error', 'Mail about an account could not be made', error),
  });
  let files: Promise<Files> | null = null;
  return {
    config,
    secret,
    store,
    schema,
    engine,
    auth,
    outbox,
    accounts,
    digest,
    entries,
    clock,
    items,
    runner,
    feed,
    following,
    cursors: keeper.keeps ? new Cursors(derivedKey(secret, 'cursors of sockets')) : null,
    files: () => {
      files ??= import('./files/index.ts').then(({ openFiles }) => openFiles({ config, store, items, objects, clock }));
      return files;
    },
    queries: new QueryReader(
      {
        maxDepth: config.querystringMaxParseDepth,
        arrayLimit: config.querystringArrayLimit,
        maxRows: config.queryLimitMax,
      },
      remember,
    ),
    async close() {
      clearInterval(purging);
      await following?.close();
      await keeper.close();
      await sealing.stop();
      await outbox.close(MAIL_GRACE_MS);
      schema.close();
      auth.close();
      await auth.lastSeen.flush().catch(onFault);
      await store.close();
    },
  };
}

const PURGE_MS = 60_000;
/** How long a server that stops waits for mail on its way. */
const MAIL_GRACE_MS = 3_000;

/** Removes sessions that are over, in bounded batches. */
async function purgeSessions(auth: Auth, log: Log): Promise<void> {
  try {
    await auth.signingKeys.maintain();
    while ((await auth.sessions.purge()) > 0);
    while ((await auth.challenges.purge()) > 0);
    while ((await auth.samlUses.purge()) > 0);
    while ((await auth.providerSessions.purge()) > 0);
  } catch (error) {
    log('warn', 'Sessions that are over could not be removed', error);
  }
}

/** Rules are written by administrators, so only loops have to end. */
const RULE_DEPTH = 50;

/** Other nodes follow collections too, so writes tell of themselves before there is a socket here. */
async function openFollowing(
  config: Config,
  store: Store,
  schema: CurrentSchema,
  runner: QueryRunner,
  feed: ChangeFeed,
  log: Log,
): Promise<Following | null> {
  if (!config.websocketsEnabled || store.dialect !== 'postgres') return null;
  const onFault = (error: unknown) => log('warn', 'Nodes could not agree on who follows what', error);
  const following = new Following({ store, runner, snapshot: () => schema.snapshot, onFault });
  await following.start();
  feed.attach(following);
  return following;
}

/** Tells who watches the log, too. */
const watched =
  (entries: LogEntries, clock: Clock, write: Log): Log =>
  (level, message, detail) => {
    entries.add(level, message, clock.now(), detail);
    write(level, message, detail);
  };

/** The HTTP server of a project, with its sockets, not yet listening. */
export async function createServer(project: Project, write: Log): Promise<FastifyInstance> {
  const log = watched(project.entries, project.clock, write);
  const parts = { ...project, cookies: authCookies(project.config), version: VERSION };
  const server = await createHttpServer(parts, (error, request) => {
    log('error', `${request.method} ${request.url.split('?', 1)[0]} failed`, error);
  });
  if (project.config.websocketsEnabled) takeSockets(server, project, log);
  return server;
}

function takeSockets(server: FastifyInstance, project: Project, log: Log): void {
  const { config } = project;
  const { session } = authCookies(config);
  const { close } = attachSockets(server.server, {
    ...project,
    addressOf: (request) => clientAddress(request, config.ipTrustProxy, config.ipCustomHeader),
    sessionOf: ({ headers }) => readCookie(headers.cookie, session.name),
    mayUseCookies: ({ headers }) => mayOpenSockets(headers, config),
    onFault: (error) => log('error', 'Something of sockets failed', error),
  });
  server.addHook('preClose', close);
}

export interface FirstAdministrator {
  readonly email: string;
  readonly password: string;
  readonly token: string | null;
}

/** Gives a new project its administrator; does nothing in one that has users, roles or policies. */
export async function bootstrapProject(project: Project, admin: FirstAdministrator): Promise<BootstrapResult> {
  return bootstrap(project.store, {
    adminEmail: admin.email,
    adminPasswordHash: await project.auth.passwords.hash(admin.password),
    adminTokenHash: admin.token === null ? null : storedStaticToken(admin.token),
  });
}
