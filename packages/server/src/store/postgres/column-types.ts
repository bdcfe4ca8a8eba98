import pg from 'pg';

const number = (text: string): number => Number(text);
const boolean = (text: string): boolean => text === 't';
const json = (text: string): unknown => JSON.parse(text);
const asPrinted = (text: string): string => text;

/** By the type's object id, as `pg_type` has them. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [16, boolean],
  [21, number], // int2
  [23, number], // int4
  [26, number], // oid
  [700, number], // float4
  [701, number], // float8
  [114, json],
  [3802, json], // jsonb
  [17, pg.types.getTypeParser(17)], // bytea
]);

/**
 * Values as they arrive: numbers that a JavaScript number holds exactly, booleans, parsed JSON and bytes; everything else,
 * int8, numeric and all dates and times among it, is the text that PostgreSQL prints.
 */
export const columnTypes = {
  getTypeParser: (oid: number) => PARSERS.get(oid) ?? asPrinted,
} as pg.CustomTypesConfig;
