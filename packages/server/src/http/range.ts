import { ApiError } from '../errors/index.ts';
import type { ByteRange } from '../files/index.ts';

/**
 * The bytes that a `Range` header asks for (RFC 9110 §14.1), or null for all of them: without a header, for units and forms
 * that are not understood, and for several ranges, as the standard allows. Throws RANGE_NOT_SATISFIABLE.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | null {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    if (length === 0) throw notSatisfiable(null, Number(last));
    return { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? null : Number(last);
  if (end !== null && end < start) return null;
  if (start >= sizeBytes) throw notSatisfiable(start, end);
  return { start, end: Math.min(end ?? sizeBytes - 1, sizeBytes - 1) };
}

const notSatisfiable = (start: number | null, end: number | null): ApiError =>
  new ApiError('RANGE_NOT_SATISFIABLE', 'The file does not have these bytes.', { range: { start, end } });
