import { randomUUID } from 'node:crypto';
import { badEntry } from '../../access/index.ts';
import { failedValidation, invalidPayload, unprocessable } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Row, Store } from '../../store/types.ts';
import { bindMoment, readMoment, statement } from '../statements.ts';
import { readScope, type WrittenScope } from './scope-input.ts';
import { drawApiToken, hashApiToken } from './token-text.ts';

/** What may be said of a new token. */
export interface NewToken {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
  readonly addresses: readonly string[];
  readonly scope: WrittenScope | null;
}

/** A token as it is shown: without what proves it. */
export interface ListedToken {
  readonly id: string;
  readonly name: string;
  /** How it begins, to tell it from others. */
  readonly hint: string;
  readonly scope: WrittenScope | null;
  readonly ip_access: readonly string[] | null;
  readonly expires: string | null;
  readonly created_at: string;
  /** At most a minute and a half old. */
  readonly last_used: string | null;
}

/** Tokens that one user may have. */
const MAX_TOKENS = 100;
const MAX_NAME = 255;
const MAX_ADDRESSES = 100;
const HINT_LENGTH = 12;
const COLUMNS = 'id, name, hint, scope, ip_access, expires, created_at, last_used';

/** What owners do with their named tokens. */
export class ApiTokens {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #texts: Readonly<Record<keyof typeof TEXTS, string>>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    const texts = Object.entries(TEXTS).map(([name, text]) => [name, statement(store, text)]);
    this.#texts = Object.fromEntries(texts) as Record<keyof typeof TEXTS, string>;
  }

  /** The tokens of a user, newest first. */
  async list(user: string): Promise<ListedToken[]> {
    return (await this.#store.all(this.#texts.list, [user])).map((row) => this.#listed(row));
  }

  /** Makes one; `token` is told this once. Throws UNPROCESSABLE_CONTENT when the user has too many. */
  async create(user: string, input: NewToken): Promise<ListedToken & { token: string }> {
    const plain = drawApiToken();
    const [id, now] = [randomUUID(), this.#clock.now()];
    const scope = input.scope === null ? null : JSON.stringify(input.scope);
    const addresses = input.addresses.length > 0 ? input.addresses.join(',') : null;
    const expires = input.expires === null ? null : this.#at(input.expires);
    const hint = plain.slice(0, HINT_LENGTH);
    const row = await this.#store.transaction(async (tx) => {
      await tx.run(this.#texts.lock, [user]); // or several at once would each find room for one more
      const held = await tx.get<{ count: number }>(this.#texts.count, [user]);
      if (Number(held?.count ?? 0) >= MAX_TOKENS) throw unprocessable(`A user has at most ${MAX_TOKENS} tokens.`);
      const values = [id, user, input.name, hashApiToken(plain), hint, scope, addresses, expires, this.#at(now)];
      return tx.get(this.#texts.create, values);
    });
    return { ...this.#listed(row ?? {}), token: plain };
  }

  /** Gives one another name; null when the user has none with this id. */
  async rename(user: string, id: string, name: string): Promise<ListedToken | null> {
    if (!UUID.test(id)) return null;
    const row = await this.#store.transaction((tx) => tx.get(this.#texts.rename, [name, id.toLowerCase(), user]));
    return row ? this.#listed(row) : null;
  }

  /** Ends one, at once and everywhere; false when the user has none with this id. */
  async delete(user: string, id: string): Promise<boolean> {
    if (!UUID.test(id)) return false;
    return this.#store.transaction(async (tx) => {
      const deleted = await tx.run(this.#texts.delete, [id.toLowerCase(), user]);
      if (deleted > 0) tx.announce('users', user);
      return deleted > 0;
    });
  }

  #listed(row: Row): ListedToken {
    const moment = (raw: unknown): string | null => {
      const ms = readMoment(this.#store.dialect, raw);
      return ms === null ? null : new Date(ms).toISOString();
    };
    return {
      id: String(row.id),
      name: String(row.name),
      hint: String(row.hint),
      scope: row.scope ? (JSON.parse(String(row.scope)) as WrittenScope) : null,
      ip_access: row.ip_access ? String(row.ip_access).split(',') : null,
      expires: moment(row.expires),
      created_at: moment(row.created_at) ?? '',
      last_used: moment(row.last_used),
    };
  }

  #at(ms: number) {
    return bindMoment(this.#store.dialect, ms);
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const TEXTS = {
  list: `SELECT ${COLUMNS} FROM limen_tokens WHERE "user" = ? ORDER BY created_at DESC, id`,
  lock: 'UPDATE directus_users SET last_page = last_page WHERE id = ?',
  count: 'SELECT count(*) AS count FROM limen_tokens WHERE "user" = ?',
  create: `INSERT INTO limen_tokens (id, "user", name, token, hint, scope, ip_access, expires, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${COLUMNS}`,
  rename: `UPDATE limen_tokens SET name = ? WHERE id = ? AND "user" = ? RETURNING ${COLUMNS}`,
  delete: 'DELETE FROM limen_tokens WHERE id = ? AND "user" = ?',
};

/** What a body says of a new token: `name`, `expires`, `ip_access`, `scope`, and nothing else. Throws INVALID_PAYLOAD. */
export function readNewToken(body: Readonly<Record<string, unknown>>, now: number): NewToken {
  const { name, expires, ip_access: addresses, scope, ...others } = body;
  // Whose token it is, above all, is never taken from a body.
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw invalidPayload(
      `"${unknown.slice(0, 60)}" can't be said of a token; "name", "expires", "ip_access" and "scope" can.`,
    );
  }
  return {
    name: readTokenName(name),
    expires: readExpiry(expires, now),
    addresses: readAddresses(addresses),
    scope: readScope(scope),
  };
}

/** Throws FAILED_VALIDATION or INVALID_PAYLOAD. */
export function readTokenName(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_NAME || value.includes('\0')) {
    throw invalidPayload(`"name" has to be a text of at most ${MAX_NAME} characters.`);
  }
  if (value.trim() === '') throw failedValidation('name', 'nempty');
  return value;
}

function readExpiry(value: unknown, now: number): number | null {
  if (value === undefined || value === null) return null;
  const at = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw invalidPayload('"expires" has to be a date and time (ISO 8601).');
  if (at <= now) throw invalidPayload('"expires" has to be in the future.');
  return at;
}

function readAddresses(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value) && value.length <= MAX_ADDRESSES;
  if (!isList || value.some((entry) => typeof entry !== 'string' || entry.includes(','))) {
    throw invalidPayload(`"ip_access" has to be a list of at most ${MAX_ADDRESSES} addresses, CIDR blocks or ranges.`);
  }
  const entries = (value as string[]).map((entry) => entry.trim());
  const bad = badEntry(entries);
  if (bad !== null)
    throw invalidPayload(`"ip_access" takes addresses, CIDR blocks and ranges, and "${bad.slice(0, 60)}" is none.`);
  return entries;
}
