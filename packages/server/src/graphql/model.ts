/**
 * A GraphQL schema as plain data. Types are named in GraphQL's own notation (`[books!]!`), so that one description serves
 * the text of the schema and whatever executes it.
 */
export interface SchemaModel {
  readonly query: string;
  /** null when nothing can be changed. */
  readonly mutation: string | null;
  /** null when nothing can be followed. */
  readonly subscription: string | null;
  readonly types: ReadonlyMap<string, TypeModel>;
  /** What the root fields of collections do. */
  readonly roots: ReadonlyMap<string, Root>;
}

/** A root field of a collection. */
export interface Root {
  readonly kind:
    | ReadKind
    | 'create-one'
    | 'create-many'
    | 'update-one'
    | 'update-many'
    | 'update-batch'
    | 'update-singleton'
    | 'delete-one'
    | 'delete-many'
    | 'mutated';
  readonly collection: string;
}

export type ReadKind = 'list' | 'one' | 'version' | 'aggregated';

export type TypeModel =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'union'; readonly members: readonly string[] }
  | { readonly kind: 'object'; readonly fields: FieldModels }
  | { readonly kind: 'input'; readonly fields: TypeNames };

/** The type of each name, in the order of the schema. */
export type TypeNames = Readonly<Record<string, string>>;

export type FieldModels = Readonly<Record<string, FieldModel>>;

export interface FieldModel {
  readonly type: string;
  readonly args?: TypeNames;
}

/** What GraphQL takes as a name (October 2021, 2.1.9); two underscores in front are its own. */
export const isName = (text: string): boolean => /^(?!__)[_A-Za-z][_0-9A-Za-z]*$/.test(text);

/** `[books!]!` is of `books`. */
export const bareName = (type: string): string => type.replace(/[[\]!]/g, '');

/** The names of the types that a type mentions. */
export function mentioned(type: TypeModel): readonly string[] {
  switch (type.kind) {
    case 'scalar':
    case 'enum':
      return [];
    case 'union':
      return type.members;
    case 'input':
      return Object.values(type.fields).map(bareName);
    case 'object':
      return Object.values(type.fields).flatMap(({ type: own, args }) =>
        [own, ...Object.values(args ?? {})].map(bareName),
      );
  }
}
