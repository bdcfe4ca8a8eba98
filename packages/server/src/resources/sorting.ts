import type { Access, CollectionAccess } from '../access/index.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import { type Key, type Payload, readKey, sameKey } from '../items/index.ts';
import { selectByKeys } from '../items/rows.ts';
import { allOf, bindings, emitPredicate, type Predicate, quote, StatementWriter } from '../sql/index.ts';
import type { Store, Transaction } from '../store/types.ts';

interface Sorted {
  readonly tx: Transaction;
  readonly store: Store;
  readonly access: Access;
  readonly allowed: CollectionAccess;
  /** The sort field, quoted. */
  readonly sort: string;
  /** Which items the caller may give another place; null when all. */
  readonly reach: Predicate | null;
}

/**
 * Moves an item to the place of another one; those between move up or down by one. Each item whose place changes has to be
 * one whose sort field the caller may write, or the answer is FORBIDDEN. Items without a place, or that share one, get
 * places first. Throws INVALID_PAYLOAD where the collection has no sort field.
 */
export async function sortItem(store: Store, access: Access, name: string, body: Payload): Promise<void> {
  const allowed = access.profile.require(name, 'update');
  const { collection } = allowed;
  if (collection.system) throw forbidden();
  const field = collection.fields.get(collection.sortField ?? '');
  if (!field?.column) throw invalidPayload(`"${name}" has no sort field.`);
  if (body.item === undefined || body.to === undefined) throw invalidPayload('"item" and "to" are required.');
  const condition = allowed.fields.get(field.name);
  if (condition === undefined) throw forbidden();
  const [item, to] = [readKey(collection, body.item), readKey(collection, body.to)];
  const conditions = [allowed.rows, condition].filter((part) => part !== null);
  const reach = conditions.length > 0 ? allOf(conditions) : null;
  await store.transaction(async (tx) => {
    const sorted: Sorted = { tx, store, access, allowed, sort: quote(field.name), reach };
    if (store.dialect === 'postgres') await tx.exec(`lock table ${quote(name)} in share row exclusive mode`);
    await requireReach(sorted, [item, to]);
    await givePlaces(sorted);
    await move(sorted, item, to);
  });
}

async function requireReach({ tx, store, access, allowed, reach }: Sorted, keys: readonly Key[]): Promise<void> {
  const wanted = keys.filter((key, i) => keys.findIndex((other) => sameKey(other, key)) === i);
  const parts = { columns: () => ['1'], where: reach };
  const rows = await selectByKeys(tx, store.dialect, allowed.collection, wanted, access.scope, parts);
  if (rows.length !== wanted.length) throw forbidden();
}

/** Numbers all items from 1, in the order they have, where that order is not decided. */
async function givePlaces(sorted: Sorted): Promise<void> {
  const { tx, sort, allowed } = sorted;
  const table = quote(allowed.collection.name);
  const key = quote(allowed.collection.primaryKey);
  const [counts = []] = await tx.rows(`select count(*), count(distinct ${sort}) from ${table}`);
  if (Number(counts[0]) === Number(counts[1])) return;
  await refuseBeyondReach(sorted, () => '1 = 1');
  await tx.run(`update ${table} set ${sort} = n.place
    from (select ${key} as id, row_number() over (order by ${sort} is null, ${sort}, ${key}) as place from ${table}) n
    where n.id = ${table}.${key}`);
}

async function move(sorted: Sorted, item: Key, to: Key): Promise<void> {
  const { tx, store, sort, allowed } = sorted;
  const table = quote(allowed.collection.name);
  const key = quote(allowed.collection.primaryKey);
  const at = (n: number): string => store.placeholder(n);
  const placeOf = async (one: Key): Promise<number> => {
    const [row] = await tx.rows(`select ${sort} from ${table} where ${key} = ${at(1)}`, [one]);
    return Number(row?.[0]);
  };
  const [from, target] = [await placeOf(item), await placeOf(to)];
  const [low, high] = [Math.min(from, target), Math.max(from, target)];
  await refuseBeyondReach(sorted, (writer) => `${sort} between ${writer.bind(low)} and ${writer.bind(high)}`);
  const step = from < target ? '- 1' : '+ 1';
  await tx.run(`update ${table} set ${sort} = ${sort} ${step} where ${sort} between ${at(1)} and ${at(2)}`, [
    low,
    high,
  ]);
  await tx.run(`update ${table} set ${sort} = ${at(1)} where ${key} = ${at(2)}`, [target, item]);
}

/** Throws FORBIDDEN when an item whose place changes is out of reach. */
async function refuseBeyondReach(sorted: Sorted, changing: (writer: StatementWriter) => string): Promise<void> {
  const { tx, store, access, allowed, reach } = sorted;
  if (!reach) return;
  const writer = new StatementWriter(store.dialect);
  const alias = writer.alias();
  const condition = changing(writer);
  const inReach = emitPredicate(writer, alias, reach);
  const text = `select 1 from ${quote(allowed.collection.name)} ${alias}
    where ${condition} and case when ${inReach} then 0 else 1 end = 1 limit 1`;
  const rows = await tx.rows(text, bindings(writer.finish(text), access.scope));
  if (rows.length > 0) throw forbidden();
}
