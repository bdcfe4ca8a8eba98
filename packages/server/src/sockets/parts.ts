import type { IncomingMessage } from 'node:http';
import type { AccessEngine } from '../access/index.ts';
import type { Auth } from '../auth/index.ts';
import type { Config } from '../config/index.ts';
import type { ItemService } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { RateWindow } from '../kernel/rate-window.ts';
import type { LogEntries } from '../observe/index.ts';
import type { QueryReader } from '../query/index.ts';
import type { Hub, WishNumbers } from '../realtime/index.ts';
import type { Store } from '../store/types.ts';

/** What sockets work with. */
export interface SocketParts {
  readonly config: Config;
  readonly store: Store;
  readonly engine: AccessEngine;
  readonly auth: Auth;
  readonly items: ItemService;
  readonly queries: QueryReader;
  readonly hub: Hub;
  readonly numbers: WishNumbers;
  readonly clock: Clock;
  /** What is logged from now on. */
  readonly entries: LogEntries;
  /** Sockets that are opened and attempts to authenticate, by address; null where nothing is limited. */
  readonly arrivals: RateWindow | null;
  /** The client's address, or null when it is unknown. */
  addressOf(request: IncomingMessage): string | null;
  /** The session cookie, if there is one. */
  sessionOf(request: IncomingMessage): string | undefined;
  /** Whether the page that asks may use its visitor's cookies here. */
  mayUseCookies(request: IncomingMessage): boolean;
  onFault(error: unknown): void;
}
