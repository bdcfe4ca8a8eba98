import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds the API. */
const API = process.env.LIMEN_URL ?? 'http://127.0.0.1:8055';

/**
 * GraphiQL's styles bring fonts as `data:` addresses, 350 kB of them, which the page's content security policy does not
 * allow; the Studio's own fonts serve.
 */
const withoutFonts: Plugin = {
  name: 'limen:without-fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /graphiql[\\/]dist[\\/]style\.css/ },
    handler: (code) => code.replace(/@font-face\s*\{[^}]*\}/g, ''),
  },
};

export default defineConfig(({ command }) => ({
  // The server writes into the page where it is served, so a build works under any path.
  base: command === 'build' ? './' : '/admin/',
  plugins: [withoutFonts, react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries that were compiled for React say how at the head of their files; nothing here reads that.
      onLog: (level, log, say) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level, log);
      },
    },
  },
  server: {
    proxy: { '^/(?!admin)': { target: API, ws: true, changeOrigin: false } },
  },
}));
