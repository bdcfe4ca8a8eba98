import { SYSTEM } from '../access/index.ts';
import type { Project } from '../app.ts';
import type { AuthProvider } from '../config/index.ts';
import { CommandError } from './with-project.ts';

type Redirecting = Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>;

const isRedirecting = (one: AuthProvider): one is Redirecting => one.driver === 'openid' || one.driver === 'oauth2';

/** The provider of that name with the driver openid or oauth2, of the environment or of the project. Throws `CommandError`. */
export async function redirectingProvider(project: Project, name: string): Promise<Redirecting> {
  const { providers } = project.auth;
  await providers.fresh();
  const live = providers.get(name)?.settings;
  if (live && isRedirecting(live)) return live;
  const known = await knownProviders(project);
  const found = known.find((one) => one.name === name);
  if (found && found.state !== 'ready') {
    throw new CommandError(`The provider ${JSON.stringify(name)} is ${found.state}. ${found.problem ?? ''}`.trim());
  }
  const fitting = known.filter(({ driver }) => driver === 'openid' || driver === 'oauth2');
  throw new CommandError(
    `There is no provider ${JSON.stringify(name)} with the driver openid or oauth2; there are: ${namesOf(fitting)}.`,
  );
}

/** Throws `CommandError` where neither the environment nor the project has a provider of that name. */
export async function requireProvider(
  project: Project,
  name: string,
): Promise<{ readonly source: string; readonly driver: string }> {
  const known = await knownProviders(project);
  const found = known.find((one) => one.name === name);
  if (found) return found;
  throw new CommandError(`There is no provider ${JSON.stringify(name)}; there are: ${namesOf(known)}.`);
}

const knownProviders = async ({ auth, engine }: Project) => auth.projectProviders.list(await engine.access(SYSTEM));

const namesOf = (providers: readonly { readonly name: string }[]): string =>
  providers.map(({ name }) => name).join(', ') || 'none';
