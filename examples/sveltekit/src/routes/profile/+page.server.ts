import { updateMe } from '@directus/sdk';
import { requireUser } from '@limen/ssr/sveltekit';
import { fail, redirect } from '@sveltejs/kit';
import { refusal } from '#lib/server/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { email } = await requireUser(event, redirect);
  return { email };
};

export const actions: Actions = {
  default: async (event) => {
    await requireUser(event, redirect);
    const email = String((await event.request.formData()).get('email'));
    try {
      await event.locals.session.client.request(updateMe({ email }));
    } catch (error) {
      return fail(400, { email, message: refusal(error) });
    }
    return { email, message: null };
  },
};
