import type { TokenScope } from '../../access/index.ts';
import { ACTIONS } from '../../access/token-scope.ts';
import { invalidPayload } from '../../errors/index.ts';
import type { Action } from '../../wire/index.ts';

/** As it is written and stored. */
export interface WrittenScope {
  readonly policies?: readonly string[];
  readonly collections?: Readonly<Record<string, readonly Action[]>>;
}

const MAX_POLICIES = 100;
const MAX_COLLECTIONS = 500;
const MAX_NAME = 255;

/** A scope from a body, with nothing in it twice; null for none. Throws INVALID_PAYLOAD. */
export function readScope(value: unknown): WrittenScope | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidPayload('"scope" has to be an object.');
  const { policies, collections, ...others } = value as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalidPayload('"scope" takes "policies" and "collections" and nothing else.');
  if (policies === undefined && collections === undefined) {
    throw invalidPayload('"scope" names "policies", "collections" or both.');
  }
  return {
    ...(policies === undefined ? {} : { policies: readPolicies(policies) }),
    ...(collections === undefined ? {} : { collections: readCollections(collections) }),
  };
}

function readPolicies(value: unknown): string[] {
  const isList = Array.isArray(value) && value.length <= MAX_POLICIES;
  if (!isList || value.some((id) => typeof id !== 'string' || id.length > MAX_NAME)) {
    throw invalidPayload(`"scope.policies" has to be a list of at most ${MAX_POLICIES} ids of policies.`);
  }
  return [...new Set(value as string[])].sort();
}

function readCollections(value: unknown): Record<string, Action[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidPayload('"scope.collections" has to be an object of lists of actions.');
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_COLLECTIONS || entries.some(([name]) => name === '' || name.length > MAX_NAME)) {
    throw invalidPayload(`"scope.collections" takes at most ${MAX_COLLECTIONS} names of collections.`);
  }
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, list]) => [name, readActions(list)]),
  );
}

function readActions(value: unknown): Action[] {
  if (!Array.isArray(value) || value.some((one) => !ACTIONS.includes(one))) {
    throw invalidPayload(`"scope.collections" takes lists of actions: ${ACTIONS.join(', ')}.`);
  }
  return ACTIONS.filter((action) => value.includes(action));
}

/** A stored scope as the engine takes it. What can't be read leaves nothing. */
export function scopeOf(stored: string | null): TokenScope | null {
  if (stored === null) return null;
  const { policies, collections } = readStored(stored);
  return {
    key: stored,
    policies: policies === undefined ? null : new Set(policies),
    collections:
      collections === undefined
        ? null
        : new Map(Object.entries(collections).map(([name, actions]) => [name, new Set(actions)])),
  };
}

function readStored(stored: string): WrittenScope {
  try {
    return readScope(JSON.parse(stored)) ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

const NOTHING: WrittenScope = { policies: [], collections: {} };
