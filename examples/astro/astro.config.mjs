import node from '@astrojs/node';
import { defineConfig, envField } from 'astro/config';

const setting = { context: 'server', access: 'secret', type: 'string' };

/** Astro believes a host, and forms that come from its pages, only when it was told of it when it was built. */
function domainOf(origin) {
  const { protocol, hostname, port } = new URL(origin);
  return { protocol: protocol.slice(0, -1), hostname, ...(port ? { port } : {}) };
}

const { ORIGIN } = process.env;

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  security: { allowedDomains: ORIGIN ? [domainOf(ORIGIN)] : [] },
  env: {
    schema: {
      /** Where this server reaches Limen. */
      LIMEN_URL: envField.string({ ...setting, default: 'http://localhost:8055' }),
      /** Where browsers reach this app, such as https://www.example.com. */
      ORIGIN: envField.string({ ...setting, optional: true }),
    },
  },
});
