import { invalidPayload } from '../errors/index.ts';
import { allowedAddress } from '../kernel/allowed-address.ts';

/** directus_users.first_name and .last_name are varchar(50). */
const NAME_LENGTH = 50;

/** A text of a body that has to be there. Throws INVALID_PAYLOAD. */
export function requiredText(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw invalidPayload(`"${name}" has to be a text.`);
  return value;
}

/** A name of a person; null where there is none. Throws INVALID_PAYLOAD. */
export function nameOrNull(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalidPayload(`"${name}" has to be a text.`);
  if (value.length > NAME_LENGTH) throw invalidPayload(`"${name}" has more than ${NAME_LENGTH} characters.`);
  return value;
}

/**
 * Where a mail leads: the address that the body gives, if the list has it, else the given page of this server. Throws
 * INVALID_PAYLOAD, whoever the mail would be for.
 */
export function pageOf(
  body: Readonly<Record<string, unknown>>,
  name: string,
  allowed: readonly string[],
  own: string,
): URL {
  const given = body[name];
  if (given === undefined || given === null) return new URL(own);
  const page = typeof given === 'string' ? allowedAddress(given, allowed) : null;
  if (page === null) throw invalidPayload(`"${name}" is not an address that is allowed here.`);
  return page;
}
