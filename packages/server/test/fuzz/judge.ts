import { type ErrorCode, STATUS_BY_CODE } from '../../src/wire/codes.ts';
import { codeOf, type PlainAnswer } from '../plain-request.ts';

/** Words that only the inside of the server knows: stack traces, files, the database's own messages. None is sent by the fuzz. */
const INSIDE = [
  /\n\s+at /,
  /\bat [\w.<>]+ \(/,
  /node_modules|packages\/server|\/tmp\/|file:\/\/|\.ts:\d+/,
  /SQLITE_[A-Z]|SqliteError|near "|no such (column|table|function)|unrecognized token|syntax error/,
  /does not exist at character|relation "[^"]*" does not exist|column "[^"]*" does not exist|operator does not exist|invalid input syntax/,
  /invalid byte sequence|unsupported Unicode escape|could not determine data type|bind message supplies/,
  /\bselect "|\binsert into "/,
  /\$argon2/,
  /Cannot read propert|is not a function\b(?! call)|is not iterable|undefined \(reading|Maximum call stack|Converting circular/,
];

/**
 * What is wrong with an answer, or null. Right is: a success, a 4xx that says its code and nothing of the inside, or a 503
 * of a service that is not set up.
 */
export function fault(answer: PlainAnswer, method: string): string | null {
  const { status, text } = answer;
  if (status >= 500 && codeOf(answer) !== 'SERVICE_UNAVAILABLE') return `status ${status}`;
  if (status < 400) return null;
  if (method === 'HEAD') return null;
  const leaked = INSIDE.find((pattern) => pattern.test(text));
  if (leaked) return `it shows the inside of the server (${leaked})`;
  return codeFault(status, text);
}

function codeFault(status: number, text: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `status ${status} without JSON`;
  }
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (!Array.isArray(errors) || errors.length === 0) return `status ${status} without errors`;
  const wrong = errors.find((entry) => !isCoded(entry));
  if (wrong !== undefined) return `an error without message or known code: ${JSON.stringify(wrong)}`;
  const code = (errors[0] as { extensions: { code: ErrorCode } }).extensions.code;
  return STATUS_BY_CODE[code] === status ? null : `${code} with status ${status}`;
}

function isCoded(entry: unknown): boolean {
  const { message, extensions } = (entry ?? {}) as { message?: unknown; extensions?: { code?: unknown } };
  return (
    typeof message === 'string' &&
    message !== '' &&
    typeof extensions?.code === 'string' &&
    extensions.code in STATUS_BY_CODE
  );
}
