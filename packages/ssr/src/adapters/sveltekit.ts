import { type Session, SessionError, type Sessions, type User } from '../index.ts';
import { seeOther, unavailable } from './answers.ts';
import { isBelow } from './protected-paths.ts';

/** What of SvelteKit's `RequestEvent` is used. */
interface Event {
  readonly request: Request;
  readonly url: URL;
  readonly locals: object;
}

interface HandleInput<E extends Event> {
  readonly event: E;
  readonly resolve: (event: E) => Response | Promise<Response>;
}

export interface HandleOptions {
  /** Paths that are for people who are signed in, with everything below them. */
  readonly protect?: readonly string[];
}

/** For `locals` in `app.d.ts`: `interface Locals extends SessionLocals<Schema> {}`. */
export interface SessionLocals<Schema = unknown> {
  session: Session<Schema>;
}

/**
 * `export const handle = sessionHandle(sessions)` in `hooks.server.ts`. Refreshes before anything is loaded, puts the session
 * into `event.locals.session`, and sends its cookies with whatever answer there is: pages, data, actions, remote functions.
 */
export function sessionHandle<Schema>(sessions: Sessions<Schema>, { protect = [] }: HandleOptions = {}) {
  return async <E extends Event>({ event, resolve }: HandleInput<E>): Promise<Response> => {
    const session = sessions.for(event.request, { url: event.url });
    (event.locals as SessionLocals<Schema>).session = session;
    await session.ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    if (isBelow(event.url.pathname, protect)) {
      const { location } = await session.guard();
      // A request for data can't follow a redirect of ours: the page's own guard answers it in SvelteKit's terms.
      if (location && !isData(event)) return session.apply(seeOther(location));
    }
    return session.apply(await resolve(event));
  };
}

const isData = ({ request }: Event): boolean => new URL(request.url).pathname.endsWith('/__data.json');

/**
 * In `load` functions: the user, or off to the login page. `redirect` is that of `@sveltejs/kit`.
 * Parents and pages load at the same time, so each page that needs a user asks.
 */
export async function requireUser<Schema>(
  { locals }: { readonly locals: SessionLocals<Schema> },
  redirect: (status: 303, location: string) => never,
): Promise<User<Schema>> {
  const { user, location } = await locals.session.guard();
  return location === null ? user : redirect(303, location);
}

interface ActionEvent<Schema> extends Event {
  readonly locals: SessionLocals<Schema>;
}

/** What `form` holds after a refusal. */
interface Said {
  code: string;
  message: string;
  email: string;
}

/** SvelteKit reads the type of `form` from it. */
type Failure<F> = F & { readonly data: Said };

interface ActionTools<F> {
  readonly fail: (status: number, said: Said) => F;
  /** SvelteKit 3 leaves the app only for origins that it is given; SvelteKit 2 ignores them. */
  readonly redirect: (status: 303, location: string, options?: { external: string[] }) => never;
}

/** Form actions for `+page.server.ts`: `export const actions = sessionActions({ fail, redirect })`. */
export function sessionActions<F>({ fail, redirect }: ActionTools<F>) {
  async function attempt(event: Event, work: (form: FormData) => Promise<string>): Promise<Failure<F>> {
    const form = await event.request.formData();
    let location: string;
    try {
      location = await work(form);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      const said = { code: error.code, message: error.message, email: text(form, 'email') };
      return fail(error.status, said) as Failure<F>;
    }
    const { origin } = new URL(location, event.url);
    return origin === event.url.origin ? redirect(303, location) : redirect(303, location, { external: [origin] });
  }
  return {
    login: <Schema>(event: ActionEvent<Schema>): Promise<Failure<F>> =>
      attempt(event, async (form) => {
        const { session } = event.locals;
        const otp = text(form, 'otp');
        await session.login({ email: text(form, 'email'), password: text(form, 'password'), ...(otp ? { otp } : {}) });
        return session.redirectedFrom();
      }),
    provider: <Schema>(event: ActionEvent<Schema>): Promise<Failure<F>> =>
      attempt(event, (form) => event.locals.session.loginWith(text(form, 'provider'))),
    register: <Schema>(event: ActionEvent<Schema>): Promise<Failure<F>> =>
      attempt(event, async (form) => {
        const { session } = event.locals;
        await session.register({ email: text(form, 'email'), password: text(form, 'password') });
        return session.loginLocation();
      }),
    logout: <Schema>(event: ActionEvent<Schema>): Promise<Failure<F>> =>
      attempt(event, async () => {
        await event.locals.session.logout();
        return '/';
      }),
  };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
