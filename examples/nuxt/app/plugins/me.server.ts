import { userForPage } from '@limen/ssr/nuxt';

export default defineNuxtPlugin(async () => {
  useMe().value = await userForPage(useRequestEvent(), ['email']);
});
