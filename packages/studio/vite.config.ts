import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the API. */
const API = process.env.LIMEN_URL ?? 'http://127.0.0.1:8055';

export default defineConfig(({ command }) => ({
  // The server writes into the page where it is served, so a build works under any path.
  base: command === 'build' ? './' : '/admin/',
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
  },
  server: {
    proxy: { '^/(?!admin)': { target: API, ws: true, changeOrigin: false } },
  },
}));
