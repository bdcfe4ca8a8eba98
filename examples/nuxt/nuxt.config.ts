export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  css: ['~/assets/app.css'],
  telemetry: false,
  app: { head: { htmlAttrs: { lang: 'en' }, link: [{ rel: 'icon', href: 'data:,' }] } },
});
