import type { Clock } from '../kernel/clock.ts';
import { RateWindow } from '../kernel/rate-window.ts';

const MAILS = 10;
const DURATION_MS = 900_000;

/** Bounds the mail that anybody can have sent to one account, whoever asks for it. */
export class MailAllowance {
  readonly #window: RateWindow;

  constructor(clock: Clock) {
    this.#window = new RateWindow(MAILS, DURATION_MS, clock);
  }

  /** Whether another mail may go to the account, by its id. */
  take(user: string): boolean {
    return this.#window.take(user) === null;
  }
}
