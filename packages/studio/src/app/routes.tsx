import type { QueryClient } from '@tanstack/react-query';
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Session } from '../session/session.tsx';
import { Shell } from '../shell/shell.tsx';
import { Loading } from '../ui/loading.tsx';
import { continueOf } from './continue.ts';
import { FaultNotice } from './fault.tsx';
import { ForAdministrators } from './for-administrators.tsx';
import { NotFound } from './not-found.tsx';
import { BASE } from './places.ts';

interface Context {
  readonly session: Session;
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

/** Pages for everybody: ways to get in. */
const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: Outlet });

/** Pages for who is signed in, in the frame with the navigation. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: ({ context, location }) => {
    if (!context.session.me) throw redirect({ to: '/login', search: { continue: continueOf(location.href) } });
  },
});

const anyText = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

type Component = () => ReactNode;

/** A page that is loaded when it is first opened. `load` gives the component. */
function page(parent: typeof outside | typeof inside, path: string, load: () => Promise<Component>): AnyRoute {
  return createRoute({
    getParentRoute: () => parent as AnyRoute,
    path,
    validateSearch: anyText,
    component: lazyRouteComponent(async () => ({ default: guarded(path, await load()) })),
  });
}

/** What is under `/settings`, and the log, shows and changes the whole project. */
const ADMINISTRATION = /^\/(settings|logs)(\/|$)/;

const guarded = (path: string, Page: Component): Component =>
  ADMINISTRATION.test(path)
    ? () => (
        <ForAdministrators>
          <Page />
        </ForAdministrators>
      )
    : Page;

/** Every page and the file that it is in. */
const outsidePages = [
  page(outside, '/login', async () => (await import('../entry/login-page.tsx')).LoginPage),
  page(outside, '/setup', async () => (await import('../entry/setup-page.tsx')).SetupPage),
  page(outside, '/register', async () => (await import('../entry/register-page.tsx')).RegisterPage),
  page(outside, '/reset-password', async () => (await import('../entry/reset-password-page.tsx')).ResetPasswordPage),
  page(outside, '/accept-invite', async () => (await import('../entry/accept-invite-page.tsx')).AcceptInvitePage),
];

const insidePages = [
  page(inside, '/', async () => (await import('../content/home-page.tsx')).HomePage),
  page(inside, '/content/$collection', async () => (await import('../content/collection-page.tsx')).CollectionPage),
  page(inside, '/content/$collection/$key', async () => (await import('../content/item/item-page.tsx')).ItemPage),
  page(inside, '/files', async () => (await import('../files/files-page.tsx')).FilesPage),
  page(inside, '/users', async () => (await import('../users/users-page.tsx')).UsersPage),
  page(inside, '/users/$id', async () => (await import('../users/user-page.tsx')).UserPage),
  page(inside, '/profile', async () => (await import('../profile/profile-page.tsx')).ProfilePage),
  page(inside, '/activity', async () => (await import('../activity/activity-page.tsx')).ActivityPage),
  page(inside, '/logs', async () => (await import('../logs/logs-page.tsx')).LogsPage),
  page(inside, '/explorer', async () => (await import('../explorer/explorer-page.tsx')).ExplorerPage),
  page(inside, '/settings/access', async () => (await import('../settings/access/access-page.tsx')).AccessPage),
  page(inside, '/settings/access/why', async () => (await import('../settings/access/why-page.tsx')).WhyPage),
  page(inside, '/settings/access/roles/$id', async () => (await import('../settings/access/role-page.tsx')).RolePage),
  page(
    inside,
    '/settings/access/policies/$id',
    async () => (await import('../settings/access/policy-page.tsx')).PolicyPage,
  ),
  page(inside, '/settings/sign-on', async () => (await import('../settings/sign-on/sign-on-page.tsx')).SignOnPage),
  page(
    inside,
    '/settings/sign-on/$name',
    async () => (await import('../settings/sign-on/provider-page.tsx')).ProviderPage,
  ),
  page(
    inside,
    '/settings/data-model',
    async () => (await import('../settings/data-model/data-model-page.tsx')).DataModelPage,
  ),
  page(
    inside,
    '/settings/data-model/$collection',
    async () => (await import('../settings/data-model/collection-page.tsx')).CollectionPage,
  ),
];

const tree = root.addChildren([outside.addChildren(outsidePages), inside.addChildren(insidePages)]);

/** Addresses are read by people: every value of a search is plain text. */
function writeSearch(search: Record<string, unknown>): string {
  const said = Object.entries(anyText(search)).filter(([name]) => search[name] !== undefined);
  return said.length === 0 ? '' : `?${new URLSearchParams(said)}`;
}

export const router = createRouter({
  routeTree: tree,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: writeSearch,
  basepath: BASE,
  context: { session: undefined as unknown as Session, queries: undefined as unknown as QueryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <FaultNotice error={error} again={reset} />,
  scrollRestoration: true,
});
