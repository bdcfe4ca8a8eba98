import { invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import { RELATION_META } from '../meta.ts';
import { metaOf, objectOf, own } from './body.ts';

export interface RelationInput {
  readonly collection: string;
  readonly field: string;
  /** null for a many-to-any. */
  readonly related: string | null;
  /** null where the payload says that there is to be no foreign key. */
  readonly rules: KeyRules | null;
  /** null for a relation that only the database knows. */
  readonly meta: Readonly<Record<string, Json>> | null;
}

export interface KeyRules {
  readonly onDelete?: string;
  readonly onUpdate?: string;
}

/** What a change of a relation sends; what it doesn't mention is undefined. */
export interface RelationChange {
  readonly related?: string | null;
  readonly rules?: KeyRules | null;
  readonly meta?: Readonly<Record<string, Json>>;
}

const ACTIONS: ReadonlySet<string> = new Set(['CASCADE', 'SET NULL', 'NO ACTION', 'RESTRICT', 'SET DEFAULT']);

/** The body of a relation that is to be made. Throws INVALID_PAYLOAD. */
export function relationInput(value: unknown): RelationInput {
  const body = objectOf(value, 'A relation');
  const [schema, meta] = [own(body, 'schema'), own(body, 'meta')];
  if (schema === null && meta === null) throw invalidPayload('A relation needs "schema" or "meta".');
  return {
    collection: requiredText(body, 'collection'),
    field: requiredText(body, 'field'),
    related: relatedOf(body) ?? null,
    rules: schema === null ? null : rulesOf(schema ?? {}),
    meta: meta === null ? null : relationMeta(meta ?? {}),
  };
}

export function relationChange(value: unknown): RelationChange {
  const body = objectOf(value, 'A relation');
  const [schema, meta] = [own(body, 'schema'), own(body, 'meta')];
  return {
    related: relatedOf(body),
    rules: schema === undefined ? undefined : schema === null ? null : rulesOf(schema),
    meta: meta === undefined || meta === null ? undefined : relationMeta(meta),
  };
}

function relationMeta(value: unknown): Record<string, Json> {
  const meta = metaOf(value, RELATION_META);
  const { one_deselect_action: action = 'nullify' } = meta;
  if (action !== 'nullify' && action !== 'delete') {
    throw invalidPayload('"meta.one_deselect_action" has to be "nullify" or "delete".');
  }
  return meta;
}

function requiredText(body: Readonly<Record<string, unknown>>, key: string): string {
  const value = own(body, key);
  if (typeof value !== 'string' || value === '') throw invalidPayload(`"${key}" is required and has to be text.`);
  return value;
}

function relatedOf(body: Readonly<Record<string, unknown>>): string | null | undefined {
  const value = own(body, 'related_collection');
  if (value === undefined || value === null || typeof value === 'string') return value;
  throw invalidPayload('"related_collection" has to be text or null.');
}

function rulesOf(value: unknown): KeyRules {
  const body = objectOf(value, '"schema"');
  return { onDelete: ruleOf(body, 'on_delete'), onUpdate: ruleOf(body, 'on_update') };
}

function ruleOf(body: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = own(body, key);
  if (value === undefined || value === null) return undefined;
  const action = typeof value === 'string' ? value.toUpperCase() : '';
  if (!ACTIONS.has(action)) throw invalidPayload(`"schema.${key}" has to be one of ${[...ACTIONS].join(', ')}.`);
  return action;
}
