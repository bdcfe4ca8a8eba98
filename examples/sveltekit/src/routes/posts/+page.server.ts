import { createItem, deleteItem, readItems } from '@directus/sdk';
import { requireUser } from '@limen/ssr/sveltekit';
import { fail, redirect } from '@sveltejs/kit';
import { refusal } from '#lib/server/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** The policy says whose posts these are: nothing here has to filter. */
export const load: PageServerLoad = async (event) => {
  await requireUser(event, redirect);
  const { client } = event.locals.session;
  return { posts: await client.request(readItems('posts', { fields: ['id', 'title'], sort: ['-id'], limit: 50 })) };
};

export const actions: Actions = {
  add: async ({ request, locals }) => {
    const title = String((await request.formData()).get('title'));
    try {
      await locals.session.client.request(createItem('posts', { title }));
    } catch (error) {
      return fail(400, { message: refusal(error) });
    }
  },
  remove: async ({ request, locals }) => {
    const id = Number((await request.formData()).get('id'));
    try {
      await locals.session.client.request(deleteItem('posts', id));
    } catch (error) {
      return fail(400, { message: refusal(error) });
    }
  },
};
