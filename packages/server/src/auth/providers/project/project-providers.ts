import { randomUUID } from 'node:crypto';
import type { Access } from '../../../access/index.ts';
import { type AuthProvider, type Driver, GIVEN_DRIVERS, readGivenProvider } from '../../../config/index.ts';
import { forbidden, invalidPayload, recordNotUnique, unprocessable } from '../../../errors/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Store, Transaction } from '../../../store/types.ts';
import { actorOf, originOf } from '../../asking.ts';
import { refuseDelegated } from '../../credential-changes.ts';
import { recordActivity } from '../../events.ts';
import { type LiveProviders, providerOf } from '../live-providers.ts';
import { changedSettings, checkName, type ProviderInput, refuseProblems, shownSettings } from './provider-input.ts';
import type { StoredProvider, StoredProviders, WrittenProvider } from './stored-providers.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rows: StoredProviders;
  readonly live: LiveProviders;
  readonly environment: readonly AuthProvider[];
  /** Of TOKEN_ISSUERS: they are the providers of their users. */
  readonly issuers: ReadonlySet<string>;
}

/** A provider as administrators see it. */
export interface ShownProvider {
  readonly name: string;
  readonly driver: string;
  readonly label: string | null;
  readonly icon: string | null;
  readonly enabled: boolean;
  readonly source: 'environment' | 'project';
  readonly read_only: boolean;
  /** `shadowed`: the environment has one of this name, too. */
  readonly state: 'ready' | 'disabled' | 'unreadable' | 'invalid' | 'shadowed';
  /** What keeps it from being used, in words. */
  readonly problem: string | null;
  /** Secrets concealed; null for those of the environment, and where they can't be read. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  /** ISO 8601, and ids of users; null for those of the environment. */
  readonly date_created: string | null;
  readonly user_created: string | null;
  readonly date_updated: string | null;
  readonly user_updated: string | null;
}

/** A project has at most so many. */
const LIMIT = 50;
const TABLE = 'limen_providers';

/** The providers that administrators set up while the server runs. */
export class ProjectProviders {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws FORBIDDEN for who may not set up providers. */
  require(access: Access): void {
    requireSetter(access);
  }

  /** Those of the environment first. Throws FORBIDDEN. */
  async list(access: Access): Promise<readonly ShownProvider[]> {
    requireSetter(access);
    const { rows, environment } = this.#parts;
    return [...environment.map(shownEnvironment), ...(await rows.all()).map((row) => this.#shown(row))];
  }

  /** Throws FORBIDDEN, also where there is none. */
  async read(access: Access, name: string): Promise<ShownProvider> {
    requireSetter(access);
    const given = this.#parts.environment.find((one) => one.name === name);
    return given ? shownEnvironment(given) : this.#shown(await this.#required(this.#parts.store, name));
  }

  /** Throws FORBIDDEN, INVALID_PAYLOAD, FAILED_VALIDATION, RECORD_NOT_UNIQUE, UNPROCESSABLE_CONTENT where there are too many. */
  async create(access: Access, input: ProviderInput): Promise<ShownProvider> {
    requireSetter(access);
    const { rows, live, issuers } = this.#parts;
    const written = this.draft(input);
    if (live.isOfEnvironment(written.name) || issuers.has(written.name))
      throw recordNotUnique('providers', 'name', written.name);
    return this.#write(access, 'create', written.name, async (tx, actor, now) => {
      if (await rows.find(tx, written.name)) throw recordNotUnique('providers', 'name', written.name);
      if ((await rows.all(tx)).length >= LIMIT) throw unprocessable(`There may be at most ${LIMIT} providers.`);
      await rows.insert(tx, written, actor, now);
    });
  }

