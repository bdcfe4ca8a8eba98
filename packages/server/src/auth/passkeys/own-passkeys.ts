import type { Access } from '../../access/index.ts';
import { forbidden, invalidPayload, unprocessable } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store, Transaction } from '../../store/types.ts';
import { actorOf, originOf, ownId, readId, requireAdministrator, requireOwnField } from '../asking.ts';
import { recordEvent } from '../events.ts';
import { projectName } from '../project-name.ts';
import { answerOrNull, readProof, type Spend } from '../proof.ts';
import { setPasskeyFactor } from '../second-factor/enrolment.ts';
import type { Sessions } from '../sessions.ts';
import { statement } from '../statements.ts';
import type { StepUp } from '../step-up.ts';
import type { Ceremonies, Holder } from './ceremonies.ts';
import type { Passkey, PasskeyRows } from './rows.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rows: PasskeyRows;
  readonly ceremonies: Ceremonies;
  readonly stepUp: StepUp;
  readonly sessions: Sessions;
  /** Whose passwords are kept here, and who may therefore have passkeys. */
  readonly providers: ReadonlySet<string>;
}

/** A passkey as its owner sees it. */
export interface ShownPasskey {
  readonly id: string;
  readonly name: string;
  readonly transports: readonly string[];
  readonly backed_up: boolean;
  /** ISO 8601. */
  readonly date_created: string;
  readonly last_used: string | null;
}

interface Account {
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly password: string | null;
  readonly provider: string;
}

/** An account has at most so many. */
const LIMIT = 20;
const NAME_LENGTH = 255;
const NOTHING: Spend = async () => {};

