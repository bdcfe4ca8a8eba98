import { SYSTEM } from '../../access/index.ts';
import type { Permission } from '../../access/model.ts';
import type { RequestScope } from '../../access/scope.ts';
import type { ItemWriter, Key } from '../../items/index.ts';
import { presetValue } from '../../items/payload-rules.ts';
import { selectByKeys } from '../../items/rows.ts';
import type { Collection } from '../../schema/types.ts';
import { emitPredicate, type Predicate } from '../../sql/index.ts';
import type { Reader } from '../../store/types.ts';
import type { Json } from '../../wire/index.ts';
import { tryWrite } from '../rehearse.ts';
import type { TestParts } from './prepare.ts';
import type { Prepared } from './types.ts';

/** What the tests made of a condition. */
export interface Judgement {
  /** It held for an item of some test. */
  readonly held: boolean;
  readonly failed: boolean;
}

/**
 * Judges the conditions of one permission for the items of tests: as they are, and for writes as they would be, which is
 * what validations and rules on creating are about. null among the conditions is judged by nobody.
 */
export async function judge(
  parts: TestParts,
  collection: Collection,
  permission: Permission,
  tests: readonly Prepared[],
  conditions: readonly (Predicate | null)[],
): Promise<Judgement[]> {
  const seen = conditions.map(() => ({ held: false, failed: false }));
  if (conditions.length === 0) return seen;
  const note = (rows: readonly unknown[][]): void => {
    for (const row of rows) {
      for (const [i, value] of row.slice(1).entries()) {
        const judgement = seen[i];
        if (!judgement || !conditions[i]) continue;
        if (value === 1) judgement.held = true;
        else judgement.failed = true;
      }
    }
  };
  for (const prepared of tests) {
    const { scope } = await parts.engine.access(prepared.person.accountability);
    const look = (reader: Reader, keys: readonly Key[]) => judged(parts, reader, collection, conditions, scope, keys);
    if (prepared.keys.length > 0) note(await look(parts.store, prepared.keys));
    note(await written(parts, collection, permission, prepared, scope, look));
  }
  return seen;
}

function judged(
  { store }: TestParts,
  reader: Reader,
  collection: Collection,
  conditions: readonly (Predicate | null)[],
  scope: RequestScope,
  keys: readonly Key[],
): Promise<unknown[][]> {
  return selectByKeys(reader, store.dialect, collection, keys, scope, {
    columns: (writer, alias) => [
      '1',
      ...conditions.map((condition) =>
        condition ? `case when ${emitPredicate(writer, alias, condition)} then 1 else 0 end` : '0',
      ),
    ],
    where: null,
  });
}

/** The items as a create or update would leave them, whoever may do that. */
async function written(
  parts: TestParts,
  { name, primaryKey }: Collection,
  { action, presets }: Permission,
  { payloadFor, keys }: Prepared,
  scope: RequestScope,
  look: (reader: Reader, keys: readonly Key[]) => Promise<unknown[][]>,
): Promise<unknown[][]> {
  if (action !== 'create' && action !== 'update') return [];
  const system = await parts.engine.access(SYSTEM);
  const filled = presetValue((presets ?? {}) as Json, scope) as Record<string, Json>;
  const rows: unknown[][] = [];
  for (const key of action === 'create' ? [null] : keys) {
    const payload = { ...filled, ...payloadFor(key) };
    if (key !== null) delete payload[primaryKey];
    const write = async (writer: ItemWriter): Promise<unknown[][]> => {
      if (key === null) return look(writer.tx, [await writer.create(name, payload)]);
      await writer.update(name, key, payload);
      return look(writer.tx, [key]);
    };
    const tried = await tryWrite(parts, system, write, scope);
    if (tried.kind === 'done') rows.push(...tried.result);
  }
  return rows;
}
