/** A read of some items: what it asks is put into words by each exit. */
export interface Question {
  /** Of what kind: each kind has to be able to tell the twins apart, where it may see everything. */
  readonly kind: string;
  /** `/items/vaults`, `/users`. */
  readonly path: string;
  /** Of one item. */
  readonly key?: string;
  readonly query: Readonly<Record<string, unknown>>;
}

type Type = 'string' | 'integer' | 'timestamp' | 'json' | 'csv' | 'decimal' | 'concealed';
interface Hidden {
  readonly path: string;
  /** As it stands in a filter: relations as objects, lists under a quantifier. */
  readonly filter: (condition: unknown) => object;
  readonly type: Type;
}

const VAULT_SECRETS: Readonly<Record<string, Type>> = {
  code: 'string',
  pin: 'integer',
  opened: 'timestamp',
  doc: 'json',
  tags: 'csv',
  amount: 'decimal',
  seed: 'concealed',
  passphrase: 'concealed',
  owner: 'string',
  cell: 'integer',
  room: 'integer',
};

const under =
  (...path: string[]) =>
  (condition: unknown): object =>
    path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), condition) as object;
const own = ([field, type]: [string, Type]): Hidden => ({ path: field, filter: under(field), type });
const along = (path: string, type: Type): Hidden => ({ path, filter: under(...path.split('.')), type });
/** Beside a path, what can be said in filters only. */
const spelled = (type: Type, ...path: string[]): Hidden => ({ path: '', filter: under(...path), type });

/** From `vaults` to whatever is hidden from somebody. */
const OF_VAULTS: readonly Hidden[] = [
  ...(Object.entries(VAULT_SECRETS) as [string, Type][]).map(own),
  along('room.secret', 'string'),
  along('room.vaults.code', 'string'),
  along('room.vaults.room.secret', 'string'),
  along('cell.label', 'string'),
  along('cell.level', 'integer'),
  along('owner.last_name', 'string'),
  along('owner.password', 'concealed'),
  along('owner.token', 'concealed'),
  along('owner.tfa_secret', 'concealed'),
  along('owner.auth_data', 'concealed'),
  along('owner.role.description', 'string'),
  along('owner.role.policies.policy.description', 'string'),
  along('notes.secret', 'string'),
  along('notes.text', 'string'),
  along('notes.vault.code', 'string'),
  along('marks.marks_id.secret', 'string'),
  along('marks.marks_id.name', 'string'),
  along('blocks.item:closed.label', 'string'),
  along('blocks.item:rooms.secret', 'string'),
  along('blocks.item', 'string'),
  spelled('string', 'notes', '_some', 'secret'),
  spelled('string', 'notes', '_none', 'secret'),
  spelled('string', 'notes', '_none', 'vault', 'code'),
  spelled('string', 'marks', '_none', 'marks_id', 'secret'),
  spelled('string', 'room', 'vaults', '_none', 'code'),
  spelled('string', '$FOLLOW(notes,vault)', 'secret'),
  spelled('string', '$FOLLOW(notes,vault)', '_none', 'text'),
  spelled('integer', '$FOLLOW(blocks,page)', '_some', 'id'),
  spelled('integer', 'year(opened)'),
  spelled('integer', 'count(tags)'),
  spelled('integer', 'count(doc)'),
  spelled('integer', 'count(notes)'),
  spelled('integer', 'room', 'count(vaults)'),
  spelled('integer', 'notes', 'vault', 'year(opened)'),
];

const OF_ROOMS: readonly Hidden[] = [
  along('secret', 'string'),
  along('name', 'string'),
  along('size', 'integer'),
  along('vaults.code', 'string'),
  along('vaults.pin', 'integer'),
  along('vaults.seed', 'concealed'),
  along('vaults.cell.label', 'string'),
  along('vaults.notes.secret', 'string'),
  spelled('string', 'vaults', '_none', 'code'),
  spelled('integer', 'count(vaults)'),
];

