import { serviceUnavailable } from '../../errors/index.ts';
import { ConstraintError } from '../types.ts';

const KIND_BY_STATE: Record<string, ConstraintError['kind']> = {
  '23505': 'unique',
  '23P01': 'unique',
  '23503': 'foreign-key',
  '23502': 'not-null',
  '23514': 'check',
  '22001': 'too-long',
  '22003': 'out-of-range',
  '22007': 'invalid-value',
  '22008': 'invalid-value',
  '22021': 'invalid-value', // a NUL byte in a text
  '22P02': 'invalid-value',
  '22P03': 'invalid-value',
  '22P05': 'invalid-value', // \u0000 in a jsonb
};

const REASON_BY_STATE: Record<string, string> = {
  '40001': 'Another write came between; try again.',
  '40P01': 'Another write came between; try again.',
  '53300': 'It has no connection left.',
  '57014': 'The statement took too long.',
  '25P03': 'The transaction took too long.',
};

interface PostgresFields {
  code?: string;
  table?: string;
  column?: string;
  detail?: string;
}

/** The driver's error as the rest of the server knows it; whatever is not about a constraint or a lock stays as it is. */
export function translatePostgresError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const fields = error as Error & PostgresFields;
  const kind = KIND_BY_STATE[fields.code ?? ''];
  if (kind) return new ConstraintError(kind, tableOf(fields), columnsOf(fields), error);
  const reason = REASON_BY_STATE[fields.code ?? ''];
  if (reason) return serviceUnavailable('database', reason, error);
  if (error.message === 'timeout exceeded when trying to connect') {
    return serviceUnavailable('database', 'No connection became free in time.', error);
  }
  if (isConnectionLost(error)) return serviceUnavailable('database', 'The connection to it was lost.', error);
  return error;
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // its socket file
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether the statement may not have reached the database at all, or its answer not us. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as Error & PostgresFields).code ?? '';
  return (
    NETWORK_CODES.has(code) ||
    /^(08...|57P0[123])$/.test(code) ||
    /^Connection terminated|not queryable|^Client was closed/.test(error.message)
  );
}

/** Whether a prepared statement no longer fits the tables, which somebody else changed. */
export function isStalePlan(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as Error & PostgresFields;
  return code === '0A000' && message.includes('cached plan');
}

/** Whether the statement was to be prepared by one ahead of it in the line, and that one failed. */
export function isUnprepared(error: unknown): boolean {
  return error instanceof Error && (error as Error & PostgresFields).code === '26000';
}

/** When a row is still referred to, the driver names the table that refers; the columns in the detail are the other's. */
function tableOf(fields: Error & PostgresFields): string | null {
  return /^update or delete on table "(.+?)" violates/.exec(fields.message)?.[1] ?? fields.table ?? null;
}

/** `Key (email, name)=(…) already exists.` → its columns. */
function columnsOf(fields: PostgresFields): string[] {
  if (fields.column) return [fields.column];
  const list = /^Key \((.+?)\)=\(/.exec(fields.detail ?? '')?.[1];
  return list ? list.split(', ').map((name) => name.replace(/^"|"$/g, '')) : [];
}
