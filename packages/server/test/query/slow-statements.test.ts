import { describe, expect, it } from 'vitest';
import { SlowStatements } from '../../src/query/slow-statements.ts';

describe('slow statements', () => {
  const noted = (...runs: readonly number[]): SlowStatements => {
    const slow = new SlowStatements();
    for (const ms of runs) slow.note('a', ms, 1000);
    return slow;
  };

  it('are those that took more than 15 ms three times in a row', () => {
    expect(noted(16, 16, 16).has('a', 1000)).toBe(true);
    expect(noted(16, 16).has('a', 1000)).toBe(false);
    expect(noted(16, 16, 15).has('a', 1000)).toBe(false);
    expect(noted(15, 15, 15, 15).has('a', 1000)).toBe(false);
    expect(noted(16, 16, 15, 16).has('a', 1000)).toBe(false);
    expect(noted(16, 16, 16).has('b', 1000)).toBe(false);
    expect(new SlowStatements().has('a', 1000)).toBe(false);
  });

  it('are tried again after a minute, and after another one when they are still slow', () => {
    const slow = noted(16, 16, 16);
    expect(slow.has('a', 60_999)).toBe(true);
    expect(slow.has('a', 61_000)).toBe(false);
    slow.note('a', 16, 61_000);
    expect(slow.has('a', 120_999)).toBe(true);
    slow.note('a', 1, 121_000);
    expect(slow.has('a', 121_000)).toBe(false);
  });
});
