import { setImmediate as others } from 'node:timers/promises';
import type { ItemStream } from '../query/index.ts';
import { type Format, flatColumns } from './exporting-formats.ts';

/** Items written before others get their turn. */
const SLICE = 200;

/** A list of items as text, in pieces; no more than a batch of items is in memory. */
export async function* exportText({ columns, batches }: ItemStream, format: Format): AsyncGenerator<string> {
  let known = columns;
  let isEmpty = true;
  for await (const items of batches) {
    known ??= flatColumns(items);
    for (let i = 0; i < items.length; i += SLICE) {
      let text = '';
      for (const item of items.slice(i, i + SLICE)) {
        if (isEmpty) text += format.begin(known);
        text += format.item(item, known, isEmpty);
        isEmpty = false;
      }
      yield text;
      await others();
    }
  }
  yield format.end(isEmpty);
}
