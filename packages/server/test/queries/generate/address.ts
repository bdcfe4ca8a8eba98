import type { Json, RawQuery } from '../model.ts';

/** A query as the parameters of an address. */
export function addressOf(query: RawQuery, form: 'json' | 'brackets'): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || typeof value !== 'object') parameters.append(name, String(value));
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      parameters.append(name, value.join(','));
    else if (form === 'json') parameters.append(name, JSON.stringify(value));
    else bracketed(name, value, parameters);
  }
  return parameters.toString();
}

function bracketed(name: string, value: Json, parameters: URLSearchParams): void {
  if (value === null || typeof value !== 'object') {
    parameters.append(name, String(value));
    return;
  }
  for (const [key, inner] of Object.entries(value)) bracketed(`${name}[${key}]`, inner, parameters);
}

/** Levels that an address may have. */
const MAX_DEPTH = 10;

/** Whether brackets can say it: nothing that is empty, null or deep. */
export function fitsBrackets(value: Json, depth = 0): boolean {
  if (depth > MAX_DEPTH || value === null) return false;
  if (typeof value !== 'object') return true;
  const inner = Object.values(value);
  return inner.length > 0 && inner.every((one) => fitsBrackets(one, depth + 1));
}
