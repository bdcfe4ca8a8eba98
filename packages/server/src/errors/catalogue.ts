import type { Json } from '../wire/index.ts';
import { ApiError } from './api-error.ts';

/**
 * The one answer for what may not be done and for what does not exist, so that nobody can tell the two apart. Never
 * names a collection, a field or an item.
 */
export const forbidden = (): ApiError =>
  new ApiError('FORBIDDEN', "You don't have permission to do this, or it does not exist.", {
    reason: "You don't have permission to do this, or it does not exist.",
  });

/** `reason` says what is wrong with the body, naming the key at fault. */
export const invalidPayload = (reason: string, cause?: unknown): ApiError =>
  new ApiError('INVALID_PAYLOAD', `Invalid payload. ${reason}`, { reason }, cause);

/** `reason` says what is wrong with the query, naming the parameter at fault. */
export const invalidQuery = (reason: string): ApiError =>
  new ApiError('INVALID_QUERY', `Invalid query. ${reason}`, { reason });

export const invalidCredentials = (cause?: unknown): ApiError =>
  new ApiError('INVALID_CREDENTIALS', 'Invalid user credentials.', {}, cause);

export const invalidOtp = (): ApiError => new ApiError('INVALID_OTP', 'Invalid user OTP.');

export const invalidToken = (cause?: unknown): ApiError => new ApiError('INVALID_TOKEN', 'Invalid token.', {}, cause);

export const tokenExpired = (): ApiError => new ApiError('TOKEN_EXPIRED', 'Token expired.');

/** `path` is the path that was asked for, without its query. */
export const routeNotFound = (path: string): ApiError =>
  new ApiError('ROUTE_NOT_FOUND', `Route ${path} doesn't exist.`, { path });

/**
 * One field that failed. `type` is the operator without its underscore or `required`; `path` names the relations on the
 * way to the field; `details` holds `valid`, `invalid` or `substring` where the operator has one.
 */
export const failedValidation = (
  field: string,
  type: string,
  details: { path?: string[]; valid?: Json; invalid?: Json; substring?: Json } = {},
): ApiError => {
  const { path = [], ...rest } = details;
  return new ApiError('FAILED_VALIDATION', validationMessage(field, type, rest), { field, path, type, ...rest });
};

function validationMessage(field: string, type: string, details: { valid?: Json; substring?: Json }): string {
  const name = `Validation failed for field "${field}".`;
  if (type === 'required') return `${name} Value is required.`;
  if (type === 'nnull') return `${name} Value can't be null.`;
  if (type === 'email') return `${name} Value has to be a valid e-mail address.`;
  if (type === 'breached') return `${name} It is among the passwords that are tried first: others have lost it.`;
  if (details.valid !== undefined) return `${name} It has to be ${type} ${JSON.stringify(details.valid)}.`;
  if (details.substring !== undefined) return `${name} It fails ${type} ${JSON.stringify(details.substring)}.`;
  return `${name} It fails "${type}".`;
}

export const recordNotUnique = (collection: string | null, field: string | null, value: Json = null): ApiError =>
  new ApiError('RECORD_NOT_UNIQUE', `Value ${field ? `for field "${field}" ` : ''}has to be unique.`, {
    collection,
    field,
    value,
  });

export const invalidForeignKey = (collection: string | null, field: string | null, value: Json = null): ApiError =>
  new ApiError('INVALID_FOREIGN_KEY', `Invalid foreign key${field ? ` for field "${field}"` : ''}.`, {
    collection,
    field,
    value,
  });

export const containsNullValues = (collection: string, field: string): ApiError =>
  new ApiError('CONTAINS_NULL_VALUES', `Field "${field}" in "${collection}" contains null values.`, {
    collection,
    field,
  });

export const valueTooLong = (collection: string | null, field: string | null): ApiError =>
  new ApiError('VALUE_TOO_LONG', `Value ${field ? `for field "${field}" ` : ''}is too long.`, { collection, field });

export const valueOutOfRange = (collection: string | null, field: string | null): ApiError =>
  new ApiError('VALUE_OUT_OF_RANGE', `Numeric value ${field ? `in field "${field}" ` : ''}is out of range.`, {
    collection,
    field,
  });

export const unprocessable = (reason: string): ApiError => new ApiError('UNPROCESSABLE_CONTENT', reason, { reason });

export const serviceUnavailable = (service: string, reason: string, cause?: unknown): ApiError =>
  new ApiError('SERVICE_UNAVAILABLE', `Service "${service}" is unavailable. ${reason}`, { service, reason }, cause);

/** `limit` requests were allowed; `reset` is when the next one will be. */
export const requestsExceeded = (limit: number, reset: Date): ApiError =>
  new ApiError('REQUESTS_EXCEEDED', 'Too many requests, retry later.', { limit, reset: reset.toISOString() });
