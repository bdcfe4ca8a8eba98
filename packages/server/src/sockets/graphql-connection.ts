import { ApiError } from '../errors/index.ts';
import type { Asking, Followed, Graphql } from '../graphql/execution/index.ts';
import { EMPTY_QUERY } from '../query/index.ts';
import {
  type Message,
  queryOfChanges,
  type Reading,
  readMessage,
  resumeOf,
  Subscription,
  type Wish,
} from '../realtime/index.ts';
import type { Json } from '../wire/index.ts';
import { Connection } from './connection.ts';

/** The protocol's close codes (graphql-transport-ws). */
const BAD_REQUEST = 4400;
const FORBIDDEN = 4403;
const BAD_PROTOCOL = 4406;
const ALREADY_THERE = 4409;
const TOO_MANY_INITS = 4429;
/** Characters of an id: it stands in every answer. */
const MAX_ID = 1000;
export const GRAPHQL_PROTOCOL = 'graphql-transport-ws';

/** The socket for GraphQL, in the protocol graphql-transport-ws. */
export class GraphqlConnection extends Connection {
  load: () => Promise<Graphql> = () => Promise.reject(new Error('GraphQL is not there'));
  readonly #running = new Map<string, Subscription | null>();
  #isAcknowledged = false;

  /** Closes a socket that speaks another protocol. */
  checkProtocol(): void {
    if (this.ws.protocol !== GRAPHQL_PROTOCOL) this.close(BAD_PROTOCOL, 'Subprotocol not acceptable');
  }

  protected async handle(text: string): Promise<void> {
    const message = readMessage(text);
    if (message === null) return this.close(BAD_REQUEST, 'Invalid message');
    if (this.takesTooMuch()) return this.close(FORBIDDEN, 'Too many messages');
    if (!this.#isAcknowledged && message.type !== 'connection_init') return this.close(FORBIDDEN, 'Forbidden');
    switch (message.type) {
      case 'connection_init':
        return this.#init(message);
      case 'ping':
        return this.send(JSON.stringify({ type: 'pong', payload: message.payload }));
      case 'pong':
        return;
      case 'subscribe':
        return this.#subscribe(message);
      case 'complete':
        if (typeof message.id === 'string') this.#drop(message.id);
        return;
      default:
        this.close(BAD_REQUEST, 'Invalid message type');
    }
  }

  async #init({ payload }: Message): Promise<void> {
    if (this.#isAcknowledged) return this.close(TOO_MANY_INITS, 'Too many initialisation requests');
    if (this.endpoint.auth === 'handshake') {
      const token = (payload as { access_token?: unknown } | null | undefined)?.access_token;
      if (!(await this.#authenticate(token))) return this.close(FORBIDDEN, 'Forbidden');
    }
    this.#isAcknowledged = true;
    this.send('{"type":"connection_ack"}');
  }

  async #authenticate(token: unknown): Promise<boolean> {
    if (typeof token !== 'string' || token === '' || this.guessesTooOften()) return false;
    try {
      const credential = { kind: 'token', token, from: 'query' } as const;
      await this.become(await this.parts.auth.identify(credential, this.origin), token);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500) this.parts.onFault(error);
      const told = { code: 'AUTH_FAILED', message: 'Authentication failed.' };
      this.send(JSON.stringify({ type: 'auth', status: 'error', error: told }));
      return false;
    }
  }

  async #subscribe({ id, payload }: Message): Promise<void> {
    if (typeof id !== 'string' || id === '') return this.close(BAD_REQUEST, 'The message has no id');
    if (id.length > MAX_ID) return this.close(BAD_REQUEST, 'The id is too long');
    const asking = askingOf(payload);
    if (!asking) return this.close(BAD_REQUEST, 'The message has no query');
    if (this.#running.has(id)) return this.close(ALREADY_THERE, `Subscriber for ${id.slice(0, 50)} already exists`);
    try {
      this.#running.set(id, null);
      const access = await this.access();
      const graphql = await this.load();
      if (graphql.kindOf(access.profile, 'socket', asking) === 'subscription')
        await this.#follow(id, graphql, asking, optionsOf(payload));
      else await this.#run(id, graphql, asking);
    } catch (error) {
      this.#drop(id);
      this.#error(id, error);
    }
  }

  /** Queries and mutations: one answer, under the limits of HTTP. */
  async #run(id: string, graphql: Graphql, asking: Asking): Promise<void> {
    const access = await this.access();
    const { items, onFault } = this.parts;
    const readVersion = async (): Promise<never> => {
      throw new ApiError('INVALID_QUERY', 'Versions are read over HTTP.');
    };
    const prepared = graphql.prepare(access.profile, 'socket', asking);
    const answer = await prepared.run({ access, items, readVersion, others: new Map() }, onFault);
    if (!this.isOpen || !this.#running.has(id)) return;
    this.#running.delete(id);
    this.send(JSON.stringify({ id, type: 'next', payload: answer }));
    this.send(JSON.stringify({ id, type: 'complete' }));
  }

  async #follow(id: string, graphql: Graphql, asking: Asking, options: Options): Promise<void> {
    const access = await this.access();
    const followed = graphql.follow(access.profile, 'socket', asking);
    const wish = graphqlWish(graphql, asking, followed, options.leaving === true, (key) => this.parts.numbers.of(key));
    const resume = resumeOf(options);
    const subscription = new Subscription(this, wish, `},"id":${JSON.stringify(id)}}`, resume && withCursor);
    this.requireRoom(subscription);
    this.#running.set(id, subscription);
    await this.follow(subscription, access.accountability);
    if (resume && !(await this.goOn(subscription, resume, () => {}))) {
      subscription.hold();
      const cursor = await this.cursorNow(subscription);
      if (resume.cursor !== null) this.#tell(subscription, { resync: true, ...(cursor === null ? {} : { cursor }) });
      else if (cursor !== null) this.#tell(subscription, { cursor });
    }
    subscription.release();
  }

