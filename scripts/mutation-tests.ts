/** What is run for a mutant that the oracles do not find. */
export interface TestsOfFile {
  readonly files: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const TESTS = 'packages/server/test';
const at = (...names: string[]): string[] => names.map((name) => `${TESTS}/${name}`);

/** Quick ones first: the first that fails ends it. */
const COMMON = at(
  'access/merge-rules.test.ts',
  'access/function-call.test.ts',
  'access/regressions.test.ts',
  'query/parse.test.ts',
  'query/refusals.test.ts',
  'queries/regressions.test.ts',
  'security/recreated-names.test.ts',
  'security/identities.test.ts',
  'security/empty-variables.test.ts',
  'canaries/canaries.test.ts',
);

/** What has tests of its own, which no others help. */
const OWN: readonly (readonly [file: RegExp, tests: readonly string[]])[] = [
  [/access\/explain/, at('explain', 'access-changes')],
  [/access\/(shares|share-reach|author-variables)/, at('shares')],
  [/access\/token-scope/, at('tokens')],
  [/access\/address-list/, at('access/address-list.test.ts')],
  [/access\/administrators/, at('security/last-administrator.test.ts', 'auth/user-hooks.test.ts')],
  [/access\/app-access/, at('security/app-access.test.ts', 'security/owners.test.ts')],
];

/** What has tests of its own, before the others. */
const FIRST: readonly (readonly [file: RegExp, tests: readonly string[]])[] = [
  [/access\/(merging|touched)/, at('access/merged-rules.test.ts', 'access/rule-indexes.test.ts')],
  [/query\/(row-paths|anchors)/, at('access/rule-indexes.test.ts')],
  [/query\/(stream|run|slow-statements)/, at('resources/transfers.test.ts', 'security/long-filters.test.ts')],
  [/query\/(aggregate|selection|shape|emit)/, at('resources/json-function.test.ts', 'resources/transfers.test.ts')],
  [/query\/fan-out/, at('security/circles.test.ts')],
];

const testsIn = (table: typeof OWN, file: string): string[] =>
  table.flatMap(([pattern, tests]) => (pattern.test(file) ? tests : []));

/** Whether the oracles, which read and write items over policies and queries, see nothing of a file. */
export const isApart = (file: string): boolean => testsIn(OWN, file).length > 0;

export function testsOf(file: string): TestsOfFile {
  const own = testsIn(OWN, file);
  const files = own.length > 0 ? own : [...testsIn(FIRST, file), ...COMMON];
  return { files: [...new Set(files)], env: { CANARIES: '40', TZ: 'Europe/London' } };
}
