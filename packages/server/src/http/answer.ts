import type { FastifyReply } from 'fastify';
import type { Json } from '../wire/index.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers with a JSON body. */
export function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.header('content-type', JSON_TYPE).send(JSON.stringify(body));
}

/** `{"data": …}`, or 204 without a body where there is nothing that the caller may see. */
export function sendData(
  reply: FastifyReply,
  data: unknown,
  meta: Json | Record<string, number> | null = null,
): FastifyReply {
  if (data === null || data === undefined) return sendNothing(reply);
  return sendJson(reply, meta === null ? { data } : { meta, data });
}

/** 200 without a body. */
export const sendEmpty = (reply: FastifyReply): FastifyReply => reply.code(200).send('');

export const sendNothing = (reply: FastifyReply): FastifyReply => reply.code(204).send();