const OF_SYSTEM: Readonly<Record<string, readonly Hidden[]>> = {
  '/users': [
    ...['last_name', 'title', 'location', 'email', 'external_identifier'].map((name) => along(name, 'string')),
    ...['password', 'token', 'tfa_secret', 'auth_data'].map((name) => along(name, 'concealed')),
    along('role.description', 'string'),
    along('policies.policy.description', 'string'),
    along('role.users.last_name', 'string'),
    along('avatar.title', 'string'),
  ],
  '/settings': ['ai_openai_api_key', 'ai_anthropic_api_key', 'ai_openai_compatible_headers'].map((name) =>
    along(name, 'concealed'),
  ),
  '/files': [along('title', 'string'), along('description', 'string'), along('uploaded_by.last_name', 'string')],
  '/comments': [along('comment', 'string'), along('user_created.last_name', 'string')],
  '/versions': [along('name', 'string'), along('delta', 'json'), along('hash', 'string')],
  '/activity': [along('user_agent', 'string'), along('user.last_name', 'string'), along('revisions.data', 'json')],
  '/revisions': [along('data', 'json'), along('delta', 'json'), along('activity.user_agent', 'string')],
  '/roles': [along('description', 'string'), along('policies.policy.description', 'string')],
  '/policies': [along('description', 'string'), along('icon', 'string')],
  '/presets': [along('bookmark', 'string'), along('user.last_name', 'string')],
  '/notifications': [along('subject', 'string'), along('sender.last_name', 'string')],
  '/permissions': [along('fields', 'csv'), along('policy.description', 'string')],
  '/access': [along('policy.description', 'string'), along('user.last_name', 'string')],
  '/shares': [along('password', 'concealed'), along('name', 'string')],
};

/** What tells one value from another, by operator. */
const CONDITIONS: Readonly<Record<Type, readonly (readonly [operator: string, operand: unknown])[]>> = {
  string: [
    ...['_eq', '_neq', '_gt', '_lte'].map((name) => [name, 'canary-a-2'] as const),
    ...['_contains', '_ncontains', '_icontains', '_starts_with', '_nstarts_with'].map(
      (name) => [name, 'canary-a'] as const,
    ),
    ...['_istarts_with', '_ends_with', '_iends_with', '_nends_with'].map(
      (name) => [name, name.includes('ends') ? 'a-2' : 'canary-a'] as const,
    ),
    ['_in', ['canary-a-1', 'canary-a-3']],
    ['_nin', ['canary-a-1']],
    ['_between', ['canary-a', 'canary-a-9']],
    ['_nbetween', ['canary-a', 'canary-a-9']],
    ['_null', true],
    ['_nnull', true],
    ['_empty', true],
    ['_nempty', true],
  ],
  integer: [
    ...['_eq', '_neq', '_lt', '_gte'].map((name) => [name, 9] as const),
    ['_in', [3, 6, 2011]],
    ['_nin', [3]],
    ['_between', [1, 12]],
    ['_nbetween', [1, 12]],
    ['_null', true],
    ['_nnull', true],
  ],
  decimal: [
    ['_eq', 1.5],
    ['_gt', 6],
    ['_null', true],
  ],
  timestamp: [
    ['_eq', '2011-03-04T05:06:07Z'],
    ['_lt', '2015-01-01'],
    ['_gt', '$NOW(-17 years)'],
    ['_between', ['2011-01-01', '2014-01-01']],
    ['_nnull', true],
  ],
  json: [
    ['_contains', 'canary-a'],
    ['_eq', '{}'],
    ['_empty', true],
    ['_nnull', true],
  ],
  csv: [
    ['_contains', 't3'],
    ['_eq', 'canary-a,t3'],
    ['_in', ['canary-a,t3']],
    ['_nempty', true],
    ['_null', true],
  ],
  concealed: [
    ['_eq', 'canary-a-3'],
    ['_neq', 'canary-b'],
    ['_starts_with', 'canary-a'],
    ['_starts_with', '$argon2id$v='],
    ['_contains', 'a'],
    ['_gt', 'canary-a-5'],
    ['_in', ['canary-a-3', '**********']],
    ['_between', ['a', 'canary-az']],
    ['_regex', '^canary-a'],
    ['_nempty', true],
    ['_nnull', true],
  ],
};

const AGGREGATES = ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max'];
const PARTS = ['year', 'month', 'week', 'day', 'weekday', 'hour', 'minute', 'second', 'count'];
const SEARCHES = ['canary-a', 'canary-a-2', 'canary-b', 'CANARY', '9', '993', 'sha256', 'argon2', userLike()];
const FORMATS = ['csv', 'json', 'xml', 'yaml'];