  /** A result without data: what is to be known about the subscription itself. */
  #tell({ tail }: Subscription, extensions: Json): void {
    this.send(`{"type":"next","payload":{"data":null,"extensions":${JSON.stringify(extensions)}${tail}`);
  }

  resync(subscription: Subscription): void {
    this.#tell(subscription, { resync: true });
  }

  protected tellCursor(subscription: Subscription, cursor: string): void {
    this.#tell(subscription, { cursor });
  }

  #drop(id: string): void {
    const subscription = this.#running.get(id);
    this.#running.delete(id);
    if (subscription) this.parts.hub.unfollow(subscription);
  }

  #error(id: string, error: unknown): void {
    if (!(error instanceof ApiError) || error.status >= 500) this.parts.onFault(error);
    this.send(JSON.stringify({ id, type: 'error', payload: toldOf(error) }));
  }

  protected *subscriptions(): Iterable<Subscription> {
    for (const subscription of this.#running.values()) if (subscription) yield subscription;
  }

  protected left(): void {
    this.#running.clear();
  }

  /** What may not be followed any more is over: the schema of its subscriber has no such field. */
  refuse(subscription: Subscription, error: ApiError): void {
    for (const [id, one] of this.#running) {
      if (one !== subscription) continue;
      this.#error(id, error);
      setImmediate(() => this.#drop(id));
    }
  }

  protected expired(): void {
    this.close(FORBIDDEN, 'Token expired');
  }

  protected withdrawn(): void {
    this.close(FORBIDDEN, 'Forbidden');
  }

  protected tooLate(): void {
    this.close(FORBIDDEN, 'Forbidden');
  }

  protected ping(): void {
    this.ws.ping();
  }
}

function askingOf(payload: unknown): Asking | null {
  if (payload === null || typeof payload !== 'object') return null;
  const { query, operationName, variables } = payload as Record<string, unknown>;
  if (typeof query !== 'string' || query.trim() === '') return null;
  if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables)))
    return null;
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : null;
  return { text: query, operationName: name, variables: (variables ?? {}) as Record<string, unknown> };
}

/** `extensions` of what is asked: whether and where to resume, and whether to be told of what leaves the view. */
type Options = Readonly<Record<string, unknown>>;

function optionsOf(payload: unknown): Options {
  const { extensions } = payload as { extensions?: unknown };
  return extensions !== null && typeof extensions === 'object' ? (extensions as Options) : {};
}

const withCursor = (cursor: string): string => `,"extensions":{"cursor":"${cursor}"}`;

type Numbers = (key: string) => number | null;

function graphqlWish(graphql: Graphql, asking: Asking, first: Followed, leaving: boolean, number: Numbers): Wish {
  const key = JSON.stringify(['graphql', asking.text, asking.operationName, asking.variables, leaving]);
  const { collection, event } = first;
  return {
    collection,
    event,
    item: null,
    leaving,
    perItem: true,
    key,
    compile(profile): Reading {
      const followed = graphql.follow(profile, 'socket', asking);
      const next = (data: Json): string => `{"type":"next","payload":{"data":${JSON.stringify(data)}`;
      return {
        query: queryOfChanges({ ...EMPTY_QUERY, ...followed.query }, number(`${profile.id} ${key}`)),
        changed: (action, items) =>
          items.flatMap((item) => {
            const itemKey = followed.keyOf(item);
            return itemKey === null ? [] : [next(followed.answer(action, itemKey, item))];
          }),
        deleted: (keys) => keys.map((one) => next(followed.answer('delete', String(one), null))),
      };
    },
  };
}

/** As GraphQL tells errors. */
function toldOf(error: unknown): Json[] {
  if (!(error instanceof ApiError)) return [{ message: 'An unexpected error occurred.' }];
  const { message, extensions } = error.toWire();
  const { errors, code } = extensions as { errors?: Json; code: string };
  return Array.isArray(errors) && errors.length > 0 ? errors : [{ message, extensions: { code } }];
}
