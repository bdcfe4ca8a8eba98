import type { CollectionAccess } from '../access/index.ts';
import type { Field } from '../schema/types.ts';
import type { TypeNames } from './model.ts';
import type { TypeBook } from './type-book.ts';
import { valueType } from './value-types.ts';
import type { Visible } from './visible.ts';

type Writing = 'create' | 'update';

/** The types of what is written into a collection. */
export class InputTypes {
  readonly #visible: Visible;
  readonly #book: TypeBook;

  constructor(visible: Visible, book: TypeBook) {
    this.#visible = visible;
    this.#book = book;
  }

  /** `create_books_input`, or null when nothing can be written. */
  of(collection: string, action: Writing): string | null {
    const access = this.#visible.access(collection, action);
    if (!access || !this.#visible.writable(collection, action)) return null;
    return this.#book.define(`${action}_${collection}_input`, () => ({
      kind: 'input',
      fields: this.#fields(access, action),
    }));
  }

  #fields(access: CollectionAccess, action: Writing): TypeNames {
    const fields: Record<string, string> = {};
    for (const field of this.#visible.inputFields(access)) {
      const type = this.#type(field, access, action);
      if (type) fields[field.name] = type + (action === 'create' && isRequired(field, access) ? '!' : '');
    }
    return fields;
  }

  #type(field: Field, { collection }: CollectionAccess, action: Writing): string | null {
    const { relation, name } = field;
    if (relation?.kind === 'o2m') {
      const items = this.#related(relation.collection, action);
      return items && `[${items}]`;
    }
    if (relation?.kind === 'm2o') return this.#related(relation.collection, action) ?? 'ID';
    if (relation?.kind === 'm2a') return 'String';
    return name === collection.primaryKey ? 'ID' : valueType(field);
  }

  /** Related items are written like the one that leads to them, as far as that is allowed. */
  #related(collection: string, action: Writing): string | null {
    return this.of(collection, action) ?? this.of(collection, action === 'create' ? 'update' : 'create');
  }
}

/** Whether an item can't be without it. Parents are known when an item is written inside another. */
function isRequired({ name, column, relation, special }: Field, { presets }: CollectionAccess): boolean {
  if (!column || relation || column.nullable || column.autoIncrement || column.defaultValue !== null) return false;
  const filled = special.some((one) => one === 'uuid' || /^(date|user|role)-(created|updated)$/.test(one));
  return !filled && !Object.hasOwn(presets, name);
}
