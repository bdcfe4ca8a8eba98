import type { AccessProfile } from '../access/index.ts';
import { InputTypes } from './input-types.ts';
import type { SchemaModel } from './model.ts';
import { OutputTypes } from './output-types.ts';
import { type Place, RootFields, type Roots } from './roots.ts';
import { addSystemRoots, SYSTEM_PLACES } from './system-roots.ts';
import { TypeBook } from './type-book.ts';
import { Visible } from './visible.ts';

/**
 * `items`: the collections of the project, at `/graphql`; `system`: the others and the operations, at `/graphql/system`;
 * `socket`: the first, and following the others too.
 */
export type SchemaScope = 'items' | 'system' | 'socket';

/**
 * The GraphQL schema as the holders of a profile see it. What they may not do is not in it, and neither is anything that
 * would tell that it exists.
 */
export function schemaModel(profile: AccessProfile, scope: SchemaScope): SchemaModel {
  const visible = new Visible(profile);
  const book = new TypeBook();
  const outputs = new OutputTypes(visible, book);
  const inputs = new InputTypes(visible, book);
  const roots = new RootFields(visible, outputs, inputs);
  if (scope === 'system') addSystemRoots(roots, outputs, inputs, visible);
  for (const place of scope === 'system' ? SYSTEM_PLACES : ownPlaces(profile)) roots.add(place);
  if (scope === 'socket') for (const { collection } of SYSTEM_PLACES) roots.addFollowing(collection);
  // GraphQL has no empty types, and no schema without queries.
  if (!hasAny(roots.query)) roots.query._empty = { type: 'Void' };
  return {
    query: defineRoot(book, 'Query', roots.query),
    mutation: hasAny(roots.mutation) ? defineRoot(book, 'Mutation', roots.mutation) : null,
    subscription: hasAny(roots.subscription) ? defineRoot(book, 'Subscription', roots.subscription) : null,
    types: book.finish(),
    roots: roots.meanings,
  };
}

const hasAny = (fields: Roots): boolean => Object.keys(fields).length > 0;

const defineRoot = (book: TypeBook, name: string, fields: Roots): string =>
  book.define(name, () => ({ kind: 'object', fields }));

const ownPlaces = ({ snapshot }: AccessProfile): Place[] =>
  [...snapshot.collections.values()]
    .filter(({ system }) => !system)
    .map(({ name }) => ({
      collection: name,
      root: name,
      actions: ['read', 'create', 'update', 'delete'],
      versions: true,
    }));
