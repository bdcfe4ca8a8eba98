import type { CoverageReport, MutationReport, TestResult } from '../review/tests/index.ts';

/** All that `limen access test` has to say; null where it was not asked. */
export interface AccessReport {
  readonly tests: readonly TestResult[];
  readonly coverage: CoverageReport | null;
  /** null also where a test failed. */
  readonly mutation: MutationReport | null;
}

interface Asked {
  readonly mutate: boolean;
  readonly minScore: number | null;
}

/** A report for people. */
export function reportText(report: AccessReport, { mutate, minScore }: Asked): string {
  const parts = [
    report.tests.flatMap(testLines),
    [countLine(report.tests)],
    report.coverage ? coverageLines(report.coverage) : [],
    report.mutation ? mutationLines(report.mutation, minScore) : [],
    mutate && !report.mutation ? ['No change was tried: the tests have to pass first.'] : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const MARKS = { passed: '✓', failed: '✗', broken: '!' } as const;

const testLines = ({ name, status, reasons }: TestResult): string[] => [
  `${MARKS[status]} ${name}`,
  ...reasons.map((reason) => `    ${reason}`),
];

function countLine(tests: readonly TestResult[]): string {
  const count = (status: TestResult['status']): number => tests.filter((test) => test.status === status).length;
  const [failed, broken] = [count('failed'), count('broken')];
  const parts = [
    `${count('passed')} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(broken > 0 ? [`${broken} could not be asked`] : []),
  ];
  return `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}: ${parts.join(', ')}`;
}

function coverageLines({ parts, decided, undecided }: CoverageReport): string[] {
  const lines = undecided.map((each) => ({ ...each, text: `${each.part}: ${each.why}` }));
  return [`Coverage: ${decided} of ${parts} parts of the rules are decided by a test`, ...byPermission(lines)];
}

function mutationLines(report: MutationReport, minScore: number | null): string[] {
  const { tried, noticed, score, survivors, leftOut } = report;
  const enough = minScore === null || score >= minScore ? '' : `; ${minScore} % are asked for`;
  const left = leftOut > 0 ? [`${leftOut} more were left out (--max-mutants)`] : [];
  const lines = survivors.map((each) => ({ ...each, text: `${each.part} ${each.change}` }));
  return [
    `Mutation: ${noticed} of ${tried} changes of the rules were noticed (${score} %)${enough}`,
    ...left,
    ...(lines.length > 0 ? ['No test notices:'] : []),
    ...byPermission(lines),
  ];
}

interface Line {
  readonly policyName: string;
  readonly permission: number | null;
  readonly action: string;
  readonly collection: string;
  readonly text: string;
}

function byPermission(lines: readonly Line[]): string[] {
  const groups = Map.groupBy(lines, ({ policyName, action, collection, permission }) => {
    const id = permission === null ? '' : ` (permission ${permission})`;
    return `  ${policyName}, ${action} ${collection}${id}`;
  });
  return [...groups].flatMap(([head, each]) => [head, ...each.map(({ text }) => `    ${text}`)]);
}
