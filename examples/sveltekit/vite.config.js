import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Where browsers reach the built app; forms of other origins are refused.
      paths: { origin: process.env.ORIGIN ?? 'http://localhost:3000' },
    }),
  ],
});
