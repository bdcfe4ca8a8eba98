import type { Grant } from '../grants.ts';
import type { Attempt } from '../providers/attempts.ts';

/** What somebody asks for who leaves. */
export interface Leaving {
  /** Where to go afterwards; anything but a text and undefined is refused. */
  readonly redirect: unknown;
  /** Whether the provider is to ask for consent again. */
  readonly prompt: boolean;
  /** The host that the browser asked. */
  readonly host: string | undefined;
  /** The client's challenge, where it wants a code in the place of a cookie. */
  readonly challenge?: string | null;
}

/** What somebody asks for who is signed in and wants another identity. */
export interface Linking {
  readonly user: string;
  readonly redirect: unknown;
  readonly host: string | undefined;
}

/** A cookie that lasts while somebody is with the provider. */
export interface AttemptCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  /** Whether the provider's page posts the answer, which browsers see as a visit from another site. */
  readonly crossSite: boolean;
}

export interface Departure {
  readonly location: string;
  /** Null where the provider can't be used and nobody leaves. */
  readonly cookie: AttemptCookie | null;
}

export interface Begun extends Departure {
  readonly cookie: AttemptCookie;
}

export type Wishes = Pick<Attempt, 'destination' | 'base' | 'handOff' | 'link'>;

/** What came back with a browser: the provider's parameters, and the cookies by name. */
export interface Return {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly cookies: ReadonlyMap<string, string>;
  readonly posted: boolean;
}

export interface Arrival {
  readonly location: string;
  readonly grant: Grant | null;
  /** The cookie to take away. */
  readonly spent: Omit<AttemptCookie, 'value'> | null;
}
