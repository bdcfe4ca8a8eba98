import type { RequestScope } from '../../access/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Collection } from '../../schema/types.ts';
import { decoderFor, emitPredicate, type Predicate, quote, StatementWriter, type Variable } from '../../sql/index.ts';
import type { SqlValue, Store } from '../../store/types.ts';
import type { Json } from '../../wire/index.ts';
import type { Pair } from './compare.ts';
import type { Count } from './types.ts';

const SAMPLES = 5;
/** Conditions in one statement: each is a column, of which SQLite has 2,000. */
const MAX_PAIRS = 200;

/** Whose values the variables of both sides have. */
export interface Scopes {
  readonly before: RequestScope;
  readonly after: RequestScope;
}

interface Built {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Counts items by conditions before and after; the same question is asked of the database once. */
export class Counter {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #until: number;
  readonly #answers = new Map<string, Promise<unknown[][] | null>>();

  /** No statement begins later than `until`, in milliseconds of `now`. */
  constructor(store: Store, now: () => number, until: number) {
    this.#store = store;
    this.#now = now;
    this.#until = until;
  }

  /** Exact numbers for each pair, from one pass over the items; null when time ran out. */
  async count(collection: Collection, pairs: readonly Pair[], scopes: Scopes): Promise<Count[] | null> {
    const asked = pairs.slice(0, MAX_PAIRS);
    const [row] = (await this.#ask(countText(this.#store, collection, asked, scopes))) ?? [];
    if (!row) return null;
    return asked.map((_, i) => {
      const [before, after, gained, lost] = row.slice(4 * i, 4 * i + 4).map(Number) as [number, number, number, number];
      return { before, after, gained, lost };
    });
  }

  /** Keys of the first items that meet `has` and not `lacks`. */
  async sample(
    collection: Collection,
    has: readonly [Predicate, RequestScope],
    lacks: readonly [Predicate, RequestScope],
  ): Promise<Json[]> {
    const key = collection.fields.get(collection.primaryKey);
    if (!key) return [];
    const rows = await this.#ask(sampleText(this.#store, collection, has, lacks));
    const decode = decoderFor(key.type, this.#store.dialect);
    return (rows ?? []).map(([value]) => (decode ? decode(value) : (value as Json)));
  }

  async #ask({ text, values }: Built): Promise<unknown[][] | null> {
    const key = JSON.stringify([text, values], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    const known = this.#answers.get(key);
    if (known) return known;
    if (this.#now() > this.#until) return null;
    const answer = this.#store.rows(text, values, true).catch((error: unknown) => {
      // Cancelled, or more than a statement may look at.
      if (error instanceof ApiError) return null;
      throw error;
    });
    this.#answers.set(key, answer);
    return answer;
  }
}

/** Emits conditions whose variables take their values at once, so that one statement can be about two callers. */
class Emitter {
  readonly writer: StatementWriter;

  constructor(store: Store) {
    this.writer = new StatementWriter(store.dialect);
  }

  /** 1 where it holds, else 0. */
  bit(alias: string, predicate: Predicate, scope: RequestScope): string {
    const { parameters } = this.writer;
    const from = parameters.length;
    const text = emitPredicate(this.writer, alias, predicate);
    for (let i = from; i < parameters.length; i++) {
      const parameter = parameters[i];
      if (typeof parameter === 'function') parameters[i] = parameter(scope);
    }
    return `case when ${text} then 1 else 0 end`;
  }

  finish(text: string): Built {
    return { text, values: this.writer.parameters as SqlValue[] };
  }
}

function countText(store: Store, collection: Collection, pairs: readonly Pair[], scopes: Scopes): Built {
  const emitter = new Emitter(store);
  const alias = emitter.writer.alias();
  const bits = pairs.flatMap(({ before, after }, i) => [
    `${emitter.bit(alias, before, scopes.before)} as b${i}`,
    `${emitter.bit(alias, after, scopes.after)} as a${i}`,
  ]);
  const sums = pairs.flatMap((_, i) =>
    [`b${i}`, `a${i}`, `a${i} * (1 - b${i})`, `b${i} * (1 - a${i})`].map((sum) => `coalesce(sum(${sum}), 0)`),
  );
  const rows = `(select ${bits.join(', ')} from ${quote(collection.name)} ${alias}) judged`;
  return emitter.finish(`select ${sums.join(', ')} from ${rows}`);
}

function sampleText(
  store: Store,
  collection: Collection,
  has: readonly [Predicate, RequestScope],
  lacks: readonly [Predicate, RequestScope],
): Built {
  const emitter = new Emitter(store);
  const alias = emitter.writer.alias();
  const conditions = [`${emitter.bit(alias, ...has)} = 1`, `${emitter.bit(alias, ...lacks)} = 0`];
  const key = `${alias}.${quote(collection.primaryKey)}`;
  const isBig = collection.fields.get(collection.primaryKey)?.type === 'bigInteger';
  const shown = isBig ? `cast(${key} as text)` : key;
  return emitter.finish(
    `select ${shown} from ${quote(collection.name)} ${alias} where ${conditions.join(' and ')} order by ${key} limit ${SAMPLES}`,
  );
}

/** Every variable in a condition, through relations too. */
export function variablesOf(predicate: Predicate): Variable[] {
  const found: Variable[] = [];
  JSON.stringify(predicate, (_key, value: unknown) => {
    if (value !== null && typeof value === 'object' && 'variable' in value) found.push(value.variable as Variable);
    return value;
  });
  return found;
}

/** Every table that a condition looks into, beside its own. */
export function tablesOf(predicate: Predicate): Set<string> {
  const found = new Set<string>();
  JSON.stringify(predicate, (key, value: unknown) => {
    if (key === 'rows' && value !== null && typeof value === 'object' && 'table' in value)
      found.add(String(value.table));
    return value;
  });
  return found;
}
