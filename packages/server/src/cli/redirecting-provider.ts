import type { AuthProvider, Config } from '../config/index.ts';
import { CommandError } from './with-project.ts';

type Redirecting = Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>;

/** The provider of that name with the driver openid or oauth2. Throws `CommandError`. */
export function redirectingProvider({ authProviders }: Config, name: string): Redirecting {
  const known = authProviders.filter((one): one is Redirecting => one.driver === 'openid' || one.driver === 'oauth2');
  const found = known.find((one) => one.name === name);
  if (found) return found;
  const names = known.map((one) => one.name).join(', ') || 'none';
  throw new CommandError(
    `There is no provider ${JSON.stringify(name)} with the driver openid or oauth2; there are: ${names}.`,
  );
}
