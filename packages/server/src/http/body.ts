import type { FastifyInstance } from 'fastify';
import { invalidPayload } from '../errors/index.ts';
import type { Payload } from '../items/index.ts';
import { nestsDeeperThan } from '../kernel/json-nesting.ts';

/** JSON bodies are parsed; bodies of other kinds are read as an empty object, as the API has it. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseJson(body),
  );
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => ({}));
}

/** Levels of lists and objects in a body. */
const MAX_NESTING = 200;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** No body is an empty object. Throws INVALID_PAYLOAD for what is no JSON or no UTF-8, and for hostile keys. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  let parsed: unknown;
  let text: string;
  try {
    text = decoder.decode(body);
  } catch (error) {
    throw invalidPayload('The body is no valid UTF-8.', error);
  }
  if (nestsDeeperThan(text, MAX_NESTING))
    throw invalidPayload(`The body is nested more than ${MAX_NESTING} levels deep.`);
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalidPayload('The body is no valid JSON.', error);
  }
  if (parsed === null || typeof parsed !== 'object') throw invalidPayload('The body has to be an object or a list.');
  // Such keys have no honest use, and code that copies objects may be fooled by them.
  if (HOSTILE.test(text) && holdsHostileKey(parsed)) throw invalidPayload('The body has a key that is not allowed.');
  return parsed;
}

const HOSTILE = /__proto__|constructor|\\u00/;

function holdsHostileKey(value: object): boolean {
  const open: object[] = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    if (Object.hasOwn(next, '__proto__')) return true;
    const constructed = (next as { constructor?: unknown }).constructor;
    if (
      Object.hasOwn(next, 'constructor') &&
      constructed !== null &&
      typeof constructed === 'object' &&
      Object.hasOwn(constructed, 'prototype')
    )
      return true;
    for (const inner of Object.values(next)) if (inner !== null && typeof inner === 'object') open.push(inner);
  }
  return false;
}

const isObject = (value: unknown): value is Payload =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** One payload, or a list of them. */
export function payloadsOf(body: unknown): Payload | Payload[] {
  const read = body ?? {};
  if (isObject(read)) return read;
  if (Array.isArray(read) && read.every(isObject)) return read;
  throw invalidPayload('The body has to be an object or a list of objects.');
}

export function payloadOf(body: unknown): Payload {
  const read = body ?? {};
  if (isObject(read)) return read;
  throw invalidPayload('The body has to be an object.');
}
