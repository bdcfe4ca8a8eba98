import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Where people come back to who logged in with a provider. */
export const GET: RequestHandler = async ({ locals }) => redirect(303, await locals.session.handleCallback());
