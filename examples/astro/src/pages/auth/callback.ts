import type { APIRoute } from 'astro';

/** Where people come back to who logged in with a provider. */
export const GET: APIRoute = async ({ locals, redirect }) => redirect(await locals.session.handleCallback(), 303);
