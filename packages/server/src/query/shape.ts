import type { Decoder } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

/** How the values of one row become an object of the answer; values and outputs stand in the same order. */
export interface Shape {
  readonly outputs: readonly Output[];
  /** Rows have more values than the database takes in one JSON array, so these hold arrays of up to this many. */
  readonly chunk: number | null;
}

export type Output =
  | { readonly kind: 'value'; readonly key: string; readonly decode: Decoder | null }
  /** Set or not is all that is shown. */
  | { readonly kind: 'concealed'; readonly key: string }
  | { readonly kind: 'one'; readonly key: string; readonly shape: Shape }
  | { readonly kind: 'many'; readonly key: string; readonly shape: Shape }
  /** Keys of related rows. */
  | { readonly kind: 'keys'; readonly key: string; readonly decode: Decoder | null }
  /** One of several collections: the first branch that has a row. */
  | {
      readonly kind: 'any';
      readonly key: string;
      readonly branches: readonly Shape[];
      readonly decode: Decoder | null;
    };

export type Item = Record<string, Json>;

export const CONCEALED = '**********';

export function shapeRow(shape: Shape, values: readonly unknown[]): Item {
  const { outputs } = shape;
  const item: Item = {};
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs[i] as Output;
    const raw = values[i];
    item[output.key] = raw === null || raw === undefined ? null : shapeValue(output, raw);
  }
  return item;
}

function shapeValue(output: Output, raw: unknown): Json {
  switch (output.kind) {
    case 'value':
      return output.decode ? output.decode(raw) : (raw as Json);
    case 'concealed':
      return CONCEALED;
    case 'one':
      return shapeNested(output.shape, parsed(raw));
    case 'many':
      return (parsed(raw) as unknown[][]).map((row) => shapeNested(output.shape, row));
    case 'keys': {
      const { decode } = output;
      return (parsed(raw) as Json[]).map((key) => (key === null || !decode ? key : decode(key)));
    }
    case 'any':
      return shapeAny(output, parsed(raw));
  }
}

/** SQLite gives JSON as text at the top; inside it, and on PostgreSQL, it is parsed already. */
const parsed = (raw: unknown): unknown[] => (typeof raw === 'string' ? JSON.parse(raw) : raw) as unknown[];

function shapeNested(shape: Shape, values: readonly unknown[]): Item {
  return shapeRow(shape, shape.chunk === null ? values : (values.flat() as unknown[]));
}

/** The last value is the bare key, for a row that no branch could show. */
function shapeAny(output: Output & { kind: 'any' }, values: unknown[]): Json {
  for (let i = 0; i < output.branches.length; i++) {
    const row = values[i];
    if (row !== null && row !== undefined) return shapeNested(output.branches[i] as Shape, parsed(row));
  }
  return null;
}
