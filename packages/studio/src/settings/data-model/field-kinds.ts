/** Types of fields that hold a value of their own. */
export const VALUE_TYPES = [
  'string',
  'text',
  'integer',
  'bigInteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'time',
  'dateTime',
  'timestamp',
  'json',
  'csv',
  'uuid',
  'hash',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** Fields that lead to items elsewhere. */
export const RELATION_KINDS = ['m2o', 'o2m', 'm2m', 'file', 'user'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export type FieldKind = ValueType | RelationKind;

export const isRelationKind = (kind: FieldKind): kind is RelationKind =>
  (RELATION_KINDS as readonly string[]).includes(kind);

/** How a value can be entered, the usual way first. */
const INTERFACES: Readonly<Record<ValueType, readonly string[]>> = {
  string: ['input', 'select-dropdown', 'select-radio', 'input-multiline', 'select-color', 'select-icon'],
  text: ['input-multiline', 'input-rich-text-md', 'input-rich-text-html', 'input', 'input-code'],
  integer: ['input', 'slider', 'select-dropdown', 'select-radio'],
  bigInteger: ['input', 'select-dropdown'],
  float: ['input', 'slider'],
  decimal: ['input', 'slider'],
  boolean: ['boolean'],
  date: ['datetime'],
  time: ['datetime'],
  dateTime: ['datetime'],
  timestamp: ['datetime'],
  json: ['input-code', 'select-multiple-dropdown', 'tags'],
  csv: ['tags', 'select-multiple-dropdown'],
  uuid: ['input'],
  hash: ['input-hash'],
};

export const interfacesOf = (type: string): readonly string[] => INTERFACES[type as ValueType] ?? ['input'];

/** Interfaces that offer values to choose from. */
const CHOOSING: ReadonlySet<string> = new Set(['select-dropdown', 'select-radio', 'select-multiple-dropdown']);
export const offersChoices = (name: string): boolean => CHOOSING.has(name);

/** What fills a field in without anybody entering it: a special of the field. */
const AUTOMATIC: Partial<Readonly<Record<string, readonly string[]>>> = {
  date: ['date-created', 'date-updated'],
  dateTime: ['date-created', 'date-updated'],
  timestamp: ['date-created', 'date-updated'],
  uuid: ['uuid'],
  user: ['user-created', 'user-updated'],
};

/** `kind` is a type or a kind of relation. */
export const automaticOf = (kind: string): readonly string[] => AUTOMATIC[kind] ?? [];

export const hasLength = (type: string): boolean => type === 'string';
/** PostgreSQL has no order for JSON; a hash differs for equal values. */
export const canBeUnique = (type: string): boolean => !['json', 'hash', 'boolean', 'alias'].includes(type);
/** A password has no default that everybody would share. */
export const canHaveDefault = (type: string): boolean => type !== 'hash' && type !== 'alias';
