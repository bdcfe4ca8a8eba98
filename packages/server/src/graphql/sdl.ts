import type { FieldModel, SchemaModel, TypeModel, TypeNames } from './model.ts';

/** The schema in the schema definition language (GraphQL October 2021, section 3), types by name. */
export function printSchema({ query, mutation, subscription, types }: SchemaModel): string {
  const roots = { query, mutation, subscription };
  const schema = Object.entries(roots).flatMap(([kind, name]) => (name ? [`  ${kind}: ${name}`] : []));
  const names = [...types.keys()].sort();
  return [`schema ${block(schema)}`, ...names.map((name) => printType(name, types.get(name) as TypeModel))]
    .map((definition) => `${definition}\n`)
    .join('\n');
}

function printType(name: string, type: TypeModel): string {
  switch (type.kind) {
    case 'scalar':
      return `scalar ${name}`;
    case 'enum':
      return `enum ${name} ${block(type.values.map((value) => `  ${value}`))}`;
    case 'union':
      return `union ${name} = ${type.members.join(' | ')}`;
    case 'object':
      return `type ${name} ${block(Object.entries(type.fields).map(([field, model]) => printField(field, model)))}`;
    case 'input':
      return `input ${name} ${block(namesAndTypes(type.fields).map((line) => `  ${line}`))}`;
  }
}

function printField(name: string, { type, args }: FieldModel): string {
  const list = namesAndTypes(args ?? {});
  return `  ${name}${list.length > 0 ? `(${list.join(', ')})` : ''}: ${type}`;
}

const namesAndTypes = (types: TypeNames): string[] => Object.entries(types).map(([name, type]) => `${name}: ${type}`);

const block = (lines: readonly string[]): string => `{\n${lines.join('\n')}\n}`;
