import type { Http } from './http.ts';
import {
  type Action,
  type CallerChoice,
  COLLECTIONS,
  fieldOf,
  type Json,
  type PermissionRow,
  type World,
} from './model.ts';
import { holds } from './oracle/filter.ts';
import { resolved, rowsOf } from './oracle/scope.ts';
import { isUnderstood, Viewer } from './oracle/viewer.ts';

const ACTIONS = ['create', 'read', 'update', 'delete'] as const;
const FULL = { access: 'full', fields: ['*'] };

/** System collections have more fields than the model knows of. */
const isKnown = (collection: string, name: string): boolean =>
  !collection.startsWith('directus_') || name === '*' || name === 'nope' || fieldOf(collection, name) !== undefined;

/** What a caller is told of its own rights and of the data model, and how that differs from the oracle; empty when not. */
export async function selfDifferences(http: Http, world: World, caller: CallerChoice): Promise<string[]> {
  const judge = new SelfJudge(http, world, caller);
  await judge.permissions();
  await judge.reach();
  await judge.model();
  await judge.descriptions();
  return judge.differences;
}

type Body = { [key: string]: Json };

class SelfJudge {
  readonly differences: string[] = [];
  readonly #http: Http;
  readonly #world: World;
  readonly #caller: CallerChoice;
  readonly #viewer: Viewer;

  constructor(http: Http, world: World, caller: CallerChoice) {
    this.#http = http;
    this.#world = world;
    this.#caller = caller;
    this.#viewer = new Viewer(world, caller);
  }

