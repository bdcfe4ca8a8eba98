import { FIXED_TYPES } from './fixed-types.ts';
import { mentioned, type TypeModel } from './model.ts';

/** The types of a schema in the making. Types lead to each other in circles, so each is described after it was named. */
export class TypeBook {
  readonly #types = new Map<string, TypeModel>();
  readonly #named = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  /** The name, of a type that will be described once. */
  define(name: string, describe: () => TypeModel): string {
    if (!this.#named.has(name)) {
      this.#named.add(name);
      this.#waiting.push(() => this.#types.set(name, describe()));
    }
    return name;
  }

  /** Describes what was named and adds the fixed types that are mentioned. */
  finish(): ReadonlyMap<string, TypeModel> {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) next();
    // A map gives what is added while it is walked, too.
    for (const type of this.#types.values()) {
      for (const name of mentioned(type)) {
        const fixed = FIXED_TYPES.get(name);
        if (fixed && !this.#types.has(name)) this.#types.set(name, fixed);
      }
    }
    return this.#types;
  }
}
