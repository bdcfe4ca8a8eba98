import { userForPage } from '@limen/ssr/nuxt';

/** Goes to the browser, so it holds what pages show and nothing else. */
export default defineEventHandler((event) => told(userForPage(event, ['email'])));
