import { type Item, type Output, type Shape, shapeRow } from './shape.ts';

/** Items as they come, for answers that are too long to hold. */
export interface ItemStream {
  /** Where the values of an item are, those of many-to-ones one by one, for formats without nesting; null for groups. */
  readonly columns: readonly (readonly string[])[] | null;
  readonly batches: AsyncIterable<Item[]>;
}

/** Own values first, then those of related items. */
export function columnsOf(shape: Shape, way: readonly string[] = []): string[][] {
  const isOne = (output: Output): boolean => output.kind === 'one';
  const own = shape.outputs.filter((output) => !isOne(output)).map((output) => [...way, output.key]);
  const related = shape.outputs.flatMap((output) =>
    output.kind === 'one' ? columnsOf(output.shape, [...way, output.key]) : [],
  );
  return [...own, ...related];
}

export async function* shaped(rows: AsyncIterable<unknown[][]>, shape: Shape): AsyncGenerator<Item[]> {
  for await (const batch of rows) yield batch.map((row) => shapeRow(shape, row));
}

/** What is short enough is read at once. */
export async function* once(read: () => Promise<Item[]>): AsyncGenerator<Item[]> {
  yield await read();
}
