import { invalidPayload } from '../errors/index.ts';
import type { Payload } from '../items/index.ts';
import type { Collection } from '../schema/types.ts';

/**
 * Fields of a form as a payload. Forms have only texts: an empty one, or `null`, means nothing where a text can't be meant,
 * and lists and objects are written as JSON.
 */
export function readFormFields(fields: Payload, collection: Collection | undefined): Payload {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const type = collection?.fields.get(name)?.type;
      if (typeof value !== 'string' || type === undefined || type === 'string' || type === 'text') return [name, value];
      if (value === '' || value === 'null') return [name, null];
      return [name, /^\s*[[{]/.test(value) ? parsed(name, value) : value];
    }),
  );
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidPayload(`"${name}" is no valid JSON.`);
  }
}
