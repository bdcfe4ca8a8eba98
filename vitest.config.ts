import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    watch: false,
    // Tests start servers and databases; on a busy machine those take their time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // In continuous integration a test that fails is tried once more, and marked `(retry x1)`: look there for unsteady ones.
    retry: process.env.CI ? 1 : 0,
    // Servers under test are processes of their own: more workers than cores only make them wait for each other.
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
