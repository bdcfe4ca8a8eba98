import { invalidPayload } from '../../errors/index.ts';
import type { DialectName } from '../../sql/index.ts';
import type { FieldType } from '../../wire/index.ts';
import type { Collection } from '../types.ts';

/** Types whose columns can be compared with each other by a foreign key. */
function familyOf(type: FieldType, dialect: DialectName): string {
  if (type === 'integer' || type === 'bigInteger') return 'whole';
  if (type === 'string' || type === 'text') return 'text';
  // On SQLite a UUID is a text of 36 characters, and older databases declare it as just that.
  if (type === 'uuid') return dialect === 'sqlite' ? 'text' : 'uuid';
  return type;
}

/** A foreign key needs a column of the kind that it refers to. */
export function assertJoinable(
  column: { readonly name: string; readonly type: FieldType },
  related: Collection | undefined,
  dialect: DialectName,
): void {
  const key = related?.fields.get(related.primaryKey);
  if (!related || !key || familyOf(key.type, dialect) === familyOf(column.type, dialect)) return;
  throw invalidPayload(
    `"${column.name}" of type "${column.type}" can't refer to "${related.name}", whose key is of type "${key.type}".`,
  );
}