  /** Changes what the body names. Throws as `create`. */
  async update(access: Access, name: string, input: ProviderInput): Promise<ShownProvider> {
    requireSetter(access);
    const { rows } = this.#parts;
    this.#refuseEnvironment(name);
    return this.#write(access, 'update', name, async (tx, actor, now) => {
      const before = await this.#required(tx, name);
      const after = this.changed(before, input);
      await rows.update(tx, after, actor, now);
      if (after.revision !== before.revision) await rows.takeCodesBack(tx, name);
    });
  }

  /** Throws FORBIDDEN, and UNPROCESSABLE_CONTENT where accounts sign in with it and `force` does not say that they may lose it. */
  async delete(access: Access, name: string, force: boolean): Promise<void> {
    requireSetter(access);
    const { rows, live } = this.#parts;
    this.#refuseEnvironment(name);
    await rows.change(async (tx) => {
      await this.#required(tx, name);
      const users = await rows.users(tx, name);
      if (users > 0 && !force) {
        const who = users === 1 ? 'One account signs' : `${users} accounts sign`;
        throw unprocessable(`${who} in with "${name}". Disable it, or delete it all the same with ?force=true.`);
      }
      await rows.takeCodesBack(tx, name);
      await rows.remove(tx, name);
      await this.#record(tx, access, 'delete', name);
    });
    await live.fresh();
  }

  /** A provider that is stored, for a test of it as it would be with these changes. Throws as `update`. */
  async changedDraft(access: Access, name: string, input: ProviderInput): Promise<WrittenProvider> {
    requireSetter(access);
    return this.changed(await this.#required(this.#parts.store, name), input, false);
  }

  /** What a new provider would be. Throws INVALID_PAYLOAD, FAILED_VALIDATION. */
  draft(
    { name: given, driver, label = null, icon = null, enabled = true, settings = {} }: ProviderInput,
    check = true,
  ) {
    const name = checkName(given);
    const own = changedSettings(driverOf(driver), {}, settings);
    const written = { name, driver: driverOf(driver), label, icon, enabled, settings: own, revision: randomUUID() };
    if (check) refuseProblems(readGivenProvider(written).problems);
    return written;
  }

  /** What a stored one would be. Throws as `draft`. */
  changed(row: StoredProvider, input: ProviderInput, check = true): WrittenProvider {
    if (input.name !== undefined && input.name !== row.name) throw invalidPayload('"name" stays as it is.');
    if (input.driver !== undefined && input.driver !== row.driver) {
      throw invalidPayload('"driver" stays as it is; make another provider.');
    }
    const { label = row.label, icon = row.icon, enabled = row.enabled } = input;
    const settings = changedSettings(driverOf(row.driver), row.settings, input.settings ?? {});
    const isSame = enabled === row.enabled && JSON.stringify(settings) === JSON.stringify(row.settings);
    const { name, driver } = row;
    const revision = isSame ? row.revision : randomUUID();
    const written = { name, driver, label, icon, enabled, settings, revision };
    if (check) refuseProblems(readGivenProvider(written).problems);
    return written;
  }

  async #write(
    access: Access,
    action: 'create' | 'update',
    name: string,
    work: (tx: Transaction, actor: string | null, now: number) => Promise<void>,
  ): Promise<ShownProvider> {
    const { rows, clock, live } = this.#parts;
    const row = await rows.change(async (tx) => {
      await work(tx, actorOf(access), clock.now());
      await this.#record(tx, access, action, name);
      return this.#required(tx, name);
    });
    await live.fresh();
    return this.#shown(row);
  }

  #record(tx: Transaction, access: Access, action: string, item: string): Promise<void> {
    const { store, clock } = this.#parts;
    const event = { actor: actorOf(access), at: clock.now(), origin: originOf(access) };
    return recordActivity(tx, store, { ...event, action, collection: TABLE, item });
  }

  async #required(from: Pick<Store, 'get'>, name: string): Promise<StoredProvider> {
    const row = await this.#parts.rows.find(from, name);
    if (!row) throw forbidden();
    return row;
  }

  #refuseEnvironment(name: string): void {
    if (this.#parts.environment.some((one) => one.name === name)) {
      throw unprocessable(`"${name}" is one of AUTH_PROVIDERS: it is changed in the environment.`);
    }
  }

  #shown(row: StoredProvider): ShownProvider {
    const { name, driver, label, icon, enabled, createdBy, updatedBy } = row;
    const iso = (ms: number): string => new Date(ms).toISOString();
    return {
      ...{ name, driver, label, icon, enabled },
      source: 'project',
      read_only: false,
      ...this.#stateOf(row),
      settings: row.settings && shownSettings(driver, row.settings),
      date_created: iso(row.createdAt),
      user_created: createdBy,
      date_updated: iso(row.updatedAt),
      user_updated: updatedBy,
    };
  }

  #stateOf(row: StoredProvider): Pick<ShownProvider, 'state' | 'problem'> {
    const { problem } = providerOf(row);
    if (row.settings === null) return { state: 'unreadable', problem };
    if (this.#parts.live.isOfEnvironment(row.name)) {
      return { state: 'shadowed', problem: 'AUTH_PROVIDERS names one like it, which is used in its place.' };
    }
    if (problem !== null) return { state: 'invalid', problem };
    return { state: row.enabled ? 'ready' : 'disabled', problem: null };
  }
}

/** Throws FORBIDDEN, whatever is asked for, unless an administrator asks who has signed in. */
export function requireSetter(access: Access): void {
  if (!access.profile.admin) throw forbidden();
  refuseDelegated(access.accountability);
}

/** Throws FAILED_VALIDATION. */
function driverOf(driver: string | undefined): Driver {
  const found = GIVEN_DRIVERS.find((one) => one === driver);
  if (!found) refuseProblems([{ setting: 'driver', message: `takes ${GIVEN_DRIVERS.join(', ')}` }]);
  return found ?? 'local';
}

const shownEnvironment = ({ name, driver, label, icon }: AuthProvider): ShownProvider => ({
  ...{ name, driver, label: label ?? null, icon: icon ?? null },
  enabled: true,
  source: 'environment',
  read_only: true,
  state: 'ready',
  problem: null,
  settings: null,
  date_created: null,
  user_created: null,
  date_updated: null,
  user_updated: null,
});
