import { invalidPayload } from '../errors/index.ts';

const MAX_COLUMNS = 2_000;

/** One value of a record; null where nothing stands, not even quotes. */
export type CsvValue = string | null;

/**
 * Reads CSV (RFC 4180, lines ending in any of the usual ways) that comes in pieces. Throws INVALID_PAYLOAD, naming the line.
 */
export async function* csvRecords(pieces: AsyncIterable<string>): AsyncGenerator<CsvValue[]> {
  const reader = new CsvReader();
  for await (const piece of pieces) yield* reader.read(piece);
  yield* reader.end();
}

class CsvReader {
  #record: CsvValue[] = [];
  #text = '';
  /** Where in a value the reader is: before it, in a plain one, in a quoted one, after a quote in a quoted one. */
  #state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  #line = 1;
  #afterReturn = false;

  *read(piece: string): Generator<CsvValue[]> {
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const c = piece[i] as string;
      if (c === '\n' && this.#afterReturn) {
        this.#afterReturn = false;
        from = i + 1;
        continue;
      }
      this.#afterReturn = false;
      if (this.#state === 'quoted') {
        if (c === '\n') this.#line += 1;
        if (c !== '"') continue;
        this.#text += piece.slice(from, i);
        this.#state = 'quote';
        from = i + 1;
      } else if (c === '"') {
        if (this.#state === 'plain') this.#fail('a quote stands inside a value');
        // A doubled quote is one of the text.
        if (this.#state === 'quote') this.#text += '"';
        this.#state = 'quoted';
        from = i + 1;
      } else if (c === ',' || c === '\n' || c === '\r') {
        this.#endValue(piece.slice(from, i));
        from = i + 1;
        if (c === ',') continue;
        this.#afterReturn = c === '\r';
        this.#line += 1;
        yield* this.#endRecord();
      } else if (this.#state === 'quote') this.#fail('something stands behind the quotes of a value');
      else this.#state = 'plain';
    }
    if (this.#state === 'plain' || this.#state === 'quoted') this.#text += piece.slice(from);
  }

  *end(): Generator<CsvValue[]> {
    if (this.#state === 'quoted') this.#fail('the quotes of a value are not closed');
    if (this.#state === 'start' && this.#record.length === 0) return;
    this.#endValue('');
    yield* this.#endRecord();
  }

  #endValue(rest: string): void {
    const quoted = this.#state === 'quote';
    const text = quoted ? this.#text : this.#text + rest;
    this.#record.push(!quoted && text === '' ? null : text);
    if (this.#record.length > MAX_COLUMNS) this.#fail(`there are more than ${MAX_COLUMNS} values`);
    this.#text = '';
    this.#state = 'start';
  }

  /** Empty lines are no records. */
  *#endRecord(): Generator<CsvValue[]> {
    const record = this.#record;
    this.#record = [];
    if (record.length > 1 || record[0] !== null) yield record;
  }

  #fail(reason: string): never {
    throw invalidPayload(`The file is no valid CSV: in line ${this.#line} ${reason}.`);
  }
}
