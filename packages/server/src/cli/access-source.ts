import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { AccessEngine, SYSTEM } from '../access/index.ts';
import { ConfigError, loadConfig } from '../config/index.ts';
import { systemClock } from '../kernel/clock.ts';
import { QueryRunner } from '../query/index.ts';
import { loadFacts } from '../review/changes/facts.ts';
import { AccessFileError, readAccessFile } from '../review/changes/file.ts';
import type { ReviewParts } from '../review/changes/review.ts';
import { Sight } from '../review/changes/sight.ts';
import type { AccessFacts } from '../review/changes/types.ts';
import { openSchema } from '../schema/current.ts';
import { openStore } from '../store/open.ts';
import type { StoreOptions } from '../store/options.ts';
import type { Store } from '../store/types.ts';
import { readDocument } from './snapshot-file.ts';
import { CommandError } from './with-project.ts';

/** What a word of the command line stands for: the database of a project, or an access file. */
export type AccessSource =
  | { readonly kind: 'project'; readonly label: string; readonly db: StoreOptions; readonly excludeTables: string[] }
  | { readonly kind: 'file'; readonly label: string };

/**
 * An address of a database, a `.env` file, a folder with one, a SQLite file, or an access file (`-` for standard input).
 * Nothing is opened yet. Throws CommandError.
 */
export function accessSource(word: string): AccessSource {
  if (/^(postgres|postgresql):\/\//.test(word)) {
    const db = { client: 'pg', connectionString: word } as const;
    return { kind: 'project', label: withoutPassword(word), db, excludeTables: [] };
  }
  if (word === '-' || ['.yaml', '.yml', '.json'].includes(extname(word))) return { kind: 'file', label: word };
  const path = resolve(word);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CommandError(`${word} is not there.`);
  if (found.isDirectory()) return settingsSource(word, path, {});
  if (isSqlite(path)) {
    return { kind: 'project', label: word, db: { client: 'sqlite', filename: path }, excludeTables: [] };
  }
  if (!basename(path).includes('.env') && extname(path) !== '.env')
    throw new CommandError(`${word} is no SQLite file; access files end in .yaml, settings are called .env.`);
  return settingsSource(word, dirname(path), { CONFIG_PATH: path });
}

/** The project of the settings in the working directory and the environment. */
export const ownSource = (): AccessSource => settingsSource('the project', process.cwd(), process.env);

function settingsSource(label: string, cwd: string, env: Readonly<Record<string, string | undefined>>): AccessSource {
  try {
    const { db, dbExcludeTables } = loadConfig({ env, cwd });
    if (db.client === 'sqlite' && !statSync(db.filename, { throwIfNoEntry: false }))
      throw new CommandError(`${label} has no database yet.`);
    return { kind: 'project', label, db, excludeTables: [...dbExcludeTables] };
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(`${label}: ${error.message}`);
    throw error;
  }
}

const SQLITE_MAGIC = 'SQLite format 3\0';

function isSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    readSync(file, head, 0, head.length, 0);
    return head.toString('latin1') === SQLITE_MAGIC;
  } finally {
    closeSync(file);
  }
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return 'the database';
  const url = new URL(address);
  url.password = '';
  url.search = '';
  return url.href;
}

/** Databases that are open for as long as a command runs. */
export class OpenSources {
  readonly #stores = new Map<string, Store>();

  async facts(source: AccessSource): Promise<AccessFacts> {
    if (source.kind === 'project') return loadFacts(await this.store(source));
    try {
      return readAccessFile(await readDocument(source.label));
    } catch (error) {
      if (error instanceof AccessFileError) throw new CommandError(`${source.label}: ${error.message}`);
      throw error;
    }
  }

  /** The database of a project, just as it is: nothing is brought up to date. */
  async store(source: AccessSource & { kind: 'project' }): Promise<Store> {
    const key = JSON.stringify(source.db);
    let store = this.#stores.get(key);
    if (!store) {
      store = await openStore(source.db);
      this.#stores.set(key, store);
    }
    try {
      await store.get('select id from directus_policies limit 1');
    } catch (error) {
      throw new CommandError(`${source.label} holds no project: ${(error as Error).message}`);
    }
    return store;
  }

  /** Where users and items are counted, with nothing hidden from whoever runs the command. */
  async reviewParts(source: AccessSource & { kind: 'project' }): Promise<ReviewParts> {
    const store = await this.store(source);
    const schema = await openSchema(store, { excludeTables: source.excludeTables });
    const { snapshot } = schema;
    schema.close();
    const clock = systemClock;
    const engine = new AccessEngine({ store, snapshot: () => snapshot, clock, maxDepth: LIMITS.maxDepth });
    const runner = new QueryRunner(LIMITS, store.dialect);
    const readMany: ConstructorParameters<typeof Sight>[1]['readMany'] = (access, collection, query) =>
      runner.read(store, access, collection, query);
    const sight = new Sight(await engine.access(SYSTEM), { readMany });
    return { snapshot, counted: { store, sight }, now: () => clock.now() };
  }

  async close(): Promise<void> {
    for (const store of this.#stores.values()) await store.close();
  }
}

const LIMITS = { defaultRows: 100, maxRows: null, maxDepth: 10, maxJsonDepth: 10 };
