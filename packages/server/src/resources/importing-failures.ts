import { ApiError, ApiErrors, throwAll } from '../errors/index.ts';

/** After these the next row can still be tried; after others the database takes nothing more in this transaction. */
const GO_ON: ReadonlySet<string> = new Set(['FAILED_VALIDATION', 'INVALID_PAYLOAD']);

/** What was wrong with the rows of an import, the same failure once with all its rows. */
export class ImportFailures {
  readonly #max: number;
  readonly #failures = new Map<string, { error: ApiError; rows: number[] }>();
  #count = 0;
  #over = false;

  constructor(max: number) {
    this.#max = max;
  }

  /** Whether looking at more rows is no use. */
  get isOver(): boolean {
    return this.#over;
  }

  /** Takes note of what a row failed with. Throws what is not about the row, such as a missing permission. */
  add(error: unknown, row: number): void {
    const errors = error instanceof ApiErrors ? error.errors : error instanceof ApiError ? [error] : [];
    if (errors.length === 0 && this.#count > 0) {
      this.#over = true; // what the database refused in a row before
      return;
    }
    if (errors.length === 0 || errors.some((one) => one.status === 403 || one.status >= 500)) throw error;
    for (const one of errors) this.#note(one, row);
    if (this.#count >= this.#max || errors.some((one) => !GO_ON.has(one.code))) this.#over = true;
  }

  /** Throws all failures, if there are any. */
  throw(): void {
    throwAll(
      [...this.#failures.values()].map(({ error, rows }) => {
        const { path: _, ...extensions } = error.extensions;
        return new ApiError(error.code, error.message, { ...extensions, rows: [{ type: 'lines', rows }] });
      }),
    );
  }

  #note(error: ApiError, row: number): void {
    if (this.#count >= this.#max) return;
    this.#count += 1;
    const key = `${error.code} ${JSON.stringify(error.extensions)}`;
    const known = this.#failures.get(key);
    if (known) known.rows.push(row);
    else this.#failures.set(key, { error, rows: [row] });
  }
}
