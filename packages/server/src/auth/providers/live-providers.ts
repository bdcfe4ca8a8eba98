import { type AuthProvider, readGivenProvider } from '../../config/index.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { Store, Transaction } from '../../store/types.ts';
import type { StoredProvider, StoredProviders } from './project/stored-providers.ts';

/** A provider that people may sign in with now. It is another object once anything about it has changed. */
export interface LiveProvider<P extends AuthProvider = AuthProvider> {
  readonly settings: P;
  /** Null for those of the environment; else that of limen_providers. */
  readonly revision: string | null;
  /** What is begun here counts for this scope only: another one after every change. */
  readonly scope: string;
}

interface Parts {
  readonly store: Store;
  readonly rows: StoredProviders;
  /** Those of AUTH_PROVIDERS. */
  readonly environment: readonly AuthProvider[];
  readonly onFault: (error: unknown) => void;
}

/** The providers of the environment and the enabled ones of the project, as they are now on every node. */
export class LiveProviders {
  readonly #parts: Parts;
  readonly #environment: readonly LiveProvider[];
  readonly #stopListening: () => void;
  #known: ReadonlyMap<string, LiveProvider>;
  /** Directories of the project that are disabled or can't be read. */
  #closedDirectories: ReadonlySet<string> = new Set();
  /** Grows with every announcement; what was read before the last one is out of date. */
  #age = 1;
  #readAge = 0;
  #reading: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#environment = parts.environment.map((settings) => ({ settings, revision: null, scope: settings.name }));
    this.#known = byName(this.#environment);
    this.#stopListening = parts.store.onAnnouncement((topic) => {
      if (topic !== 'providers') return;
      this.#age++;
      this.fresh().catch(parts.onFault);
    });
  }

  /** Resolves when all that was announced is known here. Throws SERVICE_UNAVAILABLE where it can't be read. */
  async fresh(): Promise<void> {
    while (this.#readAge !== this.#age) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  get(name: string): LiveProvider | undefined {
    return this.#known.get(name);
  }

  /** Those of the environment first. */
  list(): readonly LiveProvider[] {
    return [...this.#known.values()];
  }

  /** Whether there are any, so that people of one may be among those who are here. */
  hasDirectories(): boolean {
    return this.#closedDirectories.size > 0 || this.list().some(({ settings }) => settings.driver === 'ldap');
  }

  /** Whether a directory of the project can't be asked now and may be again: it was not deleted. */
  isClosedDirectory(name: string): boolean {
    return this.#closedDirectories.has(name);
  }

  /** Whether the environment has this name, in whatever case: its settings would be the same ones. */
  isOfEnvironment(name: string): boolean {
    return this.#environment.some(({ settings }) => settings.name.toLowerCase() === name.toLowerCase());
  }

  /** Throws INVALID_CREDENTIALS where a provider was changed, disabled or deleted since somebody left for it. */
  async hold(tx: Transaction, { settings, revision }: LiveProvider): Promise<void> {
    if (revision === null || (await this.#parts.rows.holds(tx, settings.name, revision))) return;
    throw invalidCredentials(new Error(`The provider ${settings.name} was changed meanwhile`));
  }

  close(): void {
    this.#stopListening();
  }

  async #read(): Promise<void> {
    const age = this.#age;
    const stored = (await this.#parts.rows.all()).filter(({ name }) => !this.isOfEnvironment(name));
    this.#known = byName([...this.#environment, ...stored.flatMap((row) => this.#liveOf(row))]);
    const directories = stored.filter(({ driver, name }) => driver === 'ldap' && !this.#known.has(name));
    this.#closedDirectories = new Set(directories.map(({ name }) => name));
    this.#readAge = age;
  }

  #liveOf(row: StoredProvider): readonly LiveProvider[] {
    if (!row.enabled) return [];
    const { settings: provider, problem } = providerOf(row);
    if (provider === null) {
      this.#parts.onFault(new Error(`The provider ${row.name} can't be used: ${problem}`));
      return [];
    }
    const known = this.#known.get(row.name);
    const same = known?.revision === row.revision && known.settings.label === provider.label;
    if (same && known.settings.icon === provider.icon) return [known];
    return [{ settings: provider, revision: row.revision, scope: `${row.name} ${row.revision}` }];
  }
}

const byName = (providers: readonly LiveProvider[]): ReadonlyMap<string, LiveProvider> =>
  new Map(providers.map((provider) => [provider.settings.name, provider]));

export const UNREADABLE =
  "Its settings were stored with another SECRET and can't be read. Give all of them again, or delete it.";

/** What is stored, read as settings are; or what is wrong with it. */
export function providerOf({
  settings,
  ...row
}: StoredProvider): { settings: AuthProvider; problem: null } | { settings: null; problem: string } {
  if (settings === null) return { settings: null, problem: UNREADABLE };
  const { provider, problems } = readGivenProvider({ ...row, settings });
  if (provider !== null) return { settings: provider, problem: null };
  return { settings: null, problem: problems.map(({ setting, message }) => `${setting} ${message}`).join('; ') };
}

/** What belongs to a provider as long as it stays as it is, such as what was learnt about it; made when first needed. */
export class PerProvider<P extends AuthProvider, T> {
  readonly #made = new WeakMap<LiveProvider<P>, T>();
  readonly #make: (provider: LiveProvider<P>) => T;

  constructor(make: (provider: LiveProvider<P>) => T) {
    this.#make = make;
  }

  of(provider: LiveProvider<P>): T {
    const known = this.#made.get(provider);
    if (known !== undefined) return known;
    const made = this.#make(provider);
    this.#made.set(provider, made);
    return made;
  }
}
