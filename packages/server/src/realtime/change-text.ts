import type { Change } from '../items/index.ts';

/** Reads changes as nodes tell them to each other; nothing of what other programs say. */
export function readChanges(text: string): Change[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.filter(isChange) : [];
}

const ACTIONS: readonly unknown[] = ['create', 'update', 'delete'];

function isChange(value: unknown): value is Change {
  if (value === null || typeof value !== 'object') return false;
  const { collection, action, keys } = value as Record<string, unknown>;
  if (typeof collection !== 'string' || !ACTIONS.includes(action) || !Array.isArray(keys)) return false;
  return keys.every((key) => typeof key === 'string' || typeof key === 'number');
}
