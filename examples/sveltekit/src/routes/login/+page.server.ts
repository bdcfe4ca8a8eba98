import { readProviders } from '@directus/sdk';
import { sessionActions } from '@limen/ssr/sveltekit';
import { fail, redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

const { login, provider } = sessionActions({ fail, redirect });
export const actions = { login, provider };

interface Provider {
  readonly name: string;
  readonly label?: string;
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { session } = locals;
  if (await session.user()) redirect(303, session.redirectedFrom());
  const providers = (await session.client.request(readProviders())) as readonly Provider[];
  return {
    providers: providers.map(({ name, label = name }) => ({ name, label })),
    // An `action` in a form takes the place of the address's query: this one goes on with it.
    query: `&redirectedFrom=${encodeURIComponent(session.redirectedFrom())}`,
    failed: url.searchParams.has('reason'),
  };
};
