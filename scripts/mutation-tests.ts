/** What is run for a mutant, in this order, until something finds it. */
export interface TestsOfFile {
  /** In this process of vitest or none: no server is started. */
  readonly quick: readonly string[];
  readonly slow: readonly string[];
}

const TESTS = 'packages/server/test';
const at = (...names: string[]): string[] => names.map((name) => `${TESTS}/${name}`);

/** Tests of the parts themselves, a second or two for all of them. */
const QUICK = at(
  'access/function-call.test.ts',
  'access/merge-rules.test.ts',
  'access/merged-rules.test.ts',
  'access/regressions.test.ts',
  'plans',
  'query',
);

const SLOW = at(
  'queries/regressions.test.ts',
  'security/recreated-names.test.ts',
  'security/identities.test.ts',
  'security/empty-variables.test.ts',
);

interface Own {
  readonly file: RegExp;
  /** Whether the others see nothing of it: neither the tests, nor the oracles, which read and write items. */
  readonly apart?: boolean;
  readonly quick?: readonly string[];
  readonly slow?: readonly string[];
}

/** What has tests of its own. */
const OWN: readonly Own[] = [
  {
    file: /access\/explain/,
    apart: true,
    quick: at('explain/told.test.ts', 'explain/explain.test.ts'),
    slow: at('explain/endpoint.test.ts', 'explain/verdicts.test.ts', 'access-changes'),
  },
  { file: /access\/(shares|share-reach|author-variables)/, apart: true, quick: at('plans'), slow: at('shares') },
  { file: /access\/token-scope/, apart: true, quick: at('plans'), slow: at('tokens/named-tokens.test.ts') },
  { file: /access\/address-list/, apart: true, quick: at('access/address-list.test.ts') },
  {
    file: /access\/administrators/,
    apart: true,
    quick: at('access/administrators.test.ts'),
    slow: at('security/last-administrator.test.ts', 'auth/user-hooks.test.ts'),
  },
  { file: /access\/app-access/, apart: true, quick: at('security/app-access.test.ts', 'security/owners.test.ts') },
  {
    file: /access\/(engine|applying|model|variable-values)/,
    quick: at('access/engine.test.ts', 'explain/told.test.ts'),
  },
  { file: /access\/(merging|touched)|query\/(row-paths|anchors)/, slow: at('access/rule-indexes.test.ts') },
  {
    file: /query\/(stream|run|slow-statements)/,
    slow: at('resources/transfers.test.ts', 'security/long-filters.test.ts'),
  },
  { file: /query\/(aggregate|selection|shape|emit)/, slow: at('resources/json-function.test.ts') },
];

/** Whether the oracles see nothing of a file. */
export const isApart = (file: string): boolean => OWN.some((own) => own.apart && own.file.test(file));

export function testsOf(file: string): TestsOfFile {
  const own = OWN.filter((one) => one.file.test(file));
  const common = isApart(file) ? { quick: [], slow: [] } : { quick: QUICK, slow: SLOW };
  const all = (of: 'quick' | 'slow'): string[] => [...new Set([...own.flatMap((one) => one[of] ?? []), ...common[of]])];
  return { quick: all('quick'), slow: all('slow') };
}
