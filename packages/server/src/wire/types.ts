/** The types a field can have, as the public API names them (`type` in `/fields`). */
export type FieldType =
  | 'alias'
  | 'bigInteger'
  | 'binary'
  | 'boolean'
  | 'csv'
  | 'date'
  | 'dateTime'
  | 'decimal'
  | 'float'
  | 'geometry'
  | 'geometry.Point'
  | 'geometry.LineString'
  | 'geometry.Polygon'
  | 'geometry.MultiPoint'
  | 'geometry.MultiLineString'
  | 'geometry.MultiPolygon'
  | 'hash'
  | 'integer'
  | 'json'
  | 'string'
  | 'text'
  | 'time'
  | 'timestamp'
  | 'unknown'
  | 'uuid';

/** What a permission can allow. */
export type Action = 'create' | 'read' | 'update' | 'delete' | 'share';

/** A value as it travels in JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A filter as it is written in queries, permissions and validations. */
export type FilterInput = { [key: string]: Json };

/** One entry of the `errors` list of a failed answer. */
export interface WireError {
  message: string;
  extensions: { code: string; [key: string]: Json | undefined };
}
