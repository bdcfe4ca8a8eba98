import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    watch: false,
    // Tests start servers and databases; on a busy machine those take their time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Servers under test are processes of their own: more workers than cores only make them wait for each other.
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
