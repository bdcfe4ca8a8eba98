import { forbidden } from '../errors/index.ts';
import { ALWAYS, allOf, type Predicate } from '../sql/index.ts';
import type { Action } from '../wire/index.ts';
import type { Accountability } from './accountability.ts';
import { asAuthor } from './author-variables.ts';
import { AccessProfile, type CollectionAccess } from './effective.ts';
import type { Permission } from './model.ts';
import { ShareReach } from './share-reach.ts';

export type ShareAccountability = Accountability & { readonly kind: 'share' };

type Shared = Pick<ShareAccountability, 'collection' | 'item'>;

const NOTHING = { admin: false, app: false, enforceTfa: false, policies: [], permissions: [], maxDepth: 0 };

/**
 * What a share opens: reading one item, of it what both the share's role and its author may read while the rules of both
 * admit it, and under the same conditions what belongs to the item. Made anew whenever the rights of either change, so that
 * a share never exceeds its author as they are now.
 */
export class ShareProfile extends AccessProfile {
  readonly #role: AccessProfile;
  readonly #author: AccessProfile;
  readonly #shared: Shared;
  readonly #reach: ShareReach | null;
  readonly #readable = new Map<string, CollectionAccess | null>();
  readonly #opened = new Map<string, CollectionAccess | null>();

  constructor(role: AccessProfile, author: AccessProfile, shared: Shared) {
    const { snapshot } = author;
    const own = bothRead(role, author, shared.collection);
    const permissions = own ? own.grants.map(({ permission }) => permission) : [];
    super({ ...NOTHING, policies: role.policies, permissions, snapshot });
    this.#role = role;
    this.#author = author;
    this.#shared = shared;
    const root = snapshot.collections.get(shared.collection);
    this.#reach = root && own ? new ShareReach(snapshot, root, shared.item, (name) => this.#bothRead(name)) : null;
  }

  override access(collection: string, action: Action): CollectionAccess | null {
    if (action !== 'read' || !this.snapshot.collections.has(collection)) return null;
    let access = this.#opened.get(collection);
    if (access === undefined) {
      access = this.#open(collection);
      this.#opened.set(collection, access);
    }
    return access;
  }

  /** Only the item itself is asked for by name; what belongs to it comes with it. */
  override entry(collection: string): CollectionAccess {
    if (collection !== this.#shared.collection) throw forbidden();
    return this.require(collection, 'read');
  }

  #open(name: string): CollectionAccess | null {
    const readable = this.#bothRead(name);
    if (!readable || !this.#reach) return null;
    const rows = allOf([readable.rows ?? ALWAYS, this.#reach.rows(readable.collection)]);
    return rows.kind === 'never' ? null : { ...readable, rows };
  }

  #bothRead(name: string): CollectionAccess | null {
    const known = this.#readable.get(name);
    if (known !== undefined) return known;
    const access = bothRead(this.#role, this.#author, name);
    this.#readable.set(name, access);
    return access;
  }
}

/** The rows and fields of a collection that both may read. */
function bothRead(role: AccessProfile, author: AccessProfile, name: string): CollectionAccess | null {
  const one = role.access(name, 'read');
  const other = author.access(name, 'read');
  if (!one || !other) return null;
  const rows = both(one.rows, other.rows && asAuthor(other.rows));
  if (rows?.kind === 'never') return null;
  const conditions = new Map<Predicate | null, Predicate | null>([[null, null]]);
  const fields = new Map<string, Predicate | null>();
  for (const [field, visible] of one.fields) {
    const shown = other.fields.get(field);
    if (shown === undefined) continue;
    if (!conditions.has(shown)) conditions.set(shown, asAuthor(shown));
    fields.set(field, both(visible, conditions.get(shown) ?? null));
  }
  const permission = readPermission(name, [...fields.keys()]);
  const grant = { permission, rule: rows ?? ALWAYS, allFields: false, fields: new Set(fields.keys()) };
  return { ...one, grants: [grant], rows, fields, validations: [], presets: {} };
}

function both(one: Predicate | null, other: Predicate | null): Predicate | null {
  return one && other ? allOf([one, other]) : (one ?? other);
}

const readPermission = (collection: string, fields: readonly string[]): Permission => ({
  id: null,
  policy: null,
  collection,
  action: 'read',
  rule: null,
  validation: null,
  presets: null,
  fields,
});
