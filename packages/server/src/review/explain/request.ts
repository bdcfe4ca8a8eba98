import { isIP } from 'node:net';
import { type ApiError, invalidPayload, invalidQuery } from '../../errors/index.ts';
import type { Payload } from '../../items/index.ts';
import type { Action } from '../../wire/index.ts';
import type { Who } from '../person.ts';

export interface ExplainRequest {
  readonly who: Who;
  readonly action: Action;
  readonly collection: string;
  readonly item: string | null;
  readonly fields: readonly string[];
  /** Where the request would come from. */
  readonly ip: string | null;
  /** Values that would be sent; only in a body. */
  readonly payload: Payload | null;
}

const NAMES = ['user', 'role', 'public', 'share', 'action', 'collection', 'item', 'field', 'fields', 'ip'];
const ACTIONS: readonly string[] = ['create', 'read', 'update', 'delete', 'share'];
const MAX_FIELDS = 50;
const MAX_LENGTH = 255;

type Raw = Readonly<Record<string, unknown>>;
type Wrong = (reason: string) => ApiError;

/** The question in the parameters of an address. Throws INVALID_QUERY naming the parameter at fault. */
export const explainQuery = (raw: Raw): ExplainRequest => read(raw, [...NAMES, 'access_token'], invalidQuery);

/** The question in a body. Throws INVALID_PAYLOAD naming the key at fault. */
export const explainBody = (raw: Raw): ExplainRequest => read(raw, [...NAMES, 'payload'], invalidPayload);

function read(raw: Raw, known: readonly string[], wrong: Wrong): ExplainRequest {
  const unknown = Object.keys(raw).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(`There is no "${unknown.slice(0, 50)}"; known are ${known.join(', ')}.`);
  const request: ExplainRequest = {
    who: whoOf(raw, wrong),
    action: actionOf(raw, wrong),
    collection: required(raw, 'collection', wrong),
    item: textOf(raw, 'item', wrong),
    fields: fieldsOf(raw, wrong),
    ip: addressOf(raw, wrong),
    payload: payloadOf(raw, wrong),
  };
  checkTogether(request, wrong);
  return request;
}

function whoOf(raw: Raw, wrong: Wrong): Who {
  const given = ['user', 'role', 'public', 'share'].filter((name) => raw[name] !== undefined && !isFalse(raw[name]));
  const [one] = given;
  if (one === undefined || given.length > 1) {
    throw wrong('Exactly one of "user", "role", "share" and "public" has to say whose access it is about.');
  }
  if (one === 'public') {
    if (!['', 'true', '1', true].includes(raw.public as string | boolean)) throw wrong('"public" has to be true.');
    return { kind: 'public' };
  }
  const value = required(raw, one, wrong);
  if (one === 'user') return { kind: 'user', user: value };
  return one === 'role' ? { kind: 'role', role: value } : { kind: 'share', share: value };
}

const isFalse = (value: unknown): boolean => value === false || value === 'false' || value === '0';

function actionOf(raw: Raw, wrong: Wrong): Action {
  const action = required(raw, 'action', wrong);
  if (!ACTIONS.includes(action)) throw wrong(`"action" has to be one of ${ACTIONS.join(', ')}.`);
  return action as Action;
}

function required(raw: Raw, name: string, wrong: Wrong): string {
  const value = textOf(raw, name, wrong);
  if (value === null) throw wrong(`"${name}" is missing.`);
  return value;
}

function textOf(raw: Raw, name: string, wrong: Wrong): string | null {
  const value = raw[name];
  if (value === undefined || value === null) return null;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') throw wrong(`"${name}" has to be a text.`);
  if (text.length > MAX_LENGTH) throw wrong(`"${name}" has more than ${MAX_LENGTH} characters.`);
  return text;
}

function fieldsOf(raw: Raw, wrong: Wrong): string[] {
  const given = [raw.field, raw.fields].flatMap((value) => (value === undefined || value === null ? [] : value));
  const names = given.flatMap((value) => {
    if (typeof value !== 'string') throw wrong('"fields" has to be a list of names of fields.');
    return value.split(',').map((name) => name.trim());
  });
  if (names.some((name) => name === '' || name.length > MAX_LENGTH)) {
    throw wrong('"fields" has to be a list of names of fields.');
  }
  const fields = [...new Set(names)].filter((name) => name !== '*');
  if (fields.length > MAX_FIELDS) throw wrong(`"fields" has more than ${MAX_FIELDS} names.`);
  return fields;
}

function addressOf(raw: Raw, wrong: Wrong): string | null {
  const ip = textOf(raw, 'ip', wrong);
  if (ip !== null && isIP(ip) === 0) throw wrong('"ip" has to be an IPv4 or IPv6 address.');
  return ip;
}

function payloadOf({ payload }: Raw, wrong: Wrong): Payload | null {
  if (payload === undefined || payload === null) return null;
  if (typeof payload !== 'object' || Array.isArray(payload)) throw wrong('"payload" has to be an object.');
  return payload as Payload;
}

function checkTogether({ action, item, fields, payload }: ExplainRequest, wrong: Wrong): void {
  if (action === 'create' && item !== null) throw wrong('"item" has no meaning with create: it is not there yet.');
  if (action === 'delete' && fields.length > 0) throw wrong('"fields" has no meaning with delete.');
  if (payload !== null && action !== 'create' && action !== 'update') {
    throw wrong('"payload" has a meaning with create and update only.');
  }
  if (payload !== null && action === 'update' && item === null) throw wrong('"payload" needs the "item" to update.');
  if (payload !== null && fields.length > 0) throw wrong('"fields" has no meaning beside "payload".');
}
