import type { ApiError } from '../errors/index.ts';
import { throwAll } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { emitPredicate } from '../sql/index.ts';
import type { WriteContext } from './context.ts';
import type { Key, Payload } from './hooks.ts';
import { selectByKeys, storedColumns, storedFields, storedItem } from './rows.ts';
import { failures, storedRules } from './validate.ts';
import type { Rule, StoredRule } from './validation-types.ts';

/** What of the validations can be told only when the items are stored, with everything nested in them. */
export interface Owed {
  readonly rules: readonly Rule[];
  readonly action: 'create' | 'update';
  readonly written: Payload;
  readonly path: readonly string[];
}

/** Looks at the items as they are now, within the transaction. Throws FAILED_VALIDATION. */
export async function checkRowsAfter(
  context: WriteContext,
  collection: Collection,
  keys: readonly Key[],
  owed: Owed,
): Promise<void> {
  if (owed.rules.length === 0 || keys.length === 0) return;
  const { scope } = context.access;
  const asked = owed.rules.flatMap((rule) => [...storedRules(rule)]);
  const fields = owed.action === 'create' ? [] : storedFields(collection);
  const rows = await selectByKeys(context.tx, context.dialect, collection, keys, scope, {
    columns: (writer, alias) => [
      '1',
      ...asked.map(({ predicate }) => `case when ${emitPredicate(writer, alias, predicate)} then 1 else 0 end`),
      ...storedColumns(fields, context.dialect, alias),
    ],
    where: null,
  });
  const errors = rows.flatMap(([, ...row]) => {
    const answers = new Map<StoredRule, boolean>(asked.map((rule, i) => [rule, row[i] === 1]));
    const stored = owed.action === 'create' ? null : storedItem(fields, row.slice(asked.length), context.dialect);
    const look = { ...owed, collection, scope, stored, holds: (rule: StoredRule) => answers.get(rule) === true };
    return owed.rules.flatMap((rule) => failures(rule, look));
  });
  throwAll(withoutRepeats(errors));
}

export function withoutRepeats(errors: readonly ApiError[]): ApiError[] {
  return [...new Map(errors.map((error) => [JSON.stringify(error.extensions), error])).values()];
}
