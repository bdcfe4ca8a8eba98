import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

/** Keys are published a minute before they sign; keeping the list for less than that is safe. */
const MAX_AGE_SECONDS = 50;

/** The public keys that access tokens can be verified with (RFC 7517 §5, §8.5.2); none while SECRET signs. */
export function keyHandlers({ auth }: HttpParts): Record<'list', Handler> {
  return {
    list: async (_request, reply) =>
      reply
        .header('content-type', 'application/jwk-set+json')
        .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
        .send(JSON.stringify(auth.signingKeys.jwks())),
  };
}
