import { serviceUnavailable } from '../../errors/index.ts';
import { ConstraintError } from '../types.ts';

type Kind = ConstraintError['kind'];

const KIND_BY_CODE: Record<string, Kind> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_TRIGGER: 'check',
  SQLITE_CONSTRAINT_DATATYPE: 'invalid-value',
  SQLITE_MISMATCH: 'invalid-value',
  SQLITE_TOOBIG: 'too-long',
};

/** The driver's error as the rest of the server knows it; whatever is not about a constraint or a lock stays as it is. */
export function translateSqliteError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === null) return error;
  const kind = KIND_BY_CODE[code];
  if (kind) return new ConstraintError(kind, ...culprits((error as Error).message), error);
  if (isBusy(error)) return serviceUnavailable('database', 'Another program holds it; try again.', error);
  if (code === 'SQLITE_FULL') return serviceUnavailable('database', 'There is no room left on its disk.', error);
  return error;
}

/** Whether another process holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** `UNIQUE constraint failed: users.email, users.name` → the table and its columns. */
function culprits(message: string): [string | null, string[]] {
  const list = /^(?:UNIQUE|NOT NULL) constraint failed: (?!index )(.+)$/.exec(message)?.[1];
  if (!list) return [null, []];
  const names = list.split(', ').map((name) => {
    const dot = name.indexOf('.');
    return [name.slice(0, dot), name.slice(dot + 1)] as const;
  });
  return [names[0]?.[0] ?? null, names.map(([, column]) => column)];
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}
