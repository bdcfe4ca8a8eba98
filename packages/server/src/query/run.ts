import type { Access } from '../access/index.ts';
import { invalidQuery, serviceUnavailable } from '../errors/index.ts';
import { BoundedCache } from '../kernel/bounded-cache.ts';
import { QueueFull, Semaphore } from '../kernel/semaphore.ts';
import type { Collection } from '../schema/types.ts';
import { bindings, type DialectName, type Scope, type Statement } from '../sql/index.ts';
import { ConstraintError, type Reader, type Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { shapeGroup } from './aggregate.ts';
import { goneInSight, plainRows, rowsAsJson, rowText } from './gone.ts';
import { boundOf, whereOf } from './list.ts';
import { type CountPlan, type Keys, planRead, type ReadPlan } from './plan.ts';
import type { RowPaths } from './row-paths.ts';
import { type Item, shapeRow } from './shape.ts';
import { SlowStatements } from './slow-statements.ts';
import { columnsOf, type ItemStream, once, shaped } from './stream.ts';
import type { MetaName, Query, QueryLimits } from './types.ts';

const MAX_PLANS = 2000;
/** Characters of a statement whose plan is kept: plans take some times that, and anybody can ask for thousands of them. */
const MAX_KEPT_TEXT = 16_384;
const WIDE_AT_ONCE = 1;
const WIDE_WAITING = 50;
export interface ReadResult {
  readonly items: Item[];
  readonly meta: Partial<Record<MetaName, number>> | null;
}

/** Plans reads, keeps the plans, and runs them: one statement for the rows of every level, one for counts. */
export class QueryRunner {
  readonly #plans: BoundedCache<string, ReadPlan>;
  readonly #limits: QueryLimits;
  readonly #dialect: DialectName;
  readonly #slow = new SlowStatements();
  /** null where the database decides that itself. */
  readonly #paths: RowPaths | null;
  readonly #wide = new Semaphore(WIDE_AT_ONCE, WIDE_WAITING);

  /** `remember`: whether plans are kept. */
  constructor(limits: QueryLimits, dialect: DialectName, paths: RowPaths | null = null, remember = true) {
    this.#plans = new BoundedCache(remember ? MAX_PLANS : 0);
    this.#limits = limits;
    this.#dialect = dialect;
    this.#paths = paths;
  }

  /** `keys` are those of items that the caller names: one, or a list of them. */
  read(
    reader: Reader,
    access: Access,
    collection: string,
    query: Query,
    keys: Json | null = null,
  ): Promise<ReadResult> {
    const kind = keys === null ? null : Array.isArray(keys) ? 'several' : 'one';
    return this.#run(reader, access, this.plan(access, collection, query, kind), keys);
  }

  /** Items that the caller has just written, as far as it may read them; it need not be able to see their keys. */
  readWritten(
    reader: Reader,
    access: Access,
    collection: string,
    query: Query,
    keys: readonly Json[],
  ): Promise<ReadResult> {
    // Inside of a transaction, which must not wait for others.
    const plan = { ...this.plan(access, collection, query, 'written'), wide: false };
    return this.#run(reader, access, plan, [...keys]);
  }

  /**
   * Items as they come, in batches of at most `batch`. What is no longer than that is read at once, like any list; the rest
   * takes one of the few long reads.
   */
  stream(store: Store, access: Access, collection: string, query: Query, batch: number, keys: Json | null): ItemStream {
    const kind = keys === null ? null : 'several';
    const plan = this.plan(access, collection, query, kind);
    const { body } = plan;
    const scope = keys === null ? access.scope : access.scope.withInputs([keys]);
    const limit = boundOf(query.limit, this.#limits);
    const isShort = keys !== null || (limit !== null && limit <= batch);
    if (body.kind !== 'rows') return { columns: null, batches: once(() => this.#items(store, plan, scope)) };
    const { statement, shape } = body;
    const batches = isShort
      ? once(() => this.#items(store, plan, scope))
      : shaped(store.stream(statement.text, bindings(statement, scope), batch), shape);
    return { columns: columnsOf(shape), batches };
  }

  /** Rows as JSON text, without secrets: what tells later who could see them. */
  async rowsAsJson(reader: Reader, collection: Collection, keys: readonly (string | number)[]): Promise<string> {
    if (this.#dialect === 'sqlite')
      return rowText(collection, await reader.rows(plainRows(collection), [JSON.stringify(keys)]));
    const list = `{${keys.map((key) => `"${String(key).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
    const [row] = await reader.rows(rowsAsJson(collection), [list]);
    return typeof row?.[0] === 'string' ? row[0] : '[]';
  }

  /**
   * Keys (as text) of rows of a former time which the caller could see by present rights, key included, and by the filter
   * and search of a query where there is one; null when all of them. What other rows say of them is asked as it is now.
   */
  async goneInSight(
    reader: Reader,
    access: Access,
    collection: string,
    rows: string,
    query: Query | null = null,
  ): Promise<Set<string> | null> {
    const entry = access.profile.entry(collection);
    const { snapshot, guard } = access.profile;
    const filter = query && whereOf(entry.collection, query, { snapshot, guard, limits: this.#limits });
    const asked = goneInSight(entry, this.#dialect, filter);
    if (asked === 'all') return null;
    if (asked === 'none') return new Set();
    const found = await reader.rows(asked.text, bindings(asked, access.scope.withInputs([rows])));
    return new Set(found.map(([key]) => String(key)));
  }

  async #run(reader: Reader, access: Access, plan: ReadPlan, keys: Json | null): Promise<ReadResult> {
    const scope = keys === null ? access.scope : access.scope.withInputs([keys]);
    if (plan.counts) {
      const [items, meta] = await Promise.all([
        this.#items(reader, plan, scope),
        this.#counts(reader, plan.counts, scope, plan.wide),
      ]);
      return { items, meta };
    }
    return { items: await this.#items(reader, plan, scope), meta: null };
  }

  /** The plan for a query under a profile, kept under both. */
  plan(access: Access, collection: string, query: Query, keys: Keys): ReadPlan {
    const path = keys === null ? (this.#paths?.of(access, collection) ?? 'any') : 'any';
    const { profile } = access;
    const request = { profile, collection, query, keys, limits: this.#limits, dialect: this.#dialect, path };
    if (query.kept === null) return planRead(request);
    const key = `${profile.id} ${query.kept} ${keys ?? path} ${collection}`;
    const kept = this.#plans.get(key);
    if (kept) return kept;
    const plan = planRead(request);
    if (plan.body.statement.text.length <= MAX_KEPT_TEXT) this.#plans.set(key, plan);
    return plan;
  }

  async #items(reader: Reader, plan: ReadPlan, scope: Scope): Promise<Item[]> {
    const { body } = plan;
    let rows: unknown[][];
    try {
      rows = await this.#rows(reader, body.statement, scope, plan.wide);
    } catch (error) {
      if (error instanceof ConstraintError && error.kind === 'out-of-range')
        throw invalidQuery('A number that this asks for is too large for the database.');
      throw error;
    }
    const items = new Array<Item>(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as unknown[];
      items[i] = body.kind === 'rows' ? shapeRow(body.shape, row) : shapeGroup(body, row);
    }
    return items;
  }

  /** SQLite reads in this thread, unless the same statement was slow before: then others need not wait for it. */
  async #rows(reader: Reader, statement: Statement, scope: Scope, wide: boolean): Promise<unknown[][]> {
    const { text } = statement;
    const values = bindings(statement, scope);
    if (wide) return this.#inTurn(() => reader.rows(text, values, true));
    if (this.#dialect !== 'sqlite') return reader.rows(text, values);
    const began = performance.now();
    if (this.#slow.has(text, began)) return reader.rows(text, values, true);
    const rows = await reader.rows(text, values);
    const ended = performance.now();
    this.#slow.note(text, ended - began, ended);
    return rows;
  }

  /** Of wide statements only so many run at once: the others want a thread or a connection, too. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#wide.run(work);
    } catch (error) {
      if (error instanceof QueueFull)
        throw serviceUnavailable('database', 'Too many long reads are waiting; try again.', error);
      throw error;
    }
  }

  async #counts(
    reader: Reader,
    counts: CountPlan,
    scope: Scope,
    wide: boolean,
  ): Promise<Partial<Record<MetaName, number>>> {
    const [row = []] = await this.#rows(reader, counts.statement, scope, wide);
    return Object.fromEntries(counts.names.map((name, i) => [name, Number(row[i])]));
  }
}
