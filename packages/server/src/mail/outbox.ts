import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { RateWindow } from '../kernel/rate-window.ts';
import { Semaphore } from '../kernel/semaphore.ts';
import type { Store } from '../store/types.ts';
import { parseMailbox } from './address.ts';
import { composeLetter, type Letter, type LetterSettings } from './letter.ts';
import { oneLine } from './template.ts';
import { type MailConfig, MailError, openTransport, type Transport } from './transport/index.ts';

export type MailLog = (level: 'warn' | 'info', message: string) => void;

export type OutboxSettings = MailConfig &
  LetterSettings &
  Pick<
    Config,
    | 'emailVerifySetup'
    | 'rateLimiterEmailEnabled'
    | 'rateLimiterEmailPoints'
    | 'rateLimiterEmailDurationMs'
    | 'rateLimiterEmailQueueSize'
    | 'rateLimiterEmailErrorMessage'
  >;

export interface OutboxParts {
  readonly store: Store;
  readonly settings: OutboxSettings;
  readonly clock: Clock;
  readonly log: MailLog;
  /** When a mail that was not taken is tried again, in milliseconds after the last time. */
  readonly retryAfterMs?: readonly number[];
}

const AT_ONCE = 4;
/** Letters that wait at most where RATE_LIMITER_EMAIL_* sets no bound of its own. */
const MAX_WAITING = 10_000;
const RETRY_AFTER_MS = [2_000, 15_000, 120_000];
/** Longer than a transport's own limits. */
const ATTEMPT_MS = 90_000;
const LOGGED_LENGTH = 300;

/**
 * Mail on its way. Whoever posts a letter goes on at once: whether there is a mail server, how slow it is, and whether there
 * is somebody to write to changes nothing for them. Letters wait in memory, a bounded number of them.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #turns: Semaphore;
  readonly #limit: number;
  readonly #rate: RateWindow | null;
  readonly #closing = new AbortController();
  readonly #open = new Set<Promise<void>>();
  #transport: Promise<Transport> | null = null;
  #ended = false;

  constructor(parts: OutboxParts) {
    const { settings, clock } = parts;
    this.#parts = parts;
    this.#limit = settings.rateLimiterEmailEnabled ? settings.rateLimiterEmailQueueSize : MAX_WAITING;
    this.#turns = new Semaphore(AT_ONCE, this.#limit);
    this.#rate = settings.rateLimiterEmailEnabled
      ? new RateWindow(settings.rateLimiterEmailPoints, settings.rateLimiterEmailDurationMs, clock)
      : null;
  }

  /** Letters that have not left yet. */
  get waiting(): number {
    return this.#open.size;
  }

  /** Takes a letter along; false, and a warning in the log, when too many wait already. */
  post(letter: Letter): boolean {
    const { settings, log } = this.#parts;
    if (this.#closing.signal.aborted) return false;
    if (this.#open.size >= this.#limit) {
      log('warn', `${nameOf(letter)} was dropped: ${settings.rateLimiterEmailErrorMessage || 'too much mail waits'}`);
      return false;
    }
    const delivery = this.#deliver(letter).finally(() => this.#open.delete(delivery));
    this.#open.add(delivery);
    return true;
  }

  /** EMAIL_VERIFY_SETUP: says in the log when mail could not leave. */
  async verify(): Promise<void> {
    const { settings, log } = this.#parts;
    if (!settings.emailVerifySetup) return;
    try {
      if (!parseMailbox(settings.emailFrom)) throw new MailError('EMAIL_FROM is no e-mail address', true);
      await (await this.#ready()).verify();
    } catch (error) {
      log(
        'warn',
        `Mail can't be sent (EMAIL_TRANSPORT=${settings.emailTransport}): ${this.#withoutSecrets(reasonOf(error))}`,
      );
    }
  }

  /** Takes no more letters, and waits up to `graceMs` for those that can leave now; the others are dropped. */
  async close(graceMs: number): Promise<void> {
    this.#closing.abort();
    const late = new AbortController();
    const patience = wait(graceMs, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#open), patience]);
    late.abort();
    this.#ended = true;
    if (this.#open.size > 0) this.#parts.log('warn', `${this.#open.size} mails were dropped at the end`);
    (await this.#transport?.catch(() => null))?.close();
  }

  async #deliver(letter: Letter): Promise<void> {
    const delays = this.#parts.retryAfterMs ?? RETRY_AFTER_MS;
    for (let attempt = 0; ; attempt++) {
      const failure = await this.#turns.run(() => this.#attempt(letter)).catch((error: unknown) => error ?? 'unknown');
      if (failure === undefined) return;
      const last = isPermanent(failure) || this.#closing.signal.aborted;
      const delay = last ? undefined : delays[attempt];
      const what = delay === undefined ? 'was not sent' : `was not sent yet (attempt ${attempt + 1})`;
      this.#parts.log('warn', `${nameOf(letter)} ${what}: ${this.#withoutSecrets(reasonOf(failure), letter)}`);
      if (delay === undefined) return;
      await this.#pause(delay);
    }
  }

  async #attempt(letter: Letter): Promise<void> {
    const { store, settings } = this.#parts;
    await this.#turnOfRate();
    if (this.#ended) return;
    const message = await composeLetter(store, settings, letter);
    if (message === null) return;
    const transport = await this.#ready();
    await inTime(transport.send(message));
  }

  /** Waits until RATE_LIMITER_EMAIL_* lets another mail go. */
  async #turnOfRate(): Promise<void> {
    while (this.#rate !== null && !this.#closing.signal.aborted) {
      const reset = this.#rate.take('');
      if (reset === null) return;
      await this.#pause(Math.max(1, reset - this.#parts.clock.now()));
    }
  }

  /** A mail server may say anything back, what it was sent included. */
  #withoutSecrets(text: string, letter?: Letter): string {
    const token = URL.parse(letter?.link ?? '')?.searchParams.get('token');
    const secrets = [letter?.link, token, letter?.code, this.#parts.settings.emailSmtpPassword];
    return secrets.reduce<string>((rest, secret) => (secret ? rest.replaceAll(secret, '…') : rest), text);
  }

  #ready(): Promise<Transport> {
    this.#transport ??= openTransport(this.#parts.settings);
    return this.#transport;
  }

  async #pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const late = wait(ATTEMPT_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new MailError(`The transport took longer than ${ATTEMPT_MS} ms`, false);
  });
  late.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

const nameOf = ({ kind, user }: Letter): string => `Mail "${kind}" to user ${user}`;

/** A 5xx answer of SMTP (RFC 5321 §4.2.1) is final. */
function isPermanent(error: unknown): boolean {
  if (error instanceof MailError) return error.permanent;
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = [code, message].filter((part) => typeof part === 'string').join(' ');
  return oneLine(text || 'unknown').slice(0, LOGGED_LENGTH);
}
