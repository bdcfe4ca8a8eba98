import { authentication, createDirectus, customEndpoint, type RestCommand, rest } from '@directus/sdk';
import { API } from '../app/places.ts';
import { failureOf } from './failure.ts';

// biome-ignore lint/suspicious/noExplicitAny: the data model is known at run time only
type AnyModel = any;

/** The one client: the session is a cookie that scripts can't read, sent along by the browser. */
export const client = createDirectus<AnyModel>(API)
  .with(authentication('session', { credentials: 'include', autoRefresh: false }))
  .with(rest({ credentials: 'include' }));

/** Resolves when somebody has signed in again; rejects when they would rather not. Set by the session's provider. */
let signInAgain: () => Promise<void> = () => Promise.reject(new Error('nobody is signed in'));
export const onSessionEnd = (ask: () => Promise<void>): void => {
  signInAgain = ask;
};

/**
 * Asks the API. When the session has ended meanwhile, the question waits until the same person has signed in again, so
 * that nothing that was typed is lost.
 */
export async function send<Answer>(command: RestCommand<Answer, AnyModel>): Promise<Answer> {
  try {
    return await client.request(command);
  } catch (error) {
    if (!(await sessionHasEnded(error))) throw error;
    await signInAgain();
    return client.request(command);
  }
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'SEARCH';
  readonly params?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Asks an endpoint by its path; the answer's `data`. */
export function ask<Answer>(path: string, { method = 'GET', params, body }: Question = {}): Promise<Answer> {
  const options = { path, method, params, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return send(customEndpoint<Answer>(options));
}

/** Without its cookie a request is anybody's: it is forbidden what its sender was allowed a moment ago. */
async function sessionHasEnded(error: unknown): Promise<boolean> {
  const { status } = failureOf(error);
  if (status === 401) return true;
  if (status !== 403) return false;
  try {
    const me = await client.request<{ id?: string }>(customEndpoint({ path: '/users/me', params: { fields: ['id'] } }));
    return !me.id;
  } catch (second) {
    return failureOf(second).status === 401 || failureOf(second).status === 403;
  }
}
