import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { Random } from '../access/agreement/random.ts';

const ODD = [
  '""', '"x"', '"1"', '0', '-1', '-2', '1.5', '1e308', '2147483648', '9007199254740993', 'null', 'true', 'false', '[]', '{}',
  '[null]', '[[]]', '"__proto__"', '"$CURRENT_USER"', '"$NOW"', '"year(acquired)"', '"-title"', '"hall.name"', '"2024-01-01"',
  '"\\u0000"', '"\\uD800"', '"\'; drop table x; --"', '"%_"', '"""block"""', '{_and: [{}]}', '{_or: []}', '$v', 'ENUM',
]; // biome-ignore format: a table
const TEXTS = [
  '""',
  '"x"',
  '"One"',
  '"1"',
  '"__proto__"',
  '"$CURRENT_USER"',
  '"$NOW"',
  '"2024-01-01"',
  '"%_"',
  '"\\u0000"',
];
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '...',
  ':',
  '!',
  '$',
  '@',
  '|',
  '&',
  '=',
  '"',
  '"""',
  '#',
  ',',
  '\\',
  '\u0000',
  '\ud800',
];
const WORDS = [
  'query',
  'mutation',
  'subscription',
  'fragment',
  'on',
  'F',
  '__typename',
  '__schema',
  '__proto__',
  '@skip(if: true)',
];

/** Documents that mostly mean something, from a schema, and texts that came of them by a few changes. */
export class DocumentMaker {
  readonly #random: Random;
  readonly #schema: GraphQLSchema;
  readonly #kept: string[] = [];

  constructor(schema: GraphQLSchema, seed: number) {
    this.#schema = schema;
    this.#random = new Random(seed);
  }

  make(): { query: string; variables: unknown; operationName: unknown } {
    const random = this.#random;
    const text =
      this.#kept.length > 20 && random.chance(0.35) ? this.#changed(random.pick(this.#kept)) : this.#document();
    return { query: text, variables: this.#variables(), operationName: random.chance(0.05) ? 'A' : undefined };
  }

  #document(): string {
    const random = this.#random;
    const kind = random.chance(0.02) ? 'subscription' : random.pick(['query', 'query', 'query', 'mutation'] as const);
    const type = this.#schema.getRootType(kind) ?? this.#schema.getQueryType();
    if (!type) throw new Error('a schema without queries');
    const name = random.chance(0.2) ? ' A' : '';
    const declared = random.chance(0.1)
      ? `(${random.pick(['$v: Int', '$v: [String] = ["id"]', '$v: exhibits_filter', '$v: ID!'])})`
      : '';
    const text = `${kind}${name}${declared} ${this.#selection(type, 4)}`;
    if (text.length < 2_000) this.#kept.push(text);
    if (this.#kept.length > 500) this.#kept.shift();
    return text;
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const random = this.#random;
    const fields = Object.values(type.getFields());
    const parts = random.list(random.between(1, 4), () => {
      const field = random.pick(fields);
      const alias = random.chance(0.2) ? `${random.pick(['a', 'b', 'x', 'constructor', 'c', 'd', 'e', 'f'])}: ` : '';
      const given = field.args
        .filter((arg) => isNonNullType(arg.type) || random.chance(0.3))
        .map((arg) => `${arg.name}: ${random.chance(0.02) ? random.pick(ODD) : this.#value(arg.type, 3)}`);
      const directive = random.chance(0.05) ? ' @include(if: true)' : '';
      return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${directive} ${this.#below(field.type, depth)}`;
    });
    if (random.chance(0.1)) parts.push('__typename');
    if (random.chance(0.05)) parts.push(`... on ${type.name} {__typename}`);
    return `{${parts.join(' ')}}`;
  }

  #below(of: GraphQLOutputType, depth: number): string {
    const type = getNamedType(of);
    if (isObjectType(type)) return depth === 0 ? '{__typename}' : this.#selection(type, depth - 1);
    if (!isUnionType(type)) return '';
    const members = this.#random.sample(type.getTypes(), this.#random.between(1, 2));
    return `{__typename ${members.map((one) => `... on ${one.name} ${this.#selection(one, Math.max(0, depth - 1))}`).join(' ')}}`;
  }

  #value(type: GraphQLInputType, depth: number): string {
    const random = this.#random;
    if (isNonNullType(type)) return this.#value(type.ofType, depth);
    if (isListType(type))
      return `[${random.list(random.between(0, 3), () => this.#value(type.ofType, depth)).join(' ')}]`;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return this.#scalar(type.name);
    const fields = Object.values(type.getFields());
    const chosen = fields.filter(
      (field) => isNonNullType(field.type) || (depth > 0 && random.chance(2 / fields.length)),
    );
    return `{${chosen.map((field) => `${field.name}: ${this.#value(field.type, depth - 1)}`).join(', ')}}`;
  }

  #scalar(name: string): string {
    const random = this.#random;
    if (name === 'Boolean') return random.pick(['true', 'false']);
    if (name === 'Int') return String(random.pick([-1, 0, 1, 2, 5, 100, -2]));
    if (name === 'ID') return random.pick(['1', '2', '"A"', '"x"', '99']);
    if (name === 'Float') return random.pick(['1', '0.5', '-3', '1e30']);
    if (name === 'GraphQLStringOrFloat') return random.pick(['1', '"2"', '1956', '9007199254740993', '"x"', '1e308']);
    const texts = TEXTS.concat(
      name === 'String' ? ['"id"', '"-title"', '"hall.name"', '"year(acquired)"', '"count(tags)"'] : [],
    );
    return random.pick(texts);
  }

  #changed(text: string): string {
    const random = this.#random;
    let changed = text;
    for (let i = random.between(1, 3); i > 0; i--) {
      const at = random.between(0, changed.length);
      const cut = random.chance(0.5) ? random.between(0, 12) : 0;
      const put = random.chance(0.3) ? changed.slice(at, at + 40) : random.pick([...PIECES, ...WORDS, ...ODD, '']);
      changed = changed.slice(0, at) + put + changed.slice(at + cut);
    }
    return changed;
  }

  #variables(): unknown {
    const random = this.#random;
    if (random.chance(0.5)) return undefined;
    const value = random.pick<unknown>([
      1,
      '1',
      null,
      -1,
      1.5,
      'x',
      [],
      {},
      ['id', null],
      { _and: [{ id: { _eq: 1 } }] },
      { title: 5 },
      2 ** 40,
      true,
    ]);
    return random.pick<unknown>([{ v: value }, { v: value, w: 1 }, {}, [], 'text', 5, null]);
  }
}
