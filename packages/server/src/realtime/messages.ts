import { ApiError, ApiErrors } from '../errors/index.ts';
import { nestsDeeperThan } from '../kernel/json-nesting.ts';
import type { Json } from '../wire/index.ts';

/** A message of a client: an object with a text `type`. */
export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** Codes that only sockets have. */
export type SocketCode = 'AUTH_FAILED' | 'AUTH_TIMEOUT' | 'TOKEN_EXPIRED' | 'INVALID_COLLECTION' | 'INVALID_PAYLOAD';

/** What is refused for a reason that the HTTP API has no code for. */
export class Refusal extends Error {
  readonly code: SocketCode;

  constructor(code: SocketCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export const invalidCollection = (): Refusal => new Refusal('INVALID_COLLECTION', 'There is no such collection here.');

/** Levels of lists and objects in a message, as in a body of the HTTP API: what reads them does so by recursion. */
const MAX_NESTING = 200;

/** null for what is no message. */
export function readMessage(text: string): Message | null {
  if (nestsDeeperThan(text, MAX_NESTING)) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return null;
    return typeof (parsed as Record<string, unknown>).type === 'string' ? (parsed as Message) : null;
  } catch {
    return null;
  }
}

/** An answer that something was refused; `uid` is echoed where there is one. */
export function errorMessage(type: string, error: unknown, uid: unknown, onFault: (error: unknown) => void): string {
  const { code, message } = told(error, onFault);
  return JSON.stringify({ type, status: 'error', error: { code, message }, ...(uid === undefined ? {} : { uid }) });
}

function told(error: unknown, onFault: (error: unknown) => void): { code: string; message: string } {
  if (error instanceof Refusal) return error;
  const known = error instanceof ApiErrors ? error.errors[0] : error;
  if (known instanceof ApiError) {
    if (known.status >= 500) onFault(error);
    return known;
  }
  onFault(error);
  return { code: 'INTERNAL_SERVER_ERROR', message: 'An unexpected error occurred.' };
}

export const withUid = (message: Record<string, Json | undefined>, uid: unknown): string =>
  JSON.stringify(uid === undefined ? message : { ...message, uid });
