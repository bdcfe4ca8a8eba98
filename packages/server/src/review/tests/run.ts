import { ApiError } from '../../errors/index.ts';
import { differences } from './compare.ts';
import { decide } from './decide.ts';
import { prepare, type TestParts } from './prepare.ts';
import { type AccessTest, type Prepared, type TestResult, TestsError } from './types.ts';

export interface Ran {
  readonly result: TestResult;
  /** null when it could not be prepared. */
  readonly prepared: Prepared | null;
}

/** Runs the tests one after the other; none changes anything. */
export async function runTests(parts: TestParts, tests: readonly AccessTest[]): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const test of tests) ran.push(await runTest(parts, test));
  return ran;
}

async function runTest(parts: TestParts, test: AccessTest): Promise<Ran> {
  let prepared: Prepared | null = null;
  try {
    prepared = await prepare(parts, test);
    const reasons = differences(prepared, await decide(parts, prepared));
    return { prepared, result: { name: test.name, status: reasons.length === 0 ? 'passed' : 'failed', reasons } };
  } catch (error) {
    if (!(error instanceof TestsError || error instanceof ApiError)) throw error;
    return { prepared, result: { name: test.name, status: 'broken', reasons: [error.message] } };
  }
}

/** Whether a test that passed would still pass. */
export async function stillPasses(parts: TestParts, prepared: Prepared): Promise<boolean> {
  try {
    return differences(prepared, await decide(parts, prepared)).length === 0;
  } catch (error) {
    if (error instanceof TestsError || error instanceof ApiError) return false;
    throw error;
  }
}
