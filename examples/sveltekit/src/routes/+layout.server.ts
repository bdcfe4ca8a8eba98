import type { LayoutServerLoad } from './$types';

/** Goes to the browser, so it holds what the header shows and nothing else. */
export const load: LayoutServerLoad = async ({ locals }) => ({ email: (await locals.session.user())?.email ?? null });
