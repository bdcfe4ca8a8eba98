import type { Client, Entry } from 'ldapts';
import type { AuthProvider, ProviderOptions } from '../../../config/index.ts';
import { invalidCredentials } from '../../../errors/index.ts';
import type { OutboundClient } from '../../../kernel/outbound/index.ts';
import { Semaphore } from '../../../kernel/semaphore.ts';
import type { ExternalPerson } from '../external-users.ts';
import { withDirectory } from './connection.ts';
import { directoryFailure, isRefusal, RESULT, resultCode } from './failures.ts';

export interface DirectorySettings {
  readonly name: string;
  readonly options: ProviderOptions<'ldap'>;
  readonly client: AuthProvider['client'];
}

/** The name of an entry whose password it was not. */
export interface Refused {
  readonly refused: string;
}

export interface DirectoryMember {
  readonly person: ExternalPerson;
  /** Names (cn) of the groups, null where the provider has none. */
  readonly groups: readonly string[] | null;
}

/** Connections at once, and logins that wait for one. */
const CONNECTIONS = 16;
const WAITING = 256;
/** Groups of one person. */
const MAX_GROUPS = 1000;

const CONTROL = 'userAccountControl';
/** Bits of Active Directory's userAccountControl: disabled, locked, password expired. */
const BARRED = 0x2 | 0x10 | 0x800000;

/** One directory: finds people, and lets it judge their passwords. */
export class Directory {
  readonly #settings: DirectorySettings;
  readonly #outbound: OutboundClient | null;
  readonly #turns = new Semaphore(CONNECTIONS, WAITING);

  /** `outbound` says where connections may go; null: anywhere. */
  constructor(settings: DirectorySettings, outbound: OutboundClient | null = null) {
    this.#settings = settings;
    this.#outbound = outbound;
  }

  /**
   * Who has this identifier and this password, neither empty. Throws INVALID_CREDENTIALS where nobody or more than one has
   * the identifier, or where the account is barred; SERVICE_UNAVAILABLE or INVALID_PROVIDER_CONFIG.
   */
  authenticate(identifier: string, password: string): Promise<DirectoryMember | Refused> {
    return this.#ask(async (client) => {
      const entry = await this.#find(client, identifier);
      const groups = await this.#groupsOf(client, entry);
      if (!(await accepts(client, entry.dn, password))) return { refused: entry.dn };
      if (isBarred(entry)) throw invalidCredentials();
      return { person: this.#person(entry), groups };
    });
  }

  /** Whether the entry of this name is still there and may sign in. Throws as `authenticate`. */
  async mayStay(dn: string): Promise<boolean> {
    return this.#ask(async (client) => {
      const entries = await search(client, dn, { scope: 'base', attributes: [CONTROL], sizeLimit: 1 }).catch(ifGone);
      const [entry] = entries;
      return entry !== undefined && !isBarred(entry);
    });
  }

  /** With a connection of its own, bound as the one who searches. */
  async #ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { name, options, client } = this.#settings;
    const { clientUrl, bindDn, bindPassword } = options;
    try {
      const address = { clientUrl: clientUrl ?? '', client, outbound: this.#outbound };
      return await this.#turns.run(() =>
        withDirectory(address, async (connection) => {
          await connection.bind(bindDn ?? '', bindPassword ?? '');
          return work(connection);
        }),
      );
    } catch (error) {
      throw directoryFailure(name, error);
    }
  }

  /** The one entry with this identifier. Of two nobody knows which one is meant. Throws INVALID_CREDENTIALS. */
  async #find(client: Client, identifier: string): Promise<Entry> {
    const { userDn, userAttribute, userScope, mailAttribute, firstNameAttribute, lastNameAttribute } =
      this.#settings.options;
    const { EqualityFilter } = await import('ldapts');
    const entries = await search(client, userDn ?? '', {
      scope: userScope,
      // Sent as bytes of a value (RFC 4511 §4.5.1.7), never as part of a filter's text: nothing in it is special.
      filter: new EqualityFilter({ attribute: userAttribute, value: identifier }),
      attributes: [userAttribute, mailAttribute, firstNameAttribute, lastNameAttribute, 'uid', CONTROL],
      sizeLimit: 2,
    }).catch(ifAmbiguous);
    const [entry, other] = entries;
    // Without a name its bind would be anonymous.
    if (!entry?.dn || other) throw invalidCredentials();
    return entry;
  }

  async #groupsOf(client: Client, entry: Entry): Promise<readonly string[] | null> {
    const { groupDn, groupAttribute, groupScope } = this.#settings.options;
    if (!groupDn) return null;
    // Groups of POSIX (RFC 2307) list user names, others the names of entries.
    const member = groupAttribute.toLowerCase() === 'memberuid' ? textOf(entry, 'uid') : entry.dn;
    if (member === null) return [];
    const { EqualityFilter } = await import('ldapts');
    const filter = new EqualityFilter({ attribute: groupAttribute, value: member });
    const attributes = ['cn'];
    const groups = await search(client, groupDn, { scope: groupScope, filter, attributes, sizeLimit: MAX_GROUPS });
    return groups.flatMap((group) => valuesOf(group, 'cn'));
  }

  #person(entry: Entry): ExternalPerson {
    const { mailAttribute, firstNameAttribute, lastNameAttribute } = this.#settings.options;
    return {
      identifier: entry.dn,
      email: textOf(entry, mailAttribute),
      firstName: textOf(entry, firstNameAttribute),
      lastName: textOf(entry, lastNameAttribute),
    };
  }
}

/** Entries alone: references to other directories (RFC 4511 §4.5.3) are not followed. */
async function search(client: Client, base: string, options: Parameters<Client['search']>[1]): Promise<Entry[]> {
  return (await client.search(base, options)).searchEntries;
}

/** Whether the directory takes this password for this entry. */
async function accepts(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function ifAmbiguous(error: unknown): never {
  throw resultCode(error) === RESULT.sizeLimitExceeded ? invalidCredentials(error) : error;
}

function ifGone(error: unknown): Entry[] {
  if (resultCode(error) === RESULT.noSuchObject) return [];
  throw error;
}

function isBarred(entry: Entry): boolean {
  return valuesOf(entry, CONTROL).some((value) => (Number(value) & BARRED) !== 0);
}

const textOf = (entry: Entry, attribute: string): string | null => valuesOf(entry, attribute)[0] ?? null;

/** The values of an attribute, in whatever case the directory writes its name. */
function valuesOf(entry: Entry, attribute: string): string[] {
  const key = Object.keys(entry).find((name) => name !== 'dn' && name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  return [value ?? []].flat().flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []));
}
