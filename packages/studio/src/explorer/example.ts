import { type Description, referred, type Schema } from './description.ts';

/** Deeper schemas are left out; those of items refer to each other. */
const MAX_DEPTH = 5;

const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'somebody@example.com',
  uri: 'https://example.com',
};

/** A value that fits a schema, to start from. What only the server writes is left out. */
export function exampleOf(description: Description, schema: Schema, depth = 0): unknown {
  if (depth > MAX_DEPTH) return null;
  const inner = (part: Schema): unknown => exampleOf(description, part, depth + 1);
  if (schema.$ref !== undefined) return inner((referred(description, schema.$ref) ?? {}) as Schema);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum?.length) return schema.enum[0];
  const either = (schema.oneOf ?? schema.anyOf)?.[0];
  if (either) return inner(either);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(inner));
  if (schema.type === 'array') return schema.items ? [inner(schema.items)] : [];
  if (schema.type === 'object' || schema.properties) {
    const fields = Object.entries(schema.properties ?? {}).filter(([, field]) => !field.readOnly);
    return Object.fromEntries(fields.map(([name, field]) => [name, inner(field)]));
  }
  return plainExample(schema);
}

function plainExample({ type, format = '' }: Schema): unknown {
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return false;
  return type === 'string' ? (TEXTS[format] ?? 'text') : null;
}
