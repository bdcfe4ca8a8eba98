import { sessionActions } from '@limen/ssr/sveltekit';
import { fail, redirect } from '@sveltejs/kit';

export const actions = { default: sessionActions({ fail, redirect }).register };