function userLike(): string {
  return '00000000-0000-4000-8000-000000000006';
}

/** Every way of asking about one hidden value of a collection. */
function* about(path: string, { path: field, filter, type }: Hidden, shown: string): Generator<Question> {
  for (const [operator, operand] of CONDITIONS[type]) {
    const condition = filter({ [operator]: operand });
    yield { kind: 'filter', path, query: { filter: condition, fields: shown, meta: '*' } };
  }
  const [operator, operand] = CONDITIONS[type][0] as readonly [string, unknown];
  const condition = filter({ [operator]: operand });
  yield { kind: 'filter', path, query: { filter: { _or: [condition, { id: { _null: true } }] }, fields: shown } };
  yield { kind: 'filter', path, query: { filter: { _and: [{ _or: [condition] }] }, aggregate: { count: '*' } } };
  yield { kind: 'filter', path, query: { filter: condition, groupBy: shown, aggregate: { count: '*' } } };
  yield { kind: 'filter', path, query: { filter: condition, export: 'csv', fields: shown } };
  if (!field) return;
  yield* named(path, field, shown, type === 'json' ? ['a.b', 'a', 'list[0]', 'list[2]', 'c'] : ['a.b']);
  if (!field.includes('.')) yield* ofOwn(path, field, shown);
  else yield* inDeep(path, field, shown);
}

/** By its name, in fields and in the order. */
function* named(path: string, field: string, shown: string, insides: readonly string[]): Generator<Question> {
  const fields = `${shown},${field}`;
  yield { kind: 'fields', path, query: { fields } };
  for (const format of FORMATS) yield { kind: 'export', path, query: { fields, export: format } };
  for (const sort of [field, `-${field}`]) {
    yield { kind: 'sort', path, query: { sort, fields: shown } };
    yield { kind: 'sort', path, query: { sort, fields: shown, limit: 2, offset: 1 } };
  }
  const at = field.lastIndexOf('.') + 1;
  for (const call of PARTS) {
    const called = `${field.slice(0, at)}${call}(${field.slice(at)})`;
    yield { kind: 'function', path, query: { fields: `${shown},${called}` } };
    yield { kind: 'function', path, query: { sort: called, fields: shown } };
  }
  for (const inside of insides) {
    const called = `${field.slice(0, at)}json(${field.slice(at)}, ${inside})`;
    yield { kind: 'json()', path, query: { fields: [shown, called] } };
    yield { kind: 'json()', path, query: { sort: called, fields: shown } };
  }
  yield { kind: 'aggregate', path, query: { aggregate: { max: field } } };
  yield { kind: 'group', path, query: { groupBy: field } };
  yield { kind: 'alias', path, query: { alias: { x: field }, fields: `${shown},x` } };
}

function* ofOwn(path: string, field: string, shown: string): Generator<Question> {
  for (const name of AGGREGATES) {
    yield { kind: 'aggregate', path, query: { aggregate: { [name]: field } } };
    yield {
      kind: 'aggregate',
      path,
      query: { aggregate: { [name]: field }, groupBy: shown, sort: `-${name}.${field}` },
    };
  }
  yield { kind: 'group', path, query: { groupBy: field, aggregate: { count: '*' } } };
  yield { kind: 'group', path, query: { groupBy: `${shown},${field}`, limit: 3 } };
  for (const call of ['year', 'count', 'weekday'])
    yield { kind: 'group', path, query: { groupBy: `${call}(${field})` } };
  yield { kind: 'alias', path, query: { alias: { [shown]: field }, fields: shown } };
  yield { kind: 'alias', path, query: { alias: { x: field }, sort: 'x', fields: shown } };
  yield {
    kind: 'alias',
    path,
    query: { alias: { x: field }, filter: { x: { _starts_with: 'canary-a' } }, fields: shown },
  };
  yield { kind: 'alias', path, query: { alias: { x: field }, groupBy: 'x' } };
  yield { kind: 'alias', path, query: { alias: { x: `count(${field})` }, fields: `${shown},x` } };
}

