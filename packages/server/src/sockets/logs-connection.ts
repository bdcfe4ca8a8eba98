import { randomUUID } from 'node:crypto';
import type { ApiError } from '../errors/index.ts';
import { LOG_LEVELS, type LogEntry, type LogLevel } from '../observe/index.ts';
import { errorMessage, Refusal, readMessage, type Subscription, withUid } from '../realtime/index.ts';
import { authenticate } from './authenticating.ts';
import { Connection } from './connection.ts';

const NORMAL = 1000;
/** This process, for who watches several. */
const INSTANCE = randomUUID();

const isLevel = (level: unknown): level is LogLevel => typeof level === 'string' && Object.hasOwn(LOG_LEVELS, level);

/** One line of text. */
const pretty = ({ level, time, msg, err }: LogEntry): LogEntry => ({
  level,
  time,
  msg: err ? `${msg}: ${err.message}` : msg,
});

/** The socket on which administrators watch the log. */
export class LogsConnection extends Connection {
  #unwatch: (() => void) | null = null;

  protected async handle(text: string): Promise<void> {
    const message = readMessage(text);
    if (message === null) return this.#error('server', new Refusal('INVALID_PAYLOAD', 'No such message.'));
    if (message.type === 'auth') {
      try {
        const proven = await authenticate(this.parts.auth, message, this.origin, this.parts.config);
        await this.become(proven.accountability, proven.token);
        const refresh = proven.refreshToken ?? undefined;
        this.send(JSON.stringify({ type: 'auth', status: 'ok', uid: message.uid, refresh_token: refresh }));
      } catch {
        this.withdrawn();
      }
      return;
    }
    if (message.type === 'ping') return this.send(withUid({ type: 'pong' }, message.uid));
    if (message.type === 'unsubscribe') {
      this.left();
      return this.send('{"type":"logs","event":"unsubscribe"}');
    }
    if (message.type === 'subscribe') await this.#subscribe(message.log_level);
  }

  async #subscribe(level: unknown): Promise<void> {
    const { profile } = await this.access();
    if (!profile.admin) return this.withdrawn();
    const least = isLevel(level) ? LOG_LEVELS[level] : undefined;
    if (least === undefined)
      return this.#error('logs', new Refusal('INVALID_PAYLOAD', '"log_level" has to be the name of a level.'));
    this.left();
    this.send(JSON.stringify({ type: 'logs', event: 'subscribe', log_level: level }));
    const { websocketsLogsLevel: lowest, websocketsLogsStyle: style } = this.parts.config;
    const floor = lowest === 'silent' ? Number.POSITIVE_INFINITY : LOG_LEVELS[lowest];
    this.#unwatch = this.parts.entries.watch((entry) => {
      if (entry.level < least || entry.level < floor || !this.isOpen) return;
      const data = style === 'raw' ? entry : pretty(entry);
      this.send(JSON.stringify({ type: 'logs', data, uid: INSTANCE }));
    });
  }

  /** Rights that were taken away end the watching with the next look at them. */
  override async recheck(): Promise<void> {
    await super.recheck();
    const { standing } = this;
    if (standing.kind !== 'known' || this.isClosing) return;
    const { profile } = await this.parts.engine.access(standing.accountability);
    if (!profile.admin) this.withdrawn();
  }

  #error(type: string, error: unknown): void {
    this.send(errorMessage(type, error, undefined, this.parts.onFault));
  }

  protected subscriptions(): Iterable<Subscription> {
    return [];
  }

  protected left(): void {
    this.#unwatch?.();
    this.#unwatch = null;
  }

  refuse(_subscription: Subscription, error: ApiError): void {
    this.parts.onFault(error); // follows nothing
  }

  resync(): void {}

  protected tellCursor(): void {}

  protected expired(): void {
    this.#error('auth', new Refusal('TOKEN_EXPIRED', 'Token expired.'));
  }

  protected withdrawn(): void {
    this.left();
    this.#error('auth', new Refusal('AUTH_FAILED', 'Authentication failed.'));
    this.close(NORMAL, '');
  }

  protected tooLate(): void {
    this.#error('auth', new Refusal('AUTH_TIMEOUT', 'Not authenticated again in time.'));
    this.close(NORMAL, '');
  }

  protected ping(): void {
    this.send('{"type":"ping"}');
  }
}
