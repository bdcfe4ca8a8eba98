/**
 * Something that a person can be told: `code` is that of the API (INVALID_CREDENTIALS, INVALID_OTP, …), or API_UNREACHABLE,
 * or FOREIGN_ORIGIN. Holds no token.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: string;
  /** The HTTP status that fits. */
  readonly status: number;

  constructor(code: string, status: number, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
  }
}

export const unreachable = (cause?: unknown): SessionError =>
  new SessionError('API_UNREACHABLE', 503, 'The API can’t be reached.', cause);
