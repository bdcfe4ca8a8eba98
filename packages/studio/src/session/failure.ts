/** What the API answered instead of what was asked for. */
export interface Failure {
  /** `FORBIDDEN`, `FAILED_VALIDATION` and the like; `UNREACHABLE` when no answer came. */
  readonly code: string;
  readonly message: string;
  /** The status of HTTP; 0 when no answer came. */
  readonly status: number;
  /** The field at fault, where the API names one. */
  readonly field: string | null;
  readonly extensions: Readonly<Record<string, unknown>>;
}

interface WireError {
  readonly message?: string;
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string; readonly field?: unknown };
}

/** Every error of an answer, or one that says that there was no answer. */
export function failuresOf(error: unknown): readonly Failure[] {
  const { errors, response } = (error ?? {}) as { errors?: readonly WireError[]; response?: Response };
  if (!Array.isArray(errors) || errors.length === 0) return [unanswered(error, response)];
  return errors.map(({ message = '', extensions = {} }: WireError) => ({
    code: extensions.code ?? 'INTERNAL_SERVER_ERROR',
    message,
    status: response?.status ?? 0,
    field: typeof extensions.field === 'string' ? extensions.field : null,
    extensions,
  }));
}

export const failureOf = (error: unknown): Failure => failuresOf(error)[0] as Failure;

function unanswered(error: unknown, response: Response | undefined): Failure {
  const message = error instanceof Error ? error.message : 'The server did not answer.';
  return { code: 'UNREACHABLE', message, status: response?.status ?? 0, field: null, extensions: {} };
}
