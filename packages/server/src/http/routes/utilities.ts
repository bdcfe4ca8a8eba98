import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalidPayload, invalidQuery, serviceUnavailable } from '../../errors/index.ts';
import { QueueFull, Semaphore } from '../../kernel/semaphore.ts';
import { parseParameters } from '../../query/index.ts';
import { sendJson } from '../answer.ts';
import { payloadOf } from '../body.ts';
import { type HttpParts, queryText } from '../context.ts';
import type { Handler } from './items.ts';

const MAX_RANDOM_LENGTH = 500;
const MAX_HASH_INPUT = 4096;
/** Hashes that strangers may have at once and waiting, so that they never take the turns of all who sign in. */
const HASHES_AT_ONCE = 1;
const HASHES_WAITING = 20;

/** Small services that need no item. They are open to the public, so their cost per request is bounded. */
export function utilityHandlers(parts: HttpParts): Record<'randomString' | 'generateHash' | 'verifyHash', Handler> {
  const { passwords } = parts.auth;
  const turns = new Semaphore(HASHES_AT_ONCE, HASHES_WAITING);
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await turns.run(work);
    } catch (error) {
      if (error instanceof QueueFull) throw serviceUnavailable('hash', 'Too many hashes at once; try again.', error);
      throw error;
    }
  };
  return {
    randomString: async (request, reply) => {
      const length = lengthOf(request, parts);
      return sendJson(reply, { data: randomBytes(length).toString('base64url').slice(0, length) });
    },

    generateHash: async (request, reply) => {
      const { string } = payloadOf(request.body);
      const input = hashInput(string);
      return sendJson(reply, { data: await inTurn(() => passwords.hash(input)) });
    },

    verifyHash: async (request, reply) => {
      const { string, hash } = payloadOf(request.body);
      const input = hashInput(string);
      if (typeof hash !== 'string' || !/^\$argon2(id|i|d)\$/.test(hash))
        throw invalidPayload('"hash" has to be an Argon2 hash.');
      if (!passwords.isAffordable(hash)) throw invalidPayload('"hash" asks for more work than this server does.');
      return sendJson(reply, { data: await inTurn(() => passwords.verify(hash, input)) });
    },
  };
}

function hashInput(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw invalidPayload('"string" has to be a text.');
  if (value.length > MAX_HASH_INPUT) throw invalidPayload(`"string" can have ${MAX_HASH_INPUT} characters at most.`);
  return value;
}

function lengthOf(request: FastifyRequest, { config }: HttpParts): number {
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  const { length } = parseParameters(queryText(request), limits);
  if (length === undefined || length === '') return 32;
  const number = typeof length === 'string' && /^\d{1,6}$/.test(length) ? Number(length) : Number.NaN;
  if (!(number >= 1 && number <= MAX_RANDOM_LENGTH))
    throw invalidQuery(`"length" has to be between 1 and ${MAX_RANDOM_LENGTH}.`);
  return number;
}
