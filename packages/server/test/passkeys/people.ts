import { type Answer, Client } from '../resources/project.ts';
import type { StartedServer } from '../started-server.ts';
import type { Authenticator, Flaws } from './authenticator.ts';

export const ORIGIN = 'https://app.example.com';
/** Pages under another address than PUBLIC_URL, of the domain above it. */
export const SETTINGS = { AUTH_PASSKEY_RP_ID: 'example.com', AUTH_PASSKEY_ORIGINS: ORIGIN };
export const PASSWORD = 'a-long-password';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  client: Client;
}

let people = 0;

/** A user with a session, who may change the own second factors (and, being no administrator, nothing else). */
export async function makePerson(server: StartedServer, values: Record<string, unknown> = {}): Promise<Person> {
  const admin = new Client(server);
  const number = ++people;
  const policy = (await admin.post('/policies', { name: `Own factors ${number}` })).body.data.id;
  const rule = { id: { _eq: '$CURRENT_USER' } };
  const own = { policy, collection: 'directus_users', permissions: rule };
  await admin.post('/permissions', [
    { ...own, action: 'update', fields: ['tfa_secret'] },
    { ...own, action: 'read', fields: ['*'] },
  ]);
  const email = `person${number}-${server.port}@example.com`;
  const made = await admin.post('/users', { email, password: PASSWORD, policies: [{ policy }], ...values });
  if (made.status !== 200) throw new Error(made.text);
  return { id: made.body.data.id, email, password: PASSWORD, client: await signIn(server, email) };
}

/** A client with the access token of a fresh login. */
export async function signIn(server: StartedServer, email: string, proof: object = {}): Promise<Client> {
  const answer = await new Client(server, null).post('/auth/login', { email, password: PASSWORD, ...proof });
  if (answer.status !== 200) throw new Error(answer.text);
  return new Client(server, answer.body.data.access_token);
}

/** Registers a passkey, proving who is there with `proof`. */
export async function register(
  { client }: Pick<Person, 'client'>,
  authenticator: Authenticator,
  proof: object = { password: PASSWORD },
  flaws: Flaws = {},
): Promise<Answer> {
  const options = await client.post('/users/me/passkeys/options', {});
  if (options.status !== 200) return options;
  const credential = authenticator.create(options.body.data, flaws);
  return client.post('/users/me/passkeys', { name: 'My phone', credential, ...proof });
}

/** An answer to a fresh challenge for signing in. */
export async function answerFor(
  server: StartedServer,
  authenticator: Authenticator,
  purpose: 'login' | 'second-factor' = 'login',
  flaws: Flaws = {},
) {
  const options = await new Client(server, null).post('/auth/passkey/options', { purpose });
  return authenticator.get(options.body.data, flaws);
}

/** An answer to a fresh challenge for proving who is there. */
export async function stepUpFor({ client }: Pick<Person, 'client'>, authenticator: Authenticator, flaws: Flaws = {}) {
  const options = await client.post('/users/me/passkeys/options', { purpose: 'step-up' });
  return authenticator.get(options.body.data, flaws);
}

/** Signs in with a passkey alone. */
export async function passkeyLogin(server: StartedServer, authenticator: Authenticator, flaws: Flaws = {}) {
  const credential = await answerFor(server, authenticator, 'login', flaws);
  return new Client(server, null).post('/auth/passkey/login', { credential });
}
