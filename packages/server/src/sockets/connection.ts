import type { WebSocket } from 'ws';
import type { Access, Accountability, Origin } from '../access/index.ts';
import { ApiError, invalidPayload, tokenExpired } from '../errors/index.ts';
import { callerOf } from '../kernel/rate-window.ts';
import type { Follower, ResumeWish, Subscription } from '../realtime/index.ts';
import { TOLD_IN_TTL } from '../realtime/keeper.ts';
import type { SocketParts } from './parts.ts';
import type { Roster } from './roster.ts';
import { isVolatile, OVER, type Standing, UNKNOWN } from './standing.ts';

/** Bytes that may wait to be sent; a client that reads more slowly than that is let go. */
const MAX_OUTGOING = 1_048_576;
/** Bytes below which more is sent of what a client missed. */
const ROOM = 262_144;
/** Messages of a client that may wait for the one before them, before it is not listened to for a while. */
const MAX_WAITING = 32;
/** Things that one socket may follow. */
const MAX_SUBSCRIPTIONS = 1000;
/** Characters of what clients wrote that are remembered for as long as it follows these. */
const MAX_FOLLOWED = 1_000_000;
/** How long a client may take to answer a close, in milliseconds: who reads slowly has other messages to read before. */
const CLOSING_MS = 10_000;
const TEXT = { binary: false } as const;
const RECHECK_MS = 250;

/** Close codes (RFC 6455 §7.4, and of the registry of IANA). */
export const GOING_AWAY = 1001;
export const TRY_AGAIN_LATER = 1013;

/** A way in, with its settings. */
export interface Endpoint {
  readonly auth: 'public' | 'handshake' | 'strict';
  /** Milliseconds to authenticate in. */
  readonly authTimeoutMs: number;
}

/** One open socket: who it is, what it sends and gets, one message after the other. */
export abstract class Connection implements Follower {
  readonly ws: WebSocket;
  readonly parts: SocketParts;
  readonly origin: Origin;
  readonly endpoint: Endpoint;
  readonly #roster: Roster;
  /** When `tick` has something to do, in milliseconds since 1970. */
  wakesAt = 0;
  #standing: Standing = UNKNOWN;
  /** When it has to have authenticated, in milliseconds since 1970; Infinity when it need not. */
  #deadline = Number.POSITIVE_INFINITY;
  #closingAt = Number.POSITIVE_INFINITY;
  #checkedAt = 0;
  #heardAt: number;
  #pingedAt: number;
  #cursorsAt: number;
  #waiting: string[] = [];
  #isBusy = false;
  #windowEnds = 0;
  #pointsLeft = 0;

  constructor(ws: WebSocket, parts: SocketParts, endpoint: Endpoint, origin: Origin, roster: Roster) {
    this.ws = ws;
    this.parts = parts;
    this.endpoint = endpoint;
    this.origin = origin;
    this.#roster = roster;
    const now = parts.clock.now();
    this.#heardAt = now;
    this.#pingedAt = now;
    this.#cursorsAt = now;
  }

  /** `standing`: who the request that opened it was made by; unknown where that has to be told yet. */
  start(standing: Standing): void {
    this.#become(standing);
    if (standing.kind === 'unknown') this.#deadline = this.parts.clock.now() + this.endpoint.authTimeoutMs;
    const { ws } = this;
    ws.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    ws.on('pong', () => this.heard());
    ws.on('error', () => ws.terminate()); // frames that are none
    ws.on('close', () => this.#closed());
    this.#roster.add(this);
  }

  /** Does what a message asks; the next one waits for it. */
  protected abstract handle(text: string): Promise<void>;
  protected abstract subscriptions(): Iterable<Subscription>;
  protected abstract left(): void;
  abstract refuse(subscription: Subscription, error: ApiError): void;
  abstract resync(subscription: Subscription): void;
  /** Tells how far a subscription has come. */
  protected abstract tellCursor(subscription: Subscription, cursor: string): void;
  /** The token ended. */
  protected abstract expired(): void;
  /** What proved who this is counts no more. */
  protected abstract withdrawn(): void;
  /** It did not authenticate in time. */
  protected abstract tooLate(): void;
  protected abstract ping(): void;

  get standing(): Standing {
    return this.#standing;
  }

  get isOpen(): boolean {
    const standing = this.#standing;
    if (standing.kind !== 'known' || this.isClosing) return false;
    return standing.ends === null || standing.ends > this.parts.clock.now();
  }

  get isClosing(): boolean {
    return this.#closingAt !== Number.POSITIVE_INFINITY || this.ws.readyState !== this.ws.OPEN;
  }

  get hasRoom(): boolean {
    return this.ws.bufferedAmount < ROOM;
  }

  deliver(message: Buffer): void {
    this.#write(message);
  }

  send(text: string): void {
    this.#write(text);
  }

  #write(message: Buffer | string): void {
    if (this.isClosing) return;
    if (this.ws.bufferedAmount > MAX_OUTGOING) {
      this.close(TRY_AGAIN_LATER, 'Messages are read too slowly.');
      return;
    }
    this.ws.send(message, TEXT);
  }

