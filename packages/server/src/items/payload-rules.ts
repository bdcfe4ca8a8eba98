import type { Access, CollectionAccess } from '../access/index.ts';
import { type ApiError, failedValidation, forbidden, throwAll } from '../errors/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import { parseVariable } from '../sql/index.ts';
import type { FilterInput, Json } from '../wire/index.ts';
import type { Payload } from './hooks.ts';
import { type Owed, withoutRepeats } from './row-after.ts';
import { failures, isWritten, storedRules, subjects } from './validate.ts';
import { partsOf } from './validation-rule.ts';
import type { Rule } from './validation-types.ts';

/**
 * The fields of a payload that the caller may write, by the union of its permissions. Unknown names and fields outside
 * are FORBIDDEN; for administrators unknown names are left out.
 */
export function allowedFields(access: CollectionAccess, payload: Payload, admin: boolean): Payload {
  const allowed: Payload = {};
  for (const [name, value] of Object.entries(payload)) {
    const field = access.collection.fields.get(name);
    if (field && access.fields.has(name)) allowed[name] = value;
    else if (!admin && !(field && isPresentation(field))) throw forbidden();
  }
  return allowed;
}

const isPresentation = (field: Field): boolean => !field.column && !field.relation;

/** Presets where the payload says nothing; a preset that is exactly a variable becomes its value. */
export function withPresets(access: CollectionAccess, payload: Payload, scope: Access['scope']): Payload {
  const presets = Object.entries(access.presets);
  if (presets.length === 0) return payload;
  const filled: Payload = { ...payload };
  for (const [name, value] of presets) {
    if (Object.hasOwn(filled, name) || !access.collection.fields.has(name)) continue;
    filled[name] = presetValue(value, scope);
  }
  return filled;
}

/** With what the server found out itself, which wins. */
export const withFound = (payload: Payload, found: Payload | undefined): Payload =>
  found ? { ...payload, ...found } : payload;

export function presetValue(value: Json, scope: Access['scope']): Json {
  if (typeof value === 'string') {
    const variable = parseVariable(value);
    return variable ? scope.variable(variable) : value;
  }
  if (Array.isArray(value)) return value.map((part) => presetValue(part, scope));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, presetValue(inner, scope)]));
  }
  return value;
}

/**
 * Every rule that the payload breaks, of permissions and of fields, at once. A part of a validation counts when it is about
 * something that is written, and then about the item as it will be. What only the stored item can tell is owed.
 */
export function checkPayload(
  access: CollectionAccess,
  written: Payload,
  action: 'create' | 'update',
  { scope, profile }: Access,
  path: string[],
): Owed {
  const { collection } = access;
  const errors: ApiError[] = [...requiredErrors(collection, written, action, path)];
  const failed = new Set(errors.map((error) => error.extensions.field));
  const owed: Rule[] = [];
  const look = { collection, scope, path, written, stored: null, holds: () => false };
  for (const validation of [...fieldValidations(collection), ...access.validations]) {
    for (const rule of partsOf(validation, collection, profile.snapshot)) {
      const about = [...subjects(rule)];
      const isMeant = (field: string | null): boolean => field === null || isWritten(written, field);
      if (!about.some(isMeant)) continue;
      if (!storedRules(rule)[Symbol.iterator]().next().done || (action === 'update' && !about.every(isMeant))) {
        owed.push(rule);
        continue;
      }
      for (const error of failures(rule, look)) {
        // A missing or null value is said once.
        if (
          !failed.has(error.extensions.field) ||
          (error.extensions.type !== 'nnull' && error.extensions.type !== 'nempty')
        )
          errors.push(error);
      }
    }
  }
  throwAll(withoutRepeats(errors));
  return { rules: owed, action, written, path };
}

const kept = new WeakMap<Collection, readonly FilterInput[]>();

function fieldValidations(collection: Collection): readonly FilterInput[] {
  let validations = kept.get(collection);
  if (!validations) {
    validations = [...collection.fields.values()].flatMap(({ validation }) =>
      validation !== null && typeof validation === 'object' && !Array.isArray(validation) ? [validation] : [],
    );
    kept.set(collection, validations);
  }
  return validations;
}

function* requiredErrors(
  collection: Collection,
  payload: Payload,
  action: 'create' | 'update',
  path: string[],
): Iterable<ApiError> {
  for (const field of collection.fields.values()) {
    const { column } = field;
    if (!column || column.nullable || column.generated) continue;
    const value = payload[field.name];
    if (value === null && !fillsItself(field, action)) yield failedValidation(field.name, 'nnull', { path });
    else if (
      value === undefined &&
      action === 'create' &&
      column.defaultValue === null &&
      !fillsItself(field, action)
    ) {
      yield failedValidation(field.name, 'required', { path });
    }
  }
}

/** Keys that the database counts and fields that the server fills need no value. */
function fillsItself(field: Field, action: 'create' | 'update'): boolean {
  if (field.column?.autoIncrement || field.column?.defaultIsExpression) return true;
  if (field.special.includes('uuid')) return true;
  return field.special.some((special) => special.endsWith(action === 'create' ? '-created' : '-updated'));
}
