import type { Access } from '../access/index.ts';
import { BoundedCache } from '../kernel/bounded-cache.ts';
import type { Collection } from '../schema/types.ts';
import { bindings, emitPredicate, type Predicate, quote, StatementWriter } from '../sql/index.ts';
import type { Store } from '../store/types.ts';
import { anchorsOf } from './anchors.ts';

/**
 * How the rows of an OR of rules are found. `found`: each rule's rows by an index of their own, which is best where they
 * are few. `unindexed`: row by row in the order of the list, which is best where they are many, since a page is full soon.
 * `any`: as the database likes.
 */
export type RowPath = 'found' | 'unindexed' | 'any';

type Alternatives = readonly Predicate[];

const MAX_DECISIONS = 2000;
/** Milliseconds after which a table may have grown so much that the decision is made again. */
const DECISION_MS = 600_000;
const MAX_FOUND = 5000;
const PAGE = 25;
/** Rows of a table that is read through so quickly that an index is not worth its while. */
const SMALL_TABLE = 1000;
/** Rows of a table beyond which making an index would keep writers waiting; then it is only recommended. */
const LARGE_TABLE = 100_000;
/** Indexes that one table gets at most. */
const MAX_INDEXES = 8;

export interface RowPathOptions {
  readonly store: Store;
  /** Whether missing indexes are made (`auto`), or named in the log (`advise`). */
  readonly indexes: 'auto' | 'advise';
  readonly log: (level: 'info' | 'warn', message: string, detail?: unknown) => void;
}

/**
 * Decides how SQLite finds the rows that several rules admit: without statistics it takes any index for a good one. It
 * counts what the rules admit, off the way of requests, and remembers the answer for a while. What it decides changes how
 * long a list takes, never what is in it.
 */
export class RowPaths {
  readonly #options: RowPathOptions;
  readonly #decisions = new BoundedCache<string, { path: RowPath; until: number }>(MAX_DECISIONS);
  readonly #advised = new BoundedCache<string, true>(MAX_DECISIONS);
  #deciding: Promise<void> | null = null;

  constructor(options: RowPathOptions) {
    this.#options = options;
  }

  /** The way that is known to be good; until there is one, `any`. */
  of(access: Access, collection: string): RowPath {
    const allowed = access.profile.access(collection, 'read');
    if (allowed?.rows?.kind !== 'or') return 'any';
    const key = `${access.profile.id} ${collection}`;
    const kept = this.#decisions.get(key);
    // One at a time: whoever comes later asks again with the next request.
    if ((kept === undefined || kept.until < performance.now()) && this.#deciding === null) {
      this.#deciding = this.#decide(key, access, allowed.collection, allowed.rows.parts).finally(() => {
        this.#deciding = null;
      });
    }
    return kept?.path ?? 'any';
  }

  /** Waits for what is being decided. */
  async settled(): Promise<void> {
    await this.#deciding;
  }

  async #decide(key: string, access: Access, collection: Collection, rules: Alternatives): Promise<void> {
    let path: RowPath = 'any';
    try {
      path = await this.#pathFor(access, collection, rules);
    } catch (error) {
      this.#options.log('warn', `How to find items of ${collection.name} could not be decided`, error);
    }
    this.#decisions.set(key, { path, until: performance.now() + DECISION_MS });
  }

  async #pathFor(access: Access, collection: Collection, rules: Alternatives): Promise<RowPath> {
    const anchors = rules.map(anchorsOf);
    if (anchors.some((columns) => columns.length === 0)) return 'any';
    const size = await this.#count(access, collection, null, LARGE_TABLE + 1);
    const most = Math.min(MAX_FOUND, Math.floor(Math.sqrt(PAGE * size)));
    let admitted = 0;
    for (const rule of rules) {
      admitted += await this.#count(access, collection, rule, most + 1 - admitted);
      if (admitted > most) return 'unindexed';
    }
    const indexed = await this.#indexedColumns(collection.name);
    const missing = anchors.filter((columns) => !columns.some((column) => indexed.has(column)));
    if (missing.length === 0) return 'found';
    if (size < SMALL_TABLE || indexed.size + missing.length > MAX_INDEXES) return 'any';
    return this.#index(collection.name, new Set(missing.map(([column]) => column as string)), size);
  }

  /** How many rows a rule admits, or the table has: `limit` where there are more. */
  async #count(access: Access, { name }: Collection, rule: Predicate | null, limit: number): Promise<number> {
    const writer = new StatementWriter('sqlite');
    const alias = writer.alias();
    const where = rule ? ` where ${emitPredicate(writer, alias, rule)}` : '';
    const rows = `select 1 from ${quote(name)} ${alias}${where} limit ${writer.bind(limit)}`;
    const statement = writer.finish(`select count(*) from (${rows})`);
    const [row = []] = await this.#options.store.rows(statement.text, bindings(statement, access.scope), true);
    return Number(row[0]);
  }

  async #indexedColumns(table: string): Promise<Set<string>> {
    const rows = await this.#options.store.all<{ name: string }>(
      `select i.name from pragma_index_list(?) l join pragma_index_info(l.name) i where i.seqno = 0 and l.partial = 0
       union all select name from pragma_table_info(?) where pk = 1`,
      [table, table],
    );
    return new Set(rows.map(({ name }) => name));
  }

  async #index(table: string, columns: ReadonlySet<string>, size: number): Promise<RowPath> {
    if (this.#options.indexes === 'advise' || size > LARGE_TABLE) {
      for (const column of columns) this.#advise(table, column);
      return 'any';
    }
    for (const column of columns) {
      const name = quote(`${RULE_INDEX}${table}_${column}`);
      await this.#options.store.transaction((tx) =>
        tx.exec(`create index if not exists ${name} on ${quote(table)} (${quote(column)})`),
      );
      this.#options.log('info', `Made an index on ${table}.${column}, by which permissions choose items`);
    }
    return 'found';
  }

  #advise(table: string, column: string): void {
    const place = `${table}.${column}`;
    if (this.#advised.get(place)) return;
    this.#advised.set(place, true);
    this.#options.log('info', `An index on ${place} would make lists faster: permissions choose items by it`);
  }
}

/** What the names of indexes made for rules begin with; they are no part of the data model. */
const RULE_INDEX = 'limen_rule_';
