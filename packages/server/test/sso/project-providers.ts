import { vi } from 'vitest';
import { Client } from '../resources/project.ts';
import type { StartedServer } from '../started-server.ts';
import { CLIENT_PAGE } from './logins.ts';

/** Providers of tests are on this machine, where the server asks nobody otherwise. */
export const OWN_MACHINE = { IMPORT_IP_ALLOW_LIST: '127.0.0.1' };
export const CLIENT_SECRET = 'the-very-secret-text-of-a-client';

/** What is sent to make an OpenID provider. */
export const openIdBody = (name: string, issuer: string, more: Record<string, unknown> = {}) => ({
  name,
  driver: 'openid',
  settings: {
    client_id: `client of ${name}`,
    client_secret: CLIENT_SECRET,
    issuer_url: issuer,
    allow_public_registration: true,
    redirect_allow_list: [CLIENT_PAGE],
    ...more,
  },
});

export interface Step {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly setting: string | null;
}

/** The steps of a test that found something wrong. */
export async function faultsOf(server: StartedServer, name: string, body: unknown = {}): Promise<readonly Step[]> {
  const answer = await new Client(server).post(`/providers/${name}/test`, body);
  if (answer.status !== 200) throw new Error(answer.text);
  return (answer.body.data.steps as Step[]).filter(({ ok }) => !ok);
}

/** Names of the providers that a node offers. */
export async function offered(server: StartedServer): Promise<string[]> {
  const { body } = await new Client(server, null).get('/auth');
  return body.data.map(({ name }: { name: string }) => name);
}

/** Waits until a node knows of something. */
export const heard = <T>(look: () => Promise<T>, check: (value: T) => void): Promise<void> =>
  vi.waitFor(async () => check(await look()), { timeout: 15_000, interval: 20 });
