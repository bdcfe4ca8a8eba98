/** A way to write values of a setting: what is accepted, and what becomes of it. */
export interface Kind<T> {
  /** One or two words for the reference page, e.g. `duration`. */
  readonly name: string;
  /** Completes "takes …" in messages and in the reference page. */
  readonly accepts: string;
  /**
   * Turns a value as it was given (text from the environment; also numbers, truth values, lists and objects from a
   * configuration file or a casting prefix) into the setting's own type.
   * @throws {WrongValue} when it is not accepted.
   */
  parse(raw: unknown): T;
}

/** Thrown by kinds; the loader adds the setting's name. */
export class WrongValue extends Error {
  override name = 'WrongValue';
}

export interface About {
  /** What it does, for people, in one or two sentences. */
  readonly help: string;
  /** The default as one would write it; parsed like any other value. */
  readonly default?: string;
  /** Said in the reference page where the default depends on something. */
  readonly defaultNote?: string;
  /** Never printed. */
  readonly secret?: boolean;
}

export interface Setting<T> extends About {
  /** Name of the environment variable. `<PROVIDER>` and `<LOCATION>` stand for one name each. */
  readonly name: string;
  readonly kind: Kind<T>;
}

export function setting<T>(name: string, kind: Kind<T>, about: About & { readonly default: string }): Setting<T>;
export function setting<T>(name: string, kind: Kind<T>, about: About): Setting<T | undefined>;
export function setting<T>(name: string, kind: Kind<T>, about: About): Setting<T | undefined> {
  return { name, kind, ...about };
}

/** Settings by the key that they have in `Config`. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values that a set of settings yields. */
export type Values<S extends Settings> = {
  readonly [Key in keyof S]: S[Key] extends Setting<infer Value> ? Value : never;
};
