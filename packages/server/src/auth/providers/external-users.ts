import { randomUUID } from 'node:crypto';
import type { Origin } from '../../access/index.ts';
import { ApiError, invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ConstraintError, type SqlValue, type Store, type Transaction } from '../../store/types.ts';
import { holdersOfAddress } from '../addresses.ts';
import { isEmail } from '../email.ts';
import { recordEvent } from '../events.ts';
import type { Spend } from '../proof.ts';
import { statement } from '../statements.ts';
import { VerifiedLinking } from './verified-linking.ts';

/** A person as a provider describes them; null for what it does not say. */
export interface ExternalPerson {
  /** What the provider knows them by, for good. */
  readonly identifier: string;
  readonly email: string | null;
  /** Whether the provider says that it has verified the address. Default false. */
  readonly emailVerified?: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** How a provider's people become users. */
export interface Joining {
  readonly provider: string;
  /** Whether people without an account get one. */
  readonly mayRegister: boolean;
  /** Whether an address that both sides have verified opens the account that has it. Default false. */
  readonly mayLink?: boolean;
  /** Whether names and address of known users follow the provider. */
  readonly sync: boolean;
  /** Id of a role, or null. */
  readonly role: string | null;
  /** Whether the role of known users is this one too. */
  readonly roleFollows: boolean;
}

export interface ExternalUser {
  readonly id: string;
  /** Whether this identity is only linked to the account, which is of another provider or of none. */
  readonly linked: boolean;
  /** Takes over what follows the provider, in the transaction that opens the session. */
  readonly follow: Spend;
}

/** directus_users.external_identifier is varchar(255), first_name and last_name are varchar(50). */
const IDENTIFIER_LENGTH = 255;
const NAME_LENGTH = 50;

const nothing: Spend = async () => {};

/**
 * The accounts of people whom a provider vouches for: found by provider and identifier. An address opens an account only
 * once, to link it, and only where both sides have verified it.
 */
export class ExternalUsers {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #find: string;
  readonly #insert: string;
  readonly #linking: VerifiedLinking;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#linking = new VerifiedLinking(store, clock);
    this.#find = statement(
      store,
      `SELECT id, status, 0 AS linked FROM directus_users WHERE provider = ? AND external_identifier = ?
       UNION ALL SELECT u.id, u.status, 1 AS linked FROM limen_identities i JOIN directus_users u ON u.id = i."user"
       WHERE i.provider = ? AND i.identifier = ?
       ORDER BY linked LIMIT 1`,
    );
    this.#insert = statement(
      store,
      `INSERT INTO directus_users (id, email, first_name, last_name, role, status, provider, external_identifier)
       VALUES (?, ?, ?, ?, ?, 'active', ?, ?)`,
    );
  }

  /**
   * The user of such a person, made where that is allowed. Throws INVALID_CREDENTIALS for inactive and unknown ones,
   * INVALID_PROVIDER when address or identifier belong to an account of another provider, INVALID_PROVIDER_CONFIG when
   * the role does not exist.
   */
  async settle(person: ExternalPerson, joining: Joining, origin: Origin = NOWHERE): Promise<ExternalUser> {
    const known = cleaned(person);
    const found = await this.#found(known, joining);
    if (found !== null) return found;
    try {
      return await this.#linkOrCreate(known, joining, origin);
    } catch (error) {
      if (!(error instanceof ConstraintError)) throw error;
      if (error.kind === 'foreign-key') throw missingRole(joining.provider, error);
      if (error.kind !== 'unique') throw error;
      // Somebody was quicker: the same person, or another with the same identifier.
      const quicker = await this.#found(known, joining);
      if (quicker === null) throw otherProvider(error);
      return quicker;
    }
  }

  /** The account with this identity, whatever its status, or null. */
  async idOf(provider: string, identifier: string): Promise<string | null> {
    const identity = [provider, identifier];
    return (await this.#store.get<{ id: string }>(this.#find, [...identity, ...identity]))?.id ?? null;
  }

  async #found(person: ExternalPerson, joining: Joining): Promise<ExternalUser | null> {
    const identity = [joining.provider, person.identifier];
    const row = await this.#store.get<{ id: string; status: string; linked: number }>(this.#find, [
      ...identity,
      ...identity,
    ]);
    if (!row) return null;
    if (row.status !== 'active') throw invalidCredentials();
    // Only the provider that an account is of says anything about it; others that it is linked to open the door.
    if (Number(row.linked) === 1) return { id: row.id, linked: true, follow: nothing };
    return { id: row.id, linked: false, follow: (tx) => this.#follow(tx, row.id, person, joining) };
  }

  #linkOrCreate(person: ExternalPerson, joining: Joining, origin: Origin): Promise<ExternalUser> {
    const { identifier, email, emailVerified = false } = person;
    return this.#store.transaction(async (tx) => {
      const holders = email === null ? [] : await holdersOfAddress(this.#store, tx, email);
      const [holder] = holders;
      if (holder === undefined) return { id: await this.#create(tx, person, joining), linked: false, follow: nothing };
      const mayLink = emailVerified && joining.mayLink === true;
      const identity = { provider: joining.provider, identifier };
      const refusal = mayLink ? await this.#linking.link(tx, holders, identity, origin) : UNVERIFIED;
      if (refusal === null) return { id: holder, linked: true, follow: nothing };
      throw joining.mayRegister ? otherProvider(new Error(`Not linked: ${refusal}`)) : invalidCredentials();
    });
  }

  async #create(tx: Transaction, person: ExternalPerson, { provider, role, mayRegister }: Joining): Promise<string> {
    if (!mayRegister) throw invalidCredentials();
    const { identifier, email, firstName, lastName } = person;
    const id = randomUUID();
    await tx.run(this.#insert, [id, email, firstName, lastName, role, provider, identifier]);
    const event = { actor: null, user: id, at: this.#clock.now(), origin: NOWHERE };
    await recordEvent(tx, this.#store, { action: 'create', ...event });
    tx.announce('users', id);
    return id;
  }

  /** What the provider does not say any more stays as it is; so does an address that somebody else has. */
  async #follow(tx: Transaction, user: string, person: ExternalPerson, joining: Joining): Promise<void> {
    const changes = new Map<string, SqlValue>();
    if (joining.roleFollows) changes.set('role', joining.role);
    if (joining.sync) {
      if (person.firstName !== null) changes.set('first_name', person.firstName);
      if (person.lastName !== null) changes.set('last_name', person.lastName);
      if (person.email !== null && (await this.#isFree(tx, person.email, user))) changes.set('email', person.email);
    }
    if (changes.size === 0) return;
    const columns = [...changes.keys()];
    const differs = columns.map((column) => `${column} IS DISTINCT FROM ?`).join(' OR ');
    const text = `UPDATE directus_users SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ? AND (${differs})`;
    try {
      const values = [...changes.values()];
      if ((await tx.run(statement(this.#store, text), [...values, user, ...values])) > 0) tx.announce('users', user);
    } catch (error) {
      if (error instanceof ConstraintError && error.kind === 'foreign-key') throw missingRole(joining.provider, error);
      throw error;
    }
  }

  async #isFree(tx: Transaction, email: string, user: string): Promise<boolean> {
    const holders = await holdersOfAddress(this.#store, tx, email);
    return holders.every((holder) => holder === user);
  }
}

const UNVERIFIED = 'the provider has not verified the address, or such addresses are not to be linked';
const NOWHERE: Origin = { ip: null, userAgent: null, origin: null };

/** Without what no column can hold. Throws INVALID_CREDENTIALS for an identifier that can't be one. */
function cleaned({ identifier, email, emailVerified, firstName, lastName }: ExternalPerson): ExternalPerson {
  if (identifier === '' || identifier.length > IDENTIFIER_LENGTH || CONTROL.test(identifier)) {
    throw invalidCredentials();
  }
  return {
    identifier,
    email: email !== null && isEmail(email) ? email : null,
    emailVerified,
    firstName: nameOf(firstName),
    lastName: nameOf(lastName),
  };
}

const CONTROL = /\p{Cc}/u;

function nameOf(text: string | null): string | null {
  const name = text?.replace(/\p{Cc}/gu, '').trim() ?? '';
  return name === '' ? null : [...name].slice(0, NAME_LENGTH).join('');
}

const otherProvider = (cause?: unknown): ApiError =>
  new ApiError('INVALID_PROVIDER', 'This address belongs to an account that signs in differently.', {}, cause);

const missingRole = (provider: string, cause: unknown): ApiError =>
  new ApiError('INVALID_PROVIDER_CONFIG', 'Invalid config.', { provider }, cause);
