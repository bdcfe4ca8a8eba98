/**
 * An identifier as SQL text. Quoting is the only way a name of the data model reaches a statement; a NUL byte can't be
 * part of one.
 */
export function quote(name: string): string {
  if (name.includes('\0')) throw new RangeError('an identifier cannot hold a NUL byte');
  return `"${name.replaceAll('"', '""')}"`;
}

/** `alias."column"`; aliases are our own and need no quoting. */
export const columnOf = (alias: string, column: string): string => `${alias}.${quote(column)}`;
