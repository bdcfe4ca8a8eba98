import type { Access } from '../../../access/index.ts';
import { type AuthProvider, type GivenProvider, readGivenProvider } from '../../../config/index.ts';
import { forbidden, serviceUnavailable } from '../../../errors/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { OutboundClient } from '../../../kernel/outbound/index.ts';
import { QueueFull, Semaphore } from '../../../kernel/semaphore.ts';
import type { Store } from '../../../store/types.ts';
import { UNREADABLE } from '../live-providers.ts';
import { type ProjectProviders, requireSetter } from '../project/project-providers.ts';
import type { ProviderInput } from '../project/provider-input.ts';
import type { StoredProviders } from '../project/stored-providers.ts';
import type { CheckStep } from './walk.ts';
import type { WebSettings } from './web.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: WebSettings;
  readonly outbound: () => OutboundClient;
  readonly rows: StoredProviders;
  readonly project: ProjectProviders;
  readonly environment: readonly AuthProvider[];
}

/** At once, and waiting: each asks other servers several times. */
const AT_ONCE = 2;
const WAITING = 8;

/** Tests of providers: those of the environment, those that are stored, and those that are not yet. */
export class ProviderTests {
  readonly #parts: Parts;
  readonly #turns = new Semaphore(AT_ONCE, WAITING);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As it would be with these changes. Throws FORBIDDEN, also where there is none; what changing it would throw. */
  async ofName(access: Access, name: string, input: ProviderInput): Promise<readonly CheckStep[]> {
    requireSetter(access);
    if (Object.keys(input).length === 0) return this.asItIs(name);
    return this.#given(await this.#parts.project.changedDraft(access, name, input));
  }

  /** One that is not stored. Throws FORBIDDEN, FAILED_VALIDATION. */
  async ofDraft(access: Access, input: ProviderInput): Promise<readonly CheckStep[]> {
    requireSetter(access);
    return this.#given(this.#parts.project.draft(input, false));
  }

  /** For who works on the machine itself. Throws FORBIDDEN where there is none. */
  async asItIs(name: string): Promise<readonly CheckStep[]> {
    const { environment, rows, store } = this.#parts;
    const settings = environment.find((one) => one.name === name);
    if (settings) return this.#run(settings, null);
    const row = await rows.find(store, name);
    if (!row) throw forbidden();
    if (row.settings === null) return [{ name: 'settings', ok: false, detail: UNREADABLE, setting: 'SECRET' }];
    return this.#given({ ...row, settings: row.settings });
  }

  async #given(given: GivenProvider): Promise<readonly CheckStep[]> {
    const { provider, problems } = readGivenProvider(given);
    if (provider) return this.#run(provider, 'tested');
    return problems.map(({ setting, message }) => {
      return { name: 'settings', ok: false, detail: `${setting} ${message}`, setting };
    });
  }

  async #run(settings: AuthProvider, revision: string | null): Promise<readonly CheckStep[]> {
    try {
      const live = { settings, revision, scope: settings.name };
      // Loaded with the first test: few servers are asked for one.
      const { checkProvider } = await import('./check-provider.ts');
      return await this.#turns.run(() => checkProvider(live, this.#parts));
    } catch (error) {
      if (!(error instanceof QueueFull)) throw error;
      throw serviceUnavailable('providers', 'Too many tests of providers run already.', error);
    }
  }
}