/** Over its first relation, in the query of that relation. */
function* inDeep(path: string, field: string, shown: string): Generator<Question> {
  const dot = field.indexOf('.');
  const relation = field.slice(0, dot);
  const rest = field.slice(dot + 1);
  const fields = `${shown},${relation}.id`;
  const ask = (own: object): Question => ({ kind: 'deep', path, query: { fields, deep: { [relation]: own } } });
  yield ask({ _filter: under(...rest.split('.'))({ _contains: 'canary-a' }) });
  yield ask({ _filter: under(...rest.split('.'))({ _null: true }) });
  yield ask({ _sort: rest, _limit: 1 });
  yield ask({ _sort: `-${rest}` });
  yield ask({ _search: 'canary-a' });
  yield ask({ _search: 'canary-b', _limit: 1 });
  yield ask({ _alias: { id: rest } });
  yield {
    kind: 'deep',
    path,
    query: { fields: `${shown},${relation}.x`, deep: { [relation]: { _alias: { x: rest } } } },
  };
  yield {
    kind: 'deep',
    path,
    query: { fields: `${shown},r.id`, alias: { r: relation }, deep: { r: { _search: 'canary-a' } } },
  };
}

/** Whatever is asked of a collection as a whole. */
function* whole(path: string, keys: readonly string[]): Generator<Question> {
  for (const fields of ['', '*', '*.*', '*.*.*', 'id']) {
    yield { kind: 'all fields', path, query: { fields, meta: '*' } };
    for (const key of keys) yield { kind: 'one item', path, key, query: { fields } };
  }
  yield { kind: 'all fields', path, query: { backlink: false, fields: '*.*' } };
  yield { kind: 'all fields', path, query: { limit: 2, page: 2, meta: 'filter_count,total_count' } };
  for (const format of FORMATS) yield { kind: 'export', path, query: { export: format, fields: '*.*' } };
  yield { kind: 'aggregate', path, query: { aggregate: { count: '*', countAll: '*' } } };
  for (const search of SEARCHES) {
    yield { kind: 'search', path, query: { search, fields: 'id', meta: '*' } };
    yield { kind: 'search', path, query: { search, aggregate: { count: '*' } } };
  }
  yield { kind: 'version', path, key: '2', query: { version: 'draft', fields: '*' } };
}

const SECRETS_OF_CALLERS = [
  ...['password', 'token', 'tfa_secret', 'auth_data', 'last_name', 'title', 'location', 'external_identifier'].map(
    (name) => `$CURRENT_USER.${name}`,
  ),
  '$CURRENT_USER.role.description',
  '$CURRENT_USER.role.users.last_name',
  '$CURRENT_USER.policies.policy.description',
  '$CURRENT_ROLE.description',
  '$CURRENT_ROLE.users.last_name',
  '$CURRENT_ROLES.description',
  '$CURRENT_POLICIES.description',
];

/** What is hidden of the caller, as the operand of a condition on what is shown: an oracle, letter by letter. */
function* variables(path: string, shown: string): Generator<Question> {
  for (const variable of SECRETS_OF_CALLERS) {
    for (const operator of ['_eq', '_neq', '_gt', '_lt', '_starts_with', '_ncontains', '_in', '_nin', '_between']) {
      const operand = operator === '_between' ? ['a', variable] : variable;
      const filter = { [shown]: { [operator]: operand } };
      yield { kind: 'variable', path, query: { filter, fields: shown } };
    }
  }
}

/** Thousands of questions, the same ones for everybody and in the same order. */
export function* questions(): Generator<Question> {
  yield* whole('/items/vaults', ['1', '2', '51', 'x']);
  yield* whole('/items/rooms', ['1', '2', '50']);
  yield* whole('/items/notes', ['1', '50']);
  yield* whole('/items/marks', ['1', '2']);
  yield* whole('/items/vaults_marks', ['1', '50']);
  yield* whole('/items/blocks', ['1', '2']);
  yield* whole('/items/closed', ['1', '50']);
  yield* whole('/items/desk', []);
  for (const hidden of OF_VAULTS) yield* about('/items/vaults', hidden, 'label');
  for (const hidden of OF_ROOMS) yield* about('/items/rooms', hidden, 'name');
  for (const [path, list] of Object.entries(OF_SYSTEM)) {
    yield* whole(path, ['00000000-0000-4000-8000-000000000006', '00000000-0000-4000-8000-0000000000f2', '1']);
    for (const hidden of list) yield* about(path, hidden, 'id');
  }
  yield* variables('/items/vaults', 'label');
  yield* variables('/users', 'first_name');
}
