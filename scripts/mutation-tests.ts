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
  'queries/regressions.test.ts',
  'security/empty-variables.test.ts',
  'security/identities.test.ts',
  'security/recreated-names.test.ts',
  'security/existence.test.ts',
  'security/circles.test.ts',
  'access/merged-rules.test.ts',
  'canaries/canaries.test.ts',
);

/** What has tests of its own, which say more about it than the others. */
const OWN: readonly (readonly [file: RegExp, tests: readonly string[]])[] = [
  [/access\/explain/, at('explain', 'access-changes')],
  [/access\/(shares|share-reach|author-variables)/, at('shares')],
  [/access\/token-scope/, at('tokens')],
  [/access\/address-list/, at('access/address-list.test.ts')],
  [/access\/administrators/, at('auth/user-hooks.test.ts', 'security/last-administrator.test.ts')],
  [/access\/app-access/, at('security/app-access.test.ts', 'security/owners.test.ts')],
  [/access\/(applying|engine|model)/, at('security/app-access.test.ts', 'explain')],
  [/access\/(merging|touched)/, at('access/rule-indexes.test.ts')],
  [/query\/(stream|run|slow-statements)/, at('resources/transfers.test.ts', 'security/long-filters.test.ts')],
  [
    /query\/(aggregate|selection|shape|emit|fan-out)/,
    at('resources/json-function.test.ts', 'resources/transfers.test.ts'),
  ],
  [/query\/(row-paths|anchors)/, at('access/rule-indexes.test.ts')],
];

export function testsOf(file: string): TestsOfFile {
  const own = OWN.flatMap(([pattern, tests]) => (pattern.test(file) ? tests : []));
  return { files: [...new Set([...own, ...COMMON])], env: { CANARIES: '30' } };
}
