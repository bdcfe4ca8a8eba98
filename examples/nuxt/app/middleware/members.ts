/** Pages for people who are signed in. The API guards what they show; this leads to the login page in time. */
export default defineNuxtRouteMiddleware(async ({ fullPath }) => {
  const me = useMe();
  if (import.meta.client && !useNuxtApp().isHydrating) await refreshMe();
  if (!me.value) return navigateTo({ path: '/login', query: { redirectedFrom: fullPath } });
});
