import type { Access } from '../access/index.ts';
import { type ApiError, invalidCredentials, requestsExceeded, tokenExpired } from '../errors/index.ts';
import {
  type Asked,
  actOnItems,
  errorMessage,
  firstAnswer,
  type Message,
  Refusal,
  readMessage,
  readSubscribe,
  resumeOf,
  Subscription,
  uidOf,
  withUid,
} from '../realtime/index.ts';
import { authenticate } from './authenticating.ts';
import { Connection } from './connection.ts';

/** Failed attempts to authenticate before a socket that stays open otherwise is closed. */
const MAX_FAILURES = 10;
const POLICY_VIOLATION = 1008;
const NORMAL = 1000;

const withCursor = (cursor: string): string => `,"cursor":"${cursor}"`;

/** The socket for items and subscriptions: JSON messages with a `type`. */
export class ItemsConnection extends Connection {
  /** By uid; those without one by themselves. */
  readonly #subscriptions = new Map<string | Subscription, Subscription>();
  readonly #uids = new Map<Subscription, string | null>();
  #failures = 0;

  protected async handle(text: string): Promise<void> {
    const message = readMessage(text);
    if (this.takesTooMuch()) return this.#exceeded(message);
    if (this.standing.kind === 'unknown' && message?.type !== 'auth') return this.#fail(undefined);
    if (message === null) {
      this.#answerError(
        'server',
        new Refusal('INVALID_PAYLOAD', 'A message is a JSON object with a text "type".'),
        undefined,
      );
      return;
    }
    switch (message.type) {
      case 'auth':
        return this.#authenticate(message);
      case 'ping':
        this.send(withUid({ type: 'pong' }, message.uid));
        return;
      case 'items':
        return this.#answering('items', message, () => this.#act(message));
      case 'subscribe':
        return this.#answering('subscribe', message, () => this.#subscribe(message));
      case 'unsubscribe':
        return this.#unsubscribe(message);
    }
  }

  async #answering(type: string, message: Message, work: () => Promise<void>): Promise<void> {
    try {
      if (!this.isOpen) throw tokenExpired();
      await work();
    } catch (error) {
      this.#answerError(type, error, message.uid);
    }
  }

  async #act(message: Message): Promise<void> {
    const answer = await actOnItems(this.parts, await this.access(), message);
    if (this.isOpen) this.send(JSON.stringify({ type: 'items', ...answer, uid: message.uid }));
  }

  async #subscribe(message: Message): Promise<void> {
    const { queries, numbers } = this.parts;
    const access = await this.access();
    const asked = readSubscribe(queries, numbers, access, message);
    const { wish, uid } = asked;
    if (uid !== null) this.#drop(uid);
    const tail = uid === null ? '}' : `,"uid":${JSON.stringify(uid)}}`;
    const resume = resumeOf(message);
    const subscription = new Subscription(this, wish, tail, resume && withCursor);
    this.requireRoom(subscription);
    this.#subscriptions.set(uid ?? subscription, subscription);
    this.#uids.set(subscription, uid);
    try {
      await this.follow(subscription, access.accountability);
      const began = (): void => this.send(`{"type":"subscription","event":"init","resumed":true${tail}`);
      if (!resume || !(await this.goOn(subscription, resume, began)))
        await this.#begin(subscription, access, asked, (resume?.cursor ?? null) === null ? 'init' : 'resync');
      subscription.release();
    } catch (error) {
      this.#drop(uid ?? subscription);
      throw error;
    }
  }

  /** The first answer. */
  async #begin(subscription: Subscription, access: Access, asked: Asked, event: 'init' | 'resync'): Promise<void> {
    subscription.hold();
    const cursor = await this.cursorNow(subscription);
    const data = await firstAnswer(this.parts.items, access, asked);
    if (!this.isOpen) throw tokenExpired();
    const rest = data === undefined ? '' : `,"data":${JSON.stringify(data)}`;
    const told = cursor === null ? '' : withCursor(cursor);
    this.send(`{"type":"subscription","event":"${event}"${rest}${told}${subscription.tail}`);
  }

  #unsubscribe(message: Message): void {
    let uid: string | null;
    try {
      uid = uidOf(message.uid);
    } catch (error) {
      this.#answerError('subscribe', error, undefined);
      return;
    }
    if (uid !== null) this.#drop(uid);
    else for (const key of [...this.#subscriptions.keys()]) this.#drop(key);
    this.send(withUid({ type: 'subscription', event: 'unsubscribe' }, uid ?? undefined));
  }

  #drop(key: string | Subscription): void {
    const subscription = this.#subscriptions.get(key);
    if (!subscription) return;
    this.#subscriptions.delete(key);
    this.#uids.delete(subscription);
    this.parts.hub.unfollow(subscription);
  }

  async #authenticate(message: Message): Promise<void> {
    try {
      if (this.guessesTooOften()) throw invalidCredentials();
      const proven = await authenticate(this.parts.auth, message, this.origin, this.parts.config);
      if (this.isClosing) return;
      this.#failures = 0;
      await this.become(proven.accountability, proven.token);
      const { refreshToken } = proven;
      const refresh = refreshToken === null ? undefined : refreshToken;
      this.send(JSON.stringify({ type: 'auth', status: 'ok', uid: message.uid, refresh_token: refresh }));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Whoever it was before, it is no more than that now. */
  #fail(error: unknown): void {
    const isFault =
      error !== undefined && (!(error instanceof Error) || !('status' in error) || Number(error.status) >= 500);
    if (isFault) this.parts.onFault(error);
    this.#answerError('auth', new Refusal('AUTH_FAILED', 'Authentication failed.'), undefined);
    this.#failures += 1;
    const stays = this.endpoint.auth === 'public' && this.standing.kind === 'known' && this.#failures < MAX_FAILURES;
    if (!stays) this.close(NORMAL, '');
  }

  #exceeded(message: Message | null): void {
    const { config, clock } = this.parts;
    const points = config.rateLimiterWebsocketsPoints ?? config.rateLimiterPoints;
    if (this.standing.kind === 'unknown') this.close(POLICY_VIOLATION, 'Too many messages.');
    else this.#answerError(message?.type ?? 'server', requestsExceeded(points, new Date(clock.now())), message?.uid);
  }

  #answerError(type: string, error: unknown, uid: unknown): void {
    this.send(errorMessage(type, error, uid, this.parts.onFault));
  }

  protected subscriptions(): Iterable<Subscription> {
    return this.#subscriptions.values();
  }

  protected left(): void {
    this.#subscriptions.clear();
    this.#uids.clear();
  }

  refuse(subscription: Subscription, error: ApiError): void {
    this.#answerError('subscribe', error, this.#uids.get(subscription) ?? undefined);
  }

  resync(subscription: Subscription): void {
    this.send(`{"type":"subscription","event":"resync"${subscription.tail}`);
  }

  protected tellCursor({ tail }: Subscription, cursor: string): void {
    this.send(`{"type":"subscription","event":"cursor"${withCursor(cursor)}${tail}`);
  }

  protected expired(): void {
    this.#answerError('auth', new Refusal('TOKEN_EXPIRED', 'Token expired.'), undefined);
  }

  protected withdrawn(): void {
    this.#answerError('auth', new Refusal('AUTH_FAILED', 'The credentials count no more.'), undefined);
    this.close(NORMAL, '');
  }

  protected tooLate(): void {
    if (this.standing.kind === 'over')
      this.#answerError('auth', new Refusal('AUTH_TIMEOUT', 'Not authenticated again in time.'), undefined);
    else this.#answerError('auth', new Refusal('AUTH_FAILED', 'Not authenticated in time.'), undefined);
    this.close(NORMAL, '');
  }

  protected ping(): void {
    this.send('{"type":"ping"}');
  }
}
