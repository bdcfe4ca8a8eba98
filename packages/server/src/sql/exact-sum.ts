/** Name of the aggregate that SQLite is given for sums of 64-bit numbers, which its own fails at when they need more. */
export const EXACT_SUM = 'limen_sum';

/** The sum so far and one more value; null where there was none. */
export function addExactly(sum: bigint | null, value: unknown): bigint | null {
  if (typeof value === 'bigint') return (sum ?? 0n) + value;
  // Columns of SQLite hold what they are given: here only numbers count, and of these the whole part.
  return typeof value === 'number' && Number.isFinite(value) ? (sum ?? 0n) + BigInt(Math.trunc(value)) : sum;
}
