import node from '@astrojs/node';
import { defineConfig, envField } from 'astro/config';

const setting = { context: 'server', access: 'secret', type: 'string' };

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  env: {
    schema: {
      /** Where this server reaches Limen. */
      LIMEN_URL: envField.string({ ...setting, default: 'http://localhost:8055' }),
      /** Where browsers reach this app, such as https://www.example.com. */
      ORIGIN: envField.string({ ...setting, optional: true }),
    },
  },
});
