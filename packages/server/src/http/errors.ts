import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, ApiErrors, invalidPayload, routeNotFound } from '../errors/index.ts';
import { ConstraintError } from '../store/types.ts';
import { sendJson } from './answer.ts';

/** Told of errors that are ours, with everything that the caller is not told. */
export type FaultListener = (error: unknown, request: FastifyRequest) => void;

/** Turns whatever was thrown into the documented error. What is not ours to show becomes a bare 500. */
export function errorHandler(onFault: FaultListener) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const errors = wireErrors(error, request, onFault);
    reply.code(errors[0]?.status ?? 500);
    return sendJson(reply, { errors: errors.map((one) => one.toWire()) });
  };
}

function wireErrors(error: unknown, request: FastifyRequest, onFault: FaultListener): readonly ApiError[] {
  if (error instanceof ApiErrors) return error.errors;
  if (error instanceof ApiError) {
    if (error.status >= 500) onFault(error, request);
    return [error];
  }
  const known = knownError(error, request);
  if (known) return [known];
  onFault(error, request);
  return [new ApiError('INTERNAL_SERVER_ERROR', 'An unexpected error occurred.')];
}

/** Errors of the HTTP layer, and a constraint that no service translated. */
function knownError(error: unknown, request: FastifyRequest): ApiError | null {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ApiError('CONTENT_TOO_LARGE', 'The body is too large.');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return invalidPayload('The body is not as long as Content-Length says.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return invalidPayload('The Content-Type is malformed.');
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_LIMIT') return routeNotFound(pathOf(request));
  if (error instanceof ConstraintError && error.kind === 'invalid-value')
    return invalidPayload('A value does not fit its column.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return invalidPayload('The request is malformed.');
  return null;
}

/** The path that was asked for, without its query. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;

/** What is no HTTP, or too long for it, never becomes a request; it gets the same kind of answer all the same. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const reason =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'The address or the headers are too long.' : 'The request is no valid HTTP.';
  const body = JSON.stringify({ errors: [invalidPayload(reason).toWire()] });
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\n\r\n${body}`);
}
