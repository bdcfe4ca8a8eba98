import { afterAll, beforeAll, expect, it } from 'vitest';
import { programOf } from './runtimes/runtime.ts';
import { type Subjects, startSubjects } from './runtimes/subjects.ts';

let subjects: Subjects;
beforeAll(async () => {
  subjects = await startSubjects();
});
afterAll(() => subjects.stop());

// Deno and workerd take more to download: `npm run runtimes -w packages/ssr` has them all.
it.concurrent.each(['node', 'bun'] as const)(
  'the sessions of an app on %s',
  async (name) => {
    const missing = await programOf(name).then(
      () => null,
      (error: Error) => error,
    );
    if (missing && name !== 'node') return console.warn(`NOT TESTED on ${name}: ${missing.message}`);
    expect(await subjects.check(name)).toBe(8);
    return undefined;
  },
  120_000,
);