/** Registering, naming and removing passkeys. Bodies are taken as they came; nobody reaches those of another account. */
export class OwnPasskeys {
  readonly #parts: Parts;
  readonly #account: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#account = statement(
      parts.store,
      'SELECT email, first_name, last_name, password, provider FROM directus_users WHERE id = ?',
    );
  }

  async list(access: Access): Promise<readonly ShownPasskey[]> {
    return (await this.#parts.rows.of(ownId(access))).map(shown);
  }

  /** FORBIDDEN but for administrators. */
  async listOf(access: Access, id: string): Promise<readonly ShownPasskey[]> {
    requireAdministrator(access);
    const user = readId(id);
    if (!(await this.#find(user))) throw forbidden();
    return (await this.#parts.rows.of(user)).map(shown);
  }

  /**
   * What to ask an authenticator: `register` (the default) for a new passkey, `step-up` for an existing one that proves
   * who is there. Throws FORBIDDEN without the permission to update one's own `tfa_secret`.
   */
  async options(access: Access, body: Record<string, unknown>) {
    const { store, rows, ceremonies } = this.#parts;
    const user = ownId(access);
    const { purpose = 'register' } = body;
    if (purpose !== 'register' && purpose !== 'step-up') {
      throw invalidPayload('"purpose" has to be "register" or "step-up".');
    }
    const passkeys = await rows.of(user);
    if (purpose === 'step-up') return ceremonies.requestOptions('step-up', user, passkeys);
    const account = await this.#requireEligible(access, user);
    return ceremonies.creationOptions(holderOf(user, account), await projectName(store), passkeys);
  }

  /**
   * Adds a passkey from `{name, credential}` and a proof of who is there (`password`, `otp` or `passkey`). Throws
   * INVALID_PAYLOAD, FORBIDDEN, and what `StepUp.prove` throws.
   */
  async add(access: Access, body: Record<string, unknown>): Promise<ShownPasskey> {
    const { store, clock, rows, ceremonies, stepUp } = this.#parts;
    const user = ownId(access);
    const name = readName(body.name);
    const answer = answerOrNull(body.credential);
    if (answer === null) throw invalidPayload('"credential" has to be what the authenticator answered.');
    const proof = readProof(body);
    await this.#requireEligible(access, user);
    const { passkey, spend: spendChallenge } = await ceremonies.verifyRegistration(user, answer);
    const spend = await stepUp.prove(user, proof, originOf(access));
    const now = clock.now();
    const id = await store.transaction(async (tx) => {
      if ((await rows.count(tx, user)) >= LIMIT) throw unprocessable(`An account has at most ${LIMIT} passkeys.`);
      await spend(tx);
      await spendChallenge(tx);
      await this.#record(tx, access, user);
      return rows.add(tx, { ...passkey, name }, now);
    });
    return shown({ ...passkey, name, id, createdAt: now, lastUsed: null });
  }

  /** Gives one of the own passkeys another name. Throws FORBIDDEN where there is no such one. */
  async rename(access: Access, id: string, body: Record<string, unknown>): Promise<void> {
    const { store, rows } = this.#parts;
    const user = ownId(access);
    const name = readName(body.name);
    const passkey = readId(id);
    if (!(await store.transaction((tx) => rows.rename(tx, user, passkey, name)))) throw forbidden();
  }

  /**
   * Takes a passkey away and ends the sessions of the account, but for the session or the access token that asks.
   * Throws FORBIDDEN where there is no such one, UNPROCESSABLE_CONTENT for the last one of an account without a password,
   * and what `StepUp.prove` throws.
   */
  async remove(access: Access, id: string, body: Record<string, unknown>): Promise<void> {
    const { store, stepUp } = this.#parts;
    const user = ownId(access);
    const spend = await stepUp.prove(user, readProof(body), originOf(access));
    await store.transaction((tx) => this.#remove(tx, access, user, id, spend));
  }

  /** The same for somebody else. FORBIDDEN but for administrators. */
  async removeOf(access: Access, owner: string, id: string): Promise<void> {
    requireAdministrator(access);
    const user = readId(owner);
    if (!(await this.#find(user))) throw forbidden();
    await this.#parts.store.transaction((tx) => this.#remove(tx, access, user, id, NOTHING));
  }

  async #remove(tx: Transaction, access: Access, user: string, id: string, spend: Spend): Promise<void> {
    const { store, rows, sessions } = this.#parts;
    const before = await rows.count(tx, user);
    await spend(tx);
    if (!(await rows.remove(tx, user, readId(id)))) throw forbidden();
    const account = await tx.get<Account & Record<string, unknown>>(this.#account, [user]);
    if (before === 1) {
      if (account?.password === null) {
        throw unprocessable('This is the only way to sign in to this account; give it a password first.');
      }
      await setPasskeyFactor(tx, store, user, false);
    }
    const { accountability: asking } = access;
    const own = asking.kind === 'user' && asking.user === user ? asking : null;
    await sessions.endAllOf(tx, user, own?.session ?? null, own?.issued);
    await this.#record(tx, access, user);
  }

  /** People of other providers sign in there, where they can be locked out; a passkey here would outlive that. */
  async #requireEligible(access: Access, user: string): Promise<Account> {
    const { store, providers } = this.#parts;
    await requireOwnField(store, access, 'tfa_secret');
    const account = await this.#find(user);
    if (!account || !providers.has(account.provider)) throw forbidden();
    return account;
  }

  #find(user: string): Promise<(Account & Record<string, unknown>) | undefined> {
    return this.#parts.store.get(this.#account, [user]);
  }

  async #record(tx: Transaction, access: Access, user: string): Promise<void> {
    const { store, clock } = this.#parts;
    const origin = originOf(access);
    await recordEvent(tx, store, { action: 'update', actor: actorOf(access), user, at: clock.now(), origin });
    tx.announce('users', user);
  }
}

function readName(name: unknown): string {
  if (typeof name !== 'string' || name.trim() === '' || name.length > NAME_LENGTH || name.includes('\0')) {
    throw invalidPayload(`"name" has to be a text of at most ${NAME_LENGTH} characters.`);
  }
  return name.trim();
}

function holderOf(id: string, { email, first_name: first, last_name: last }: Account): Holder {
  const name = email ?? id;
  return { id, name, displayName: [first, last].filter(Boolean).join(' ') || name };
}

const shown = ({ id, name, transports, backedUp, createdAt, lastUsed }: Passkey): ShownPasskey => ({
  id,
  name,
  transports,
  backed_up: backedUp,
  date_created: new Date(createdAt).toISOString(),
  last_used: lastUsed === null ? null : new Date(lastUsed).toISOString(),
});
