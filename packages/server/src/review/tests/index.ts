export { type CoverageReport, coverage, type Undecided } from './coverage.ts';
export { makeFixtures } from './fixtures.ts';
export { type MutationReport, mutate, type Survivor } from './mutate.ts';
export type { TestParts } from './prepare.ts';
export { readTests } from './read-file.ts';
export { runTests } from './run.ts';
export { type TestResult, TestsError, type TestsFile } from './types.ts';