  lose(): void {
    this.close(TRY_AGAIN_LATER, 'Changes were missed; connect again.');
  }

  close(code: number, reason: string): void {
    if (this.isClosing) return;
    this.#closingAt = this.parts.clock.now();
    this.wakesAt = 0;
    this.#waiting = [];
    this.ws.close(code, reason);
  }

  heard(): void {
    this.#heardAt = this.parts.clock.now();
  }

  /** From now on it is somebody else; what it follows goes on with the rights of that one. */
  protected async become(accountability: Accountability, token: string | null): Promise<void> {
    this.#become({ kind: 'known', accountability, token, ends: token === null ? null : this.parts.auth.endOf(token) });
    await this.parts.hub.transfer(this.subscriptions(), accountability);
    for (const subscription of this.subscriptions()) subscription.settleMissed();
  }

  #become(standing: Standing): void {
    this.#standing = standing;
    this.#deadline = Number.POSITIVE_INFINITY;
    this.#checkedAt = this.parts.clock.now();
    this.wakesAt = 0;
    this.#roster.note(this, isVolatile(standing));
  }

  /** Follows with the rights it has; throws, and follows nothing, where these don't allow that. */
  protected async follow(subscription: Subscription, accountability: Accountability): Promise<void> {
    const { hub } = this.parts;
    await hub.follow(subscription, accountability);
    const standing = this.#standing;
    // Who it is may have changed meanwhile, and so may whether there is anybody.
    if (this.isClosing) hub.unfollow(subscription);
    else if (standing.kind === 'known') await hub.transfer([subscription], standing.accountability);
  }

  /** Throws INVALID_PAYLOAD where it would follow too many things, or things that take too long to tell. */
  protected requireRoom(next: Subscription): void {
    let count = 0;
    let length = lengthOf(next);
    for (const subscription of this.subscriptions()) {
      count += 1;
      length += lengthOf(subscription);
    }
    if (count >= MAX_SUBSCRIPTIONS) throw invalidPayload(`A socket can follow ${MAX_SUBSCRIPTIONS} things.`);
    if (length > MAX_FOLLOWED) throw invalidPayload('What the socket follows takes too long to tell.');
  }

  /**
   * Where everything there is was told to a subscription that begins, as a cursor; null where it is not resumed. To be asked
   * before the first answer is read.
   */
  protected async cursorNow(subscription: Subscription): Promise<string | null> {
    const { hub } = this.parts;
    if (subscription.withCursor === null || !hub.replays) return null;
    const position = await hub.replays.present();
    subscription.at = position;
    return position && hub.cursorAt(subscription, position);
  }

  /**
   * Goes on where a cursor left off: `began` is called before the first of what was missed. false where that can't be told
   * any more, or not whole.
   */
  protected async goOn(subscription: Subscription, { cursor }: ResumeWish, began: () => void): Promise<boolean> {
    const { replays } = this.parts.hub;
    if (!replays || cursor === null) return false;
    const position = await replays.start(subscription, cursor);
    if (!position) return false;
    began();
    return replays.replay(subscription, position, this);
  }

  /** What it may do at this moment, found out as for a request. Throws where its credential is no good any more. */
  protected async access(): Promise<Access> {
    const { engine } = this.parts;
    await this.recheck();
    const standing = this.#standing;
    if (standing.kind !== 'known' || this.isClosing) throw tokenExpired();
    return engine.access(standing.accountability);
  }

  /** Whether it is still who it was. What it follows is let go of, or goes on with other rights. */
  async recheck(): Promise<void> {
    const standing = this.#standing;
    if (standing.kind !== 'known' || this.isClosing) return;
    if (standing.token === null) return;
    if (standing.ends !== null && standing.ends <= this.parts.clock.now()) {
      this.#expire();
      return;
    }
    try {
      const credential = { kind: 'token', token: standing.token, from: 'query' } as const;
      const accountability = await this.parts.auth.identify(credential, this.origin);
      if (this.#standing !== standing) return;
      await this.become(accountability, standing.token);
    } catch (error) {
      if (this.#standing !== standing) return;
      if (!(error instanceof ApiError) || error.status >= 500) {
        this.parts.onFault(error);
        this.close(TRY_AGAIN_LATER, 'Try again later.');
      } else if (error.code === 'TOKEN_EXPIRED') this.#expire();
      else {
        this.#standing = OVER;
        this.withdrawn();
      }
    }
  }

  /** Whether an announcement about this account or session could change who it is. */
  isAbout(user: string | null, session: string | null): boolean {
    const standing = this.#standing;
    if (standing.kind !== 'known') return false;
    const { accountability } = standing;
    if (accountability.kind === 'share') return true;
    if (accountability.kind !== 'user') return false;
    if (user !== null) return accountability.user === user;
    return session === null || accountability.session === session;
  }

  isDue(now: number): boolean {
    return now - this.#checkedAt >= RECHECK_MS && isVolatile(this.#standing);
  }

  /** Called when there may be something to do: its token expires, the client has been silent, … */
  tick(now: number): void {
    this.#look(now);
    const { websocketsHeartbeatEnabled: beats, websocketsHeartbeatPeriodMs: period } = this.parts.config;
    const ends = this.#standing.kind === 'known' ? this.#standing.ends : null;
    this.wakesAt = this.isClosing
      ? this.#closingAt + CLOSING_MS
      : Math.min(
          this.#deadline,
          ends ?? Number.POSITIVE_INFINITY,
          beats ? this.#pingedAt + period : Number.POSITIVE_INFINITY,
          this.parts.hub.replays ? this.#cursorsAt + this.#cursorsEvery : Number.POSITIVE_INFINITY,
        );
  }

  #look(now: number): void {
    const standing = this.#standing;
    if (this.isClosing) {
      if (now - this.#closingAt >= CLOSING_MS) this.ws.terminate();
      return;
    }
    if (standing.kind === 'known' && standing.ends !== null && standing.ends <= now) this.#expire();
    if (now >= this.#deadline) this.tooLate();
    this.#tellCursors(now);
    const { websocketsHeartbeatEnabled: beats, websocketsHeartbeatPeriodMs: period } = this.parts.config;
    if (!beats || now - this.#pingedAt < period) return;
    if (this.#heardAt < this.#pingedAt) this.ws.terminate();
    else this.ping();
    this.#pingedAt = now;
  }

  /** Who hears nothing for a while still knows where it is, when others write a lot. */
  #tellCursors(now: number): void {
    const { hub } = this.parts;
    if (!hub.replays || now - this.#cursorsAt < this.#cursorsEvery) return;
    this.#cursorsAt = now;
    for (const subscription of this.subscriptions()) {
      const cursor = subscription.withCursor && this.isOpen ? hub.cursorOf(subscription) : null;
      if (cursor !== null) this.tellCursor(subscription, cursor);
    }
  }

  get #cursorsEvery(): number {
    return this.parts.config.websocketsResumeTtlMs / TOLD_IN_TTL;
  }

  #expire(): void {
    this.#standing = OVER;
    this.#deadline = this.parts.clock.now() + this.endpoint.authTimeoutMs;
    this.wakesAt = 0;
    this.expired();
  }

  /** RATE_LIMITER_WEBSOCKETS_*. */
  protected takesTooMuch(): boolean {
    const { config, clock } = this.parts;
    if (!config.rateLimiterEnabled) return false;
    const now = clock.now();
    if (now >= this.#windowEnds) {
      this.#windowEnds = now + (config.rateLimiterWebsocketsDurationMs ?? config.rateLimiterDurationMs);
      this.#pointsLeft = config.rateLimiterWebsocketsPoints ?? config.rateLimiterPoints;
    }
    this.#pointsLeft -= 1;
    return this.#pointsLeft < 0;
  }

  /** Whether another attempt to authenticate is one too many from this address. */
  protected guessesTooOften(): boolean {
    const { arrivals } = this.parts;
    return arrivals !== null && arrivals.take(callerOf(this.origin.ip)) !== null;
  }

  #receive(text: string): void {
    this.heard();
    if (this.isClosing) return;
    this.#waiting.push(text);
    if (this.#waiting.length >= MAX_WAITING) this.ws.pause();
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let text = this.#waiting.shift(); text !== undefined; text = this.#waiting.shift()) {
      try {
        await this.handle(text);
      } catch (error) {
        this.parts.onFault(error);
      }
      if (this.ws.isPaused && this.#waiting.length < MAX_WAITING) this.ws.resume();
    }
    this.#isBusy = false;
  }

  #closed(): void {
    this.#waiting = [];
    this.#standing = OVER;
    this.#deadline = Number.POSITIVE_INFINITY;
    this.#roster.remove(this);
    for (const subscription of this.subscriptions()) this.parts.hub.unfollow(subscription);
    this.left();
  }
}

const lengthOf = ({ wish, tail }: Subscription): number => wish.key.length + tail.length;
