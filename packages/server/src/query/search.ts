import { columnOf, type Guard } from '../access/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import { anyOf, type CompareOperator, encode, type Predicate, UnfitValue } from '../sql/index.ts';

/** Looks for a text in the text fields that the caller may see, and for the same number or UUID in the others. */
export function searchPredicate(collection: Collection, text: string, guard: Guard): Predicate {
  const parts: Predicate[] = [];
  for (const field of collection.fields.values()) {
    if (!field.column || !field.searchable || field.concealed || field.hashed) continue;
    const operator = operatorFor(field, text);
    if (!operator || !guard.readable(collection, field.name)) continue;
    parts.push({
      kind: 'compare',
      left: columnOf(field, guard.field(collection, field.name)),
      type: field.type,
      operator,
      right: { kind: 'literal', value: text },
      closed: false,
    });
  }
  return anyOf(parts);
}

function operatorFor(field: Field, text: string): CompareOperator | null {
  switch (field.type) {
    case 'string':
    case 'text':
      return 'icontains';
    case 'integer':
    case 'bigInteger':
    case 'float':
    case 'decimal':
    case 'uuid':
      return fits(field, text) ? 'eq' : null;
    default:
      return null;
  }
}

function fits(field: Field, text: string): boolean {
  try {
    // What is too large for an integer is found in none.
    encode(field.type === 'integer' ? 'bigInteger' : field.type, text, 'sqlite');
    return true;
  } catch (error) {
    if (error instanceof UnfitValue) return false;
    throw error;
  }
}
