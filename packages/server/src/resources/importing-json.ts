import { invalidPayload } from '../errors/index.ts';

const SPACE = /\s/;

/**
 * The elements of a JSON list that comes in pieces (RFC 8259), each parsed by itself, so that the list is never held as a
 * whole. Throws INVALID_PAYLOAD.
 */
export async function* jsonElements(pieces: AsyncIterable<string>): AsyncGenerator<unknown> {
  const reader = new ListReader();
  for await (const piece of pieces) yield* reader.read(piece);
  reader.end();
}

class ListReader {
  #state: 'before' | 'element' | 'after' = 'before';
  #text = '';
  #depth = 0;
  #inText = false;
  #escaped = false;
  #elements = 0;

  *read(piece: string): Generator<unknown> {
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const c = piece[i] as string;
      if (this.#state !== 'element') {
        if (SPACE.test(c)) continue;
        if (this.#state === 'after' || c !== '[') this.#fail();
        this.#state = 'element';
        from = i + 1;
      } else if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (c === '\\') this.#escaped = true;
        else if (c === '"') this.#inText = false;
      } else if (c === '"') this.#inText = true;
      else if (c === '{' || c === '[') this.#depth += 1;
      else if ((c === '}' || c === ']') && this.#depth > 0) this.#depth -= 1;
      else if (this.#depth === 0 && (c === ',' || c === ']')) {
        this.#text += piece.slice(from, i);
        from = i + 1;
        yield* this.#finish(c === ']');
      }
    }
    if (this.#state === 'element') this.#text += piece.slice(from);
  }

  end(): void {
    if (this.#state !== 'after') this.#fail();
  }

  *#finish(isLast: boolean): Generator<unknown> {
    const text = this.#text.trim();
    this.#text = '';
    if (isLast) this.#state = 'after';
    if (isLast && text === '' && this.#elements === 0) return;
    this.#elements += 1;
    yield this.#parse(text);
  }

  #parse(text: string): unknown {
    try {
      return HOSTILE.test(text) ? JSON.parse(text, refuseHostile) : JSON.parse(text);
    } catch (error) {
      throw invalidPayload(`The file is no valid JSON: element ${this.#elements} can't be read.`, error);
    }
  }

  #fail(): never {
    throw invalidPayload('The file has to be a JSON list.');
  }
}

const HOSTILE = /__proto__|\\u/;

/** Such keys have no honest use, and code that copies objects may be fooled by them. */
function refuseHostile(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('a key that is not allowed');
  return value;
}
