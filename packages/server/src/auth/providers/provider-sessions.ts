import { hash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedBox } from '../../kernel/sealed-box.ts';
import type { Row, Store, Transaction } from '../../store/types.ts';
import { bindMoment, statement } from '../statements.ts';
import type { NameId } from './saml/assertion.ts';

/** What a provider said of the session that it vouches for. */
export interface Vouched {
  readonly provider: string;
  /** What it calls the person where it signs them out. */
  readonly subject: string | null;
  /** What it calls its own session. */
  readonly session: string | null;
  /** What it has to be told when the person signs out here; null for nothing. */
  readonly told: Told | null;
}

/** By issuer, since it is nobody else's business, also where a provider of the same name has become another one. */
export type Told =
  | { readonly kind: 'openid'; readonly issuer: string; readonly idToken: string }
  | { readonly kind: 'saml'; readonly issuer: string; readonly nameId: NameId; readonly sessionIndex: string | null };

/** A session here that a provider opened. */
export interface ProviderSession {
  readonly user: string;
  readonly family: string;
}

/** Longer ones would not fit an address anyway. */
const MAX_SEALED = 8_192;
const PURGE_BATCH = 500;
const PURGE_MS = 3_600_000;

/**
 * The rows of limen_provider_sessions. What the provider is told later is kept sealed: ID tokens name people, and are taken
 * for proof of who they are by some.
 */
export class ProviderSessions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #box: SealedBox;
  readonly #sql: ReturnType<typeof texts>;
  #purgedAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, secret: string, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#box = new SealedBox(derivedKey(secret, 'limen provider sessions'));
    this.#sql = texts(store);
  }

  async remember(tx: Transaction, { user, family }: ProviderSession, vouched: Vouched): Promise<void> {
    const { provider, subject, session, told } = vouched;
    const sealed = told && this.#seal(told, family);
    const now = bindMoment(this.#store.dialect, this.#clock.now());
    await tx.run(this.#sql.insert, [family, user, provider, digest(subject), digest(session), sealed, now]);
  }

  /** What the provider is to be told of this session; null for one that it did not open. */
  async toldOf(family: string, provider: string): Promise<Told | null> {
    const row = await this.#store.get<{ sealed: string | null }>(this.#sql.find, [family, provider]);
    if (!row?.sealed) return null;
    const opened = this.#box.open(Buffer.from(row.sealed, 'base64url'), family);
    return opened && (JSON.parse(opened.toString('utf8')) as Told); // sealed by us
  }

  /** The sessions that a provider opened for somebody: those that it names, or all where it names none. */
  async of(tx: Transaction, provider: string, subject: string, named: readonly string[]): Promise<ProviderSession[]> {
    const wanted = new Set(named.map(digest));
    const rows = await tx.all<Row & { session: string | null }>(this.#sql.ofSubject, [provider, digest(subject)]);
    return rows
      .filter(({ session }) => wanted.size === 0 || session === null || wanted.has(session))
      .map(({ user, family }) => ({ user: String(user), family: String(family) }));
  }

  /** Forgets some whose sessions are over, now and then, since every row is looked at; the number of rows. */
  async purge(): Promise<number> {
    if (this.#clock.now() - this.#purgedAt < PURGE_MS) return 0;
    const gone = await this.#store.transaction((tx) => tx.run(this.#sql.purge, [PURGE_BATCH]));
    if (gone === 0) this.#purgedAt = this.#clock.now();
    return gone;
  }

  /** For the way of a code that opens the session later. */
  seal(vouched: Vouched, code: string): string | null {
    return this.#seal(vouched, `code ${code}`);
  }

  /** Null for what is too long. */
  #seal(said: Told | Vouched, scope: string): string | null {
    const sealed = this.#box.close(JSON.stringify(said), scope).toString('base64url');
    return sealed.length <= MAX_SEALED ? sealed : null;
  }

  open(sealed: string | null, code: string): Vouched | null {
    const opened = sealed === null ? null : this.#box.open(Buffer.from(sealed, 'base64url'), `code ${code}`);
    return opened && (JSON.parse(opened.toString('utf8')) as Vouched); // sealed by us
  }
}

const texts = (store: Store) => ({
  insert: statement(
    store,
    `INSERT INTO limen_provider_sessions (family, "user", provider, subject, session, sealed, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  find: statement(store, 'SELECT sealed FROM limen_provider_sessions WHERE family = ? AND provider = ?'),
  ofSubject: statement(
    store,
    'SELECT "user", family, session FROM limen_provider_sessions WHERE provider = ? AND subject = ?',
  ),
  purge: statement(
    store,
    `DELETE FROM limen_provider_sessions WHERE family IN (SELECT p.family FROM limen_provider_sessions p
       WHERE NOT EXISTS (SELECT 1 FROM directus_sessions s WHERE s."user" = p."user" AND s.limen_family = p.family)
       LIMIT ?)`,
  ),
});

const digest = (text: string | null): string | null => (text === null ? null : hash('sha256', text, 'hex'));