  async #get(url: string): Promise<{ status: number; data: Json; text: string }> {
    const { status, text } = await this.#http.get(this.#caller, url);
    const isJson = text.startsWith('{');
    return { status, text, data: isJson ? ((JSON.parse(text) as { data?: Json }).data ?? null) : null };
  }

  #expect(what: string, expected: unknown, got: unknown): void {
    if (JSON.stringify(expected) !== JSON.stringify(got))
      this.differences.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
  }

  /** `/permissions/me` */
  async permissions(): Promise<void> {
    const { status, data } = await this.#get('/permissions/me');
    if (this.#caller.user === null) {
      this.#expect('/permissions/me', 403, status);
      return;
    }
    for (const collection of COLLECTIONS) {
      const told = (data as { [name: string]: Body } | null)?.[collection] ?? null;
      const all = this.#viewer.all(collection);
      if (all.length === 0 && !this.#viewer.admin) this.#expect(`permissions on ${collection}`, null, told);
      else for (const action of ACTIONS) this.#permission(collection, action, (told?.[action] ?? null) as Body | null);
    }
  }

  #permission(collection: string, action: Action, told: Body | null): void {
    const what = `permission to ${action} ${collection}`;
    const granted = this.#viewer.granted(collection, action);
    if (this.#viewer.admin) this.#expect(what, FULL, told);
    else if (!granted) this.#expect(what, { access: 'none' }, told);
    else if (!told || told.access === 'none') this.#expect(what, 'some', told);
    else this.#extent(what, granted, told);
  }

  #extent(what: string, granted: readonly PermissionRow[], told: Body): void {
    const { collection = '' } = granted[0] ?? {};
    const isOpen = granted.some(({ rule }) => rule === null || Object.keys(rule).length === 0);
    if (isOpen) this.#expect(what, 'full', told.access);
    else if (told.access === 'full') this.#expect(what, true, this.#admitsAll(collection, granted));
    const fields = new Set(granted.flatMap((permission) => permission.fields ?? []));
    const toldFields = (told.fields as string[]).filter((name) => isKnown(collection, name)).sort();
    this.#expect(what, fields.has('*') ? ['*'] : [...fields].sort(), toldFields);
    const presets = Object.assign({}, ...granted.map((permission) => permission.presets ?? {})) as Body;
    const values = Object.entries(presets).map(([name, value]) => [name, resolved(value, this.#viewer.scope)]);
    this.#expect(what, Object.fromEntries(values), told.presets ?? {});
  }

  #admits(permission: PermissionRow, row: World['rows'][string][number]): boolean {
    const { rule, collection } = permission;
    return (
      rule === null ||
      (isUnderstood(permission) && holds(rule, collection, row, { scope: this.#viewer.scope, viewer: null }))
    );
  }

  #admitsAll(collection: string, granted: readonly PermissionRow[]): boolean {
    return rowsOf(this.#world, collection).every((row) => granted.some((permission) => this.#admits(permission, row)));
  }

  /** `/permissions/me/:collection/:id`, whether or not the item may be read. */
  async reach(): Promise<void> {
    for (const collection of ['posts', 'categories', 'comments']) {
      for (const row of [...rowsOf(this.#world, collection).slice(0, 2), null]) {
        const url = `/permissions/me/${collection}/${row?.id ?? 'nothing'}`;
        const { status, data } = await this.#get(url);
        if (this.#caller.user === null) {
          this.#expect(url, 403, status);
          continue;
        }
        const may = (action: 'update' | 'delete'): boolean =>
          row !== null &&
          (this.#viewer.admin ||
            (this.#viewer.granted(collection, action) ?? []).some((permission) => this.#admits(permission, row)));
        const expected = { update: may('update'), delete: may('delete'), share: this.#viewer.admin && row !== null };
        const told = data as { [action: string]: { access: boolean } };
        const got = Object.fromEntries(Object.keys(expected).map((action) => [action, told?.[action]?.access]));
        this.#expect(url, expected, got);
      }
    }
  }

  /** `/collections`, `/fields` and `/relations` */
  async model(): Promise<void> {
    const may = this.#viewer.admin || this.#viewer.app;
    const lists = await Promise.all(['/collections', '/fields', '/relations'].map((url) => this.#get(url)));
    const [collections, fields, relations] = lists.map(({ data }) => data as Body[] | null);
    if (!may) {
      const statuses = lists.map(({ status }) => status);
      this.#expect('the data model', [403, 403, 403], statuses);
      return;
    }
    const known = COLLECTIONS.filter((name) => this.#viewer.mayRead(name)).sort();
    const named = (rows: Body[] | null | undefined, of: (row: Body) => string): string[] => (rows ?? []).map(of).sort();
    const isModel = (row: Body): boolean => COLLECTIONS.includes(String(row.collection));
    this.#expect(
      '/collections',
      known,
      named(collections?.filter(isModel), (row) => String(row.collection)),
    );
    const isField = (row: Body): boolean => fieldOf(String(row.collection), String(row.field)) !== undefined;
    const pair = (row: Body): string => `${row.collection}.${row.field}`;
    const pairs = known.flatMap((name) => this.#viewer.named(name).map((field) => `${name}.${field}`));
    this.#expect('/fields', pairs.sort(), named(fields?.filter(isField), pair));
    const leading = pairs.filter((text) => {
      const [name = '', field = ''] = text.split('.');
      const model = fieldOf(name, field);
      return model !== undefined && 'to' in model && model.to !== undefined && this.#viewer.mayRead(model.to);
    });
    const isManyToOne = (row: Body): boolean => isField(row) && COLLECTIONS.includes(String(row.related_collection));
    this.#expect('/relations', leading, named(relations?.filter(isManyToOne), pair));
  }

  /** OpenAPI and the schema of GraphQL: nothing in them that may not be used. */
  async descriptions(): Promise<void> {
    const { text } = await this.#get('/server/specs/oas');
    const oas = JSON.parse(text) as {
      paths: { [path: string]: object };
      components: { schemas: { [name: string]: Body } };
    };
    const sdl = (await this.#get('/server/specs/graphql')).text;
    const schemas = new Map(Object.values(oas.components.schemas).map((schema) => [schema['x-collection'], schema]));
    const methods = { get: 'read', post: 'create', patch: 'update', delete: 'delete' } as const;
    for (const collection of COLLECTIONS.filter((name) => !name.startsWith('directus_'))) {
      const expected = Object.entries(methods).filter(([, action]) => this.#may(collection, action));
      const got = Object.keys(oas.paths[`/items/${collection}`] ?? {}).sort();
      this.#expect(`methods of ${collection}`, expected.map(([method]) => method).sort(), got);
      const described = schemas.get(collection);
      const fields = this.#viewer.mayRead(collection) ? this.#viewer.named(collection) : [];
      this.#expect(
        `OpenAPI of ${collection}`,
        [...fields].sort(),
        Object.keys((described?.properties ?? {}) as Body).sort(),
      );
      this.#sdl(sdl, collection, fields);
    }
  }

  #may(collection: string, action: Action): boolean {
    return this.#viewer.admin || this.#viewer.granted(collection, action) !== null;
  }

  #sdl(sdl: string, collection: string, fields: readonly string[]): void {
    const [, body = ''] = new RegExp(`^type ${collection} \\{\\n([^}]*)\\}`, 'm').exec(sdl) ?? [];
    const names = [...body.matchAll(/^ {2}(\w+)[(:]/gm)].map(([, name]) => name ?? '');
    // The key of a many-to-one is a value of its own, whatever lies behind it; a list of nothing to show is left out.
    const open = fields.filter((name) => {
      const field = fieldOf(collection, name);
      return field?.kind !== 'list' || this.#viewer.named(field.from).length > 0;
    });
    const isCertain = (name: string): boolean => !('among' in (fieldOf(collection, name) ?? {}));
    const told = names.filter((name) => fieldOf(collection, name) !== undefined);
    this.#expect(`GraphQL of ${collection}`, open.filter(isCertain).sort(), told.filter(isCertain).sort());
  }
}
