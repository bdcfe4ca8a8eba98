import type { Access } from '../access/index.ts';
import { type ApiError, failedValidation } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Json } from '../wire/index.ts';
import { checkValue } from './check-value.ts';
import type { Payload } from './hooks.ts';
import type { Rule, StoredRule } from './validation-types.ts';

/** An item as far as it is known when it is looked at. */
export interface Look {
  readonly collection: Collection;
  readonly scope: Access['scope'];
  /** The relations on the way to the item. */
  readonly path: readonly string[];
  readonly written: Payload;
  /** What the item had before and has still; null on create, where what is not written is not looked at. */
  readonly stored: Payload | null;
  holds(rule: StoredRule): boolean;
}

/** Whether a field is among what is written. */
export const isWritten = (payload: Payload, field: string): boolean =>
  Object.hasOwn(payload, field) && payload[field] !== undefined;

/** One error per operator that the item fails. A failing `_or` reports every branch. */
export function failures(rule: Rule, look: Look): ApiError[] {
  if (rule.kind === 'all') return rule.parts.flatMap((part) => failures(part, look));
  if (rule.kind === 'any') {
    const failed = rule.parts.map((part) => failures(part, look));
    return failed.some((errors) => errors.length === 0) ? [] : failed.flat();
  }
  const isNew = look.stored === null;
  if (isNew && rule.on !== null && !rule.on.some((field) => isWritten(look.written, field))) return [];
  const path = [...look.path, ...rule.path];
  if (rule.kind === 'never') return [failedValidation(rule.field, 'invalid', { path })];
  if (rule.kind === 'stored') return look.holds(rule) ? [] : [behindFailure(rule, path)];
  const field = look.collection.fields.get(rule.field);
  // A list that is not written along is known to the database alone.
  if (!isWritten(look.written, rule.field) && field?.relation?.kind === 'o2m')
    return [failedValidation(rule.field, 'invalid', { path })];
  const value = isWritten(look.written, rule.field) ? look.written[rule.field] : look.stored?.[rule.field];
  return checkValue(rule.field, rule.operator, rule.operand, (value ?? null) as Json, field, look.scope, path);
}

/** The values behind a relation are not told, nor are those that the rule looks for there. */
const behindFailure = (rule: StoredRule, path: string[]): ApiError =>
  failedValidation(rule.field, rule.operator.replace(/^_/, ''), { path });

/** The fields that a rule is about; null among them: it is about any. */
export function* subjects(rule: Rule): Iterable<string | null> {
  if (rule.kind === 'all' || rule.kind === 'any') for (const part of rule.parts) yield* subjects(part);
  else if (rule.on === null) yield null;
  else yield* rule.on;
}

/** What of a rule the database has to decide. */
export function* storedRules(rule: Rule): Iterable<StoredRule> {
  if (rule.kind === 'stored') yield rule;
  else if (rule.kind === 'all' || rule.kind === 'any') for (const part of rule.parts) yield* storedRules(part);
}
