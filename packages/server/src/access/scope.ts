import { type Scope, shifted, type Variable } from '../sql/index.ts';
import type { Json } from '../wire/index.ts';

/** Who asks, as far as dynamic variables can tell. */
export interface Caller {
  readonly user: string | null;
  readonly role: string | null;
  /** The role and its ancestors, nearest first. */
  readonly roles: readonly string[];
  readonly policies: readonly string[];
  /** Values of variables with a path, by `variableKey`. */
  readonly values: ReadonlyMap<string, Json>;
}

const NOBODY: Caller = { user: null, role: null, roles: [], policies: [], values: new Map() };

/** `user.role.name` */
export const variableKey = (kind: 'user' | 'role', path: readonly string[]): string => `${kind}.${path.join('.')}`;

/** Gives variables their values for one request. */
export class RequestScope implements Scope {
  readonly caller: Caller;
  readonly inputs: readonly Json[];
  readonly now: number;
  /** Who shared the item, when it is a share that asks. */
  readonly author: Caller | null;

  constructor(caller: Caller, now: number, inputs: readonly Json[] = [], author: Caller | null = null) {
    this.caller = caller;
    this.now = now;
    this.inputs = inputs;
    this.author = author;
  }

  withInputs(inputs: readonly Json[]): RequestScope {
    return new RequestScope(this.caller, this.now, inputs, this.author);
  }

  variable(variable: Variable): Json {
    const caller = variable.of === 'author' ? (this.author ?? NOBODY) : this.caller;
    switch (variable.kind) {
      case 'user':
      case 'role':
        if (variable.path.length === 0) return caller[variable.kind];
        return caller.values.get(variableKey(variable.kind, variable.path)) ?? null;
      case 'roles':
        return [...caller.roles];
      case 'policies':
        return [...caller.policies];
      case 'now':
        return shifted(this.now, variable.shift).toISOString();
    }
  }
}
