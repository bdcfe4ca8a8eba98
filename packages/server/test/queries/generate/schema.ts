import type { Random } from '../../access/agreement/random.ts';
import type { CollectionModel, Column, FieldModel, Kind } from '../model.ts';

const NAMES = ['books', 'Places', 'order', 'things-2', 'user', 'größe'];
const KINDS: readonly Kind[] = [
  'string',
  'text',
  'integer',
  'bigInteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'time',
  'dateTime',
  'timestamp',
  'json',
  'csv',
  'uuid',
];
/** Names that databases have their own ideas about. */
const ODD_NAMES = ['select', 'Group', 'from', 'a-b', 'straße', 'value', 'user'];
const KEY_KINDS: readonly Kind[] = ['integer', 'integer', 'bigInteger', 'string', 'uuid'];
const KEY_NAMES = ['id', 'id', 'Key', 'code'];

type Draft = { name: string; key: string; sortField: string | null; fields: Record<string, FieldModel> };

const column = (kind: Kind, more: Partial<Column> = {}): Column => ({ kind, nullable: true, indexed: false, ...more });

/** Collections with fields of every type and relations of every kind among them. */
export function makeCollections(random: Random): CollectionModel[] {
  const names = random.sample(NAMES, random.between(2, 3));
  const own = names.map((name) => makeCollection(random, name));
  for (const draft of own)
    for (let i = random.between(0, 2); i > 0; i--) addManyToOne(random, draft, random.pick(own), i);
  const junctions = [
    ...(random.chance(0.7) ? [makeManyToMany(random, random.pick(own), random.pick(own))] : []),
    ...(random.chance(0.7) ? [makeManyToAny(random, random.pick(own), own)] : []),
  ];
  return [...own, ...junctions];
}

function makeCollection(random: Random, name: string): Draft {
  const key = random.pick(KEY_NAMES);
  const fields: Record<string, FieldModel> = { [key]: column(random.pick(KEY_KINDS), { nullable: false }) };
  for (const kind of random.sample(KINDS, random.between(4, 8))) {
    const field = random.chance(0.2) ? random.pick(ODD_NAMES) : `${random.pick(['a', 'the', 'my'])}_${kind}`;
    if (Object.keys(fields).some((known) => known.toLowerCase() === field.toLowerCase())) continue;
    fields[field] = column(kind, { nullable: random.chance(0.8), indexed: kind !== 'json' && random.chance(0.2) });
  }
  return { name, key, sortField: random.chance(0.15) ? integerOf(random, fields, key) : null, fields };
}

function integerOf(random: Random, fields: Record<string, FieldModel>, key: string): string {
  const known = Object.keys(fields).filter((name) => name !== key && fields[name]?.kind === 'integer');
  if (known.length > 0) return random.pick(known);
  fields.place = column('integer');
  return 'place';
}

function addManyToOne(random: Random, from: Draft, to: Draft, n: number): void {
  const by = `${random.pick(['parent', 'owner', 'in'])}_${n}`;
  const kind = to.fields[to.key]?.kind as Kind;
  from.fields[by] = column(kind, { to: to.name, constrained: random.chance(0.8), indexed: random.chance(0.2) });
  if (random.chance(0.85)) addList(random, to, `${from.name}_${n}`, from, by);
}

function addList(
  random: Random,
  to: Draft,
  name: string,
  from: Draft,
  by: string,
  special: 'o2m' | 'm2m' | 'm2a' = 'o2m',
  on: string | null = null,
): void {
  let free = name;
  while (to.fields[free]) free = `${free}x`;
  const sort = random.chance(0.3) ? integerOf(random, from.fields, from.key) : null;
  const deletes = !(from.fields[by] as Column).nullable || random.chance(0.2);
  to.fields[free] = { kind: 'list', from: from.name, by, sort, special, on, deletes };
}

function makeManyToMany(random: Random, left: Draft, right: Draft): Draft {
  const junction: Draft = {
    name: `${left.name}_to_${right.name}`,
    key: 'id',
    sortField: null,
    fields: { id: column('integer', { nullable: false }) },
  };
  const sides = [
    { by: 'left_id', to: left },
    { by: 'right_id', to: right },
  ];
  for (const { by, to } of sides) {
    junction.fields[by] = column(to.fields[to.key]?.kind as Kind, {
      to: to.name,
      constrained: true,
      nullable: random.chance(0.7),
    });
  }
  addList(random, left, 'rights', junction, 'left_id', 'm2m', 'right_id');
  if (random.chance(0.7)) addList(random, right, 'lefts', junction, 'right_id', 'm2m', 'left_id');
  return junction;
}

function makeManyToAny(random: Random, parent: Draft, all: readonly Draft[]): Draft {
  const allowed = random.sample(all, random.between(1, 3)).map(({ name }) => name);
  const junction: Draft = {
    name: `${parent.name}_blocks`,
    key: 'id',
    sortField: null,
    fields: {
      id: column('integer', { nullable: false }),
      parent: column(parent.fields[parent.key]?.kind as Kind, {
        to: parent.name,
        constrained: true,
        nullable: random.chance(0.5),
      }),
      item: column('string', { any: { by: 'collection', allowed } }),
      collection: column('string'),
    },
  };
  addList(random, parent, 'blocks', junction, 'parent', 'm2a', 'item');
  return junction;
}
