import { type ErrorCode, type Json, STATUS_BY_CODE, type WireError } from '../wire/index.ts';

/**
 * An error that may be shown to a caller. `message` and `extensions` are public; `cause` is for the log only and never
 * leaves the process.
 */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly extensions: Record<string, Json | undefined>;

  constructor(code: ErrorCode, message: string, extensions: Record<string, Json | undefined> = {}, cause?: unknown) {
    const { stackTraceLimit } = Error;
    // An answer to a caller is no fault: nobody reads its stack, and taking one costs more than the rest of a refusal.
    if (STATUS_BY_CODE[code] < 500) Error.stackTraceLimit = 0;
    super(message, cause === undefined ? undefined : { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'ApiError';
    this.code = code;
    this.status = STATUS_BY_CODE[code];
    this.extensions = extensions;
  }

  toWire(): WireError {
    return { message: this.message, extensions: { ...this.extensions, code: this.code } };
  }
}

/** Several errors of one request, such as one per field that failed validation. Answers with the status of the first. */
export class ApiErrors extends Error {
  readonly errors: readonly ApiError[];

  constructor(errors: readonly ApiError[]) {
    super(errors.map((error) => error.message).join(' '));
    this.name = 'ApiErrors';
    this.errors = errors;
  }
}

/** Throws nothing for an empty list, the error itself for one, all of them together for several. */
export function throwAll(errors: readonly ApiError[]): void {
  const first = errors[0];
  if (first && errors.length === 1) throw first;
  if (first) throw new ApiErrors(errors);
}
