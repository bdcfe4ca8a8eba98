import type { Random } from '../access/agreement/random.ts';

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 2, 99, 1.5, 1e300, 2 ** 53, '', '1', 'x', 'A', 'One', '$NOW', '$CURRENT_USER', '%'],
  ...['__proto__', 'constructor', 'toString', '\u0000', '\ud800', 'id', '-title', 'hall.name', 'year(acquired)', '*.*'],
  ...[
    [],
    [[]],
    [null],
    [1, 2],
    ['1', 'x'],
    {},
    { a: { b: 1 } },
    { id: 1 },
    { _eq: 1 },
    { id: { _in: [1, '2', null] } },
  ],
  ...[
    { _and: [{}] },
    { _or: [] },
    { title: { _contains: 'n' } },
    { hall: { name: { _eq: 'Alpha' } } },
    { toString: 1 },
  ],
];
const TYPES = [
  'items',
  'items',
  'items',
  'subscribe',
  'subscribe',
  'unsubscribe',
  'ping',
  'pong',
  'auth',
  'nonsense',
  '',
];
const COLLECTIONS = [
  'exhibits',
  'halls',
  'tags',
  'texts',
  'nothing',
  'directus_users',
  'directus_files',
  '__proto__',
  '',
];
const ACTIONS = ['create', 'read', 'read', 'update', 'delete', 'explode'];
const QUERY = [
  'fields',
  'filter',
  'sort',
  'limit',
  'offset',
  'page',
  'search',
  'deep',
  'alias',
  'aggregate',
  'groupBy',
];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\u0000',
  '\ud800',
  'null',
  '1e999',
  '\\u0000',
  '{"a":',
  '"type":',
];

/** What a client may come to send: messages of the socket for items that mean something, almost something, and nothing. */
export class MessageMaker {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  make(): string {
    const random = this.#random;
    const text = JSON.stringify(this.#message());
    return random.chance(0.25) ? this.changed(text) : text;
  }

  /** The same with some pieces in other places. */
  changed(text: string): string {
    const random = this.#random;
    let changed = text;
    for (let i = random.between(1, 4); i > 0; i--) {
      const at = random.between(0, changed.length);
      const put = random.chance(0.3) ? changed.slice(at, at + 60) : random.pick(PIECES);
      changed = changed.slice(0, at) + put + changed.slice(at + (random.chance(0.5) ? random.between(0, 15) : 0));
    }
    return changed;
  }

  #message(): Record<string, unknown> {
    const random = this.#random;
    const message: Record<string, unknown> = { type: random.chance(0.98) ? random.pick(TYPES) : random.pick(VALUES) };
    const maybe = (name: string, chance: number, make: () => unknown): void => {
      if (random.chance(chance)) message[name] = make();
    };
    const value = () => random.pick(VALUES);
    maybe('collection', 0.97, () => (random.chance(0.7) ? 'exhibits' : random.pick(COLLECTIONS)));
    maybe('action', 0.95, () => random.pick(ACTIONS));
    maybe('uid', 0.7, () => (random.chance(0.7) ? `u${random.below(300)}` : value()));
    maybe('event', 0.3, () => random.pick(['create', 'update', 'delete', 'x', null]));
    maybe('item', 0.15, value);
    maybe('id', 0.3, value);
    maybe('ids', 0.2, () => random.pick<unknown>([value(), [value(), value()], [1, 2]]));
    maybe('data', 0.5, () => (random.chance(0.6) ? this.#item() : random.pick<unknown>([[this.#item()], value()])));
    maybe('query', 0.6, () => (random.chance(0.9) ? this.#query() : value()));
    maybe('access_token', 0.05, value);
    if (message.type === 'auth' && random.chance(0.2)) message.email = value();
    return message;
  }

  #item(): Record<string, unknown> {
    const random = this.#random;
    const item: Record<string, unknown> = { title: random.pick(['One', 'Two', 'Three']) };
    for (const name of random.sample(['hall', 'price', 'acquired', 'details', 'labels', 'tags', 'visitors', 'id'], 2))
      item[name] = random.pick(VALUES);
    return item;
  }

  #query(): Record<string, unknown> {
    const random = this.#random;
    return Object.fromEntries(random.sample(QUERY, random.between(0, 3)).map((name) => [name, random.pick(VALUES)]));
  }
}
