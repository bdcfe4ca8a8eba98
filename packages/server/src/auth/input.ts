import { invalidPayload } from '../errors/index.ts';
import type { SessionMode } from './settings.ts';

/** A body that has to be an object. Throws INVALID_PAYLOAD. */
export function bodyOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw invalidPayload('The body has to be a JSON object.');
}

/** The `mode` of a body, undefined when there is none. Throws INVALID_PAYLOAD. */
export function modeOf(mode: unknown): SessionMode | undefined {
  if (mode === undefined || mode === null) return undefined;
  if (mode === 'json' || mode === 'cookie' || mode === 'session') return mode;
  throw invalidPayload('"mode" has to be "json", "cookie" or "session".');
}
