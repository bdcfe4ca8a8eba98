import type { SystemColumn } from '../system-tables.types.ts';

type Options = Partial<Omit<SystemColumn, 'name' | 'type'>>;

/** Not null. */
export const REQUIRED: Options = { nullable: false };

export const varchar = (name: string, length: number, options: Options = {}): SystemColumn => ({
  name,
  type: 'string',
  length,
  nullable: true,
  ...options,
});

export const text = (name: string, options: Options = {}): SystemColumn => ({
  name,
  type: 'text',
  nullable: true,
  ...options,
});

export const integer = (name: string, options: Options = {}): SystemColumn => ({
  name,
  type: 'integer',
  nullable: true,
  ...options,
});

export const boolean = (name: string, byDefault: boolean, options: Options = REQUIRED): SystemColumn => ({
  name,
  type: 'boolean',
  nullable: true,
  default: byDefault,
  special: ['cast-boolean'],
  ...options,
});

export const json = (name: string, ...special: string[]): SystemColumn => ({
  name,
  type: 'json',
  nullable: true,
  special: ['cast-json', ...special],
});

/** Values joined by commas, in a text column. */
export const csv = (name: string, options: Options = {}): SystemColumn => ({
  name,
  type: 'csv',
  nullable: true,
  special: ['cast-csv'],
  ...options,
});

export const uuid = (name: string, options: Options = {}): SystemColumn => ({
  name,
  type: 'uuid',
  nullable: true,
  ...options,
});

export const timestamp = (name: string, special: string[] = [], options: Options = {}): SystemColumn => ({
  name,
  type: 'timestamp',
  nullable: true,
  special: [...special, 'cast-timestamp'],
  ...options,
});

export const NOW = { sql: 'CURRENT_TIMESTAMP' };

export const createdAt = (name = 'date_created'): SystemColumn => timestamp(name, ['date-created'], { default: NOW });

/** A key that is generated: a UUID. */
export const uuidKey: SystemColumn = uuid('id', { nullable: false, primary: true, special: ['uuid'] });

/** A key that the database counts up. */
export const serialKey: SystemColumn = integer('id', { nullable: false, primary: true, autoIncrement: true });

type OnDelete = NonNullable<SystemColumn['references']>['onDelete'];

/** A foreign key to the `id` of another table. */
export const toOne = (name: string, table: string, onDelete: OnDelete, options: Options = {}): SystemColumn => {
  const { special = [], ...rest } = options;
  return uuid(name, {
    references: { table, column: 'id', onDelete },
    ...rest,
    special: [...special, 'm2o'],
  });
};

export const createdBy = (onDelete: OnDelete = 'SET NULL', name = 'user_created'): SystemColumn =>
  toOne(name, 'directus_users', onDelete, { special: ['user-created'] });

export const updatedBy = (name = 'user_updated'): SystemColumn =>
  toOne(name, 'directus_users', 'NO ACTION', { special: ['user-updated'] });

/** Named by a column that no foreign key guards, so that what it names may be gone. */
export const toOneUnguarded = (name: string, table: string, options: Options = {}): SystemColumn => {
  const { special = [], ...rest } = options;
  return uuid(name, { relatesTo: { table, column: 'id' }, ...rest, special: [...special, 'm2o'] });
};

/** The reverse side of a foreign key. */
export const many = (name: string, table: string, column: string) => ({
  name,
  special: ['o2m'],
  many: { table, column },
});
