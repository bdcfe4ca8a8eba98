import { findAccount } from '../../src/accounts/find.ts';
import { findRole } from '../../src/accounts/roles.ts';
import { readTests, runTests, type TestParts, type TestResult } from '../../src/review/tests/index.ts';
import type { Blog } from '../explain/blog.ts';

/** What tests of a file run with, on the blog. */
export function testParts({ project }: Blog): TestParts {
  const { store, engine, items, schema } = project;
  return {
    store,
    engine,
    items,
    snapshot: () => schema.snapshot,
    people: { account: (idOrEmail) => findAccount(store, idOrEmail), role: (idOrName) => findRole(store, idOrName) },
  };
}

/** Runs tests as a file would have them. */
export async function runAll(blog: Blog, tests: readonly object[]): Promise<TestResult[]> {
  const ran = await runTests(testParts(blog), readTests({ tests }).tests);
  return ran.map(({ result }) => result);
}

/** The status of one test, with its reasons when it did not pass. */
export async function runOne(blog: Blog, test: object): Promise<string> {
  const [result] = await runAll(blog, [{ collection: 'posts', ...byAnn(test) }]);
  return [result?.status, ...(result?.reasons ?? [])].join(': ');
}

/** What a test must not change. */
export const contentsOf = async ({ model }: Blog): Promise<unknown> => {
  const tables = ['posts', 'comments', 'categories', 'directus_users', 'directus_activity', 'directus_revisions'];
  return Promise.all(tables.map((table) => model.rows(`select * from ${table} order by id`)));
};

const byAnn = (test: object): object => {
  const named = ['user', 'role', 'public', 'share'].some((name) => name in test);
  return named ? test : { user: 'ann@example.com', ...test };
};
