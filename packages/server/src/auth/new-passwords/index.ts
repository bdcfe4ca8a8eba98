import { failedValidation } from '../../errors/index.ts';
import type { Reader } from '../../store/types.ts';
import type { Breaches } from './breaches.ts';
import { isCommon } from './common.ts';
import { checkPasswordPolicy } from './policy.ts';

export { Breaches } from './breaches.ts';

/** What a password has to be to be set. Existing ones are left alone. */
export class NewPasswords {
  readonly #breaches: Breaches | null;

  /** `breaches` is null where no service is asked. */
  constructor(breaches: Breaches | null) {
    this.#breaches = breaches;
  }

  /**
   * Throws FAILED_VALIDATION: `regex` where it does not fit the project's policy, `breached` where it is one that others
   * have lost; UNPROCESSABLE_CONTENT when the policy is no pattern.
   */
  async check(reader: Reader, password: string): Promise<void> {
    await checkPasswordPolicy(reader, password);
    if (isCommon(password) || (await this.#breaches?.has(password))) throw failedValidation('password', 'breached');
  }

  /** Has the service asked already, where a check will come inside of a transaction. */
  async look(password: string): Promise<void> {
    await this.#breaches?.has(password);
  }
}
