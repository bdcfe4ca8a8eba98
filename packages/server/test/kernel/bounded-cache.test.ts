import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedCache } from '../../src/kernel/bounded-cache.ts';

type Step =
  | { do: 'get'; key: number }
  | { do: 'delete'; key: number }
  | { do: 'set'; key: number; value: number }
  | { do: 'clear' };

/** The plain way: slow for a hot key, and right. */
class Oracle {
  readonly entries = new Map<number, number>();
  readonly capacity: number;
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  apply(step: Step): unknown {
    if (step.do === 'clear') return this.entries.clear();
    const { key } = step;
    const value = this.entries.get(key);
    const known = this.entries.delete(key);
    if (step.do === 'delete') return known;
    if (step.do === 'get') {
      if (value !== undefined) this.entries.set(key, value);
      return value;
    }
    this.entries.set(key, step.value);
    const [oldest] = this.entries;
    if (this.entries.size <= this.capacity || !oldest) return undefined;
    this.entries.delete(oldest[0]);
    return oldest[1];
  }
}

function apply(cache: BoundedCache<number, number>, step: Step): unknown {
  if (step.do === 'clear') return cache.clear();
  if (step.do === 'set') return cache.set(step.key, step.value);
  return step.do === 'get' ? cache.get(step.key) : cache.delete(step.key);
}

describe('a bounded cache', () => {
  it('forgets what was used least recently, as an obvious one does', () => {
    const key = fc.nat(9);
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('get' as const), key }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
      { weight: 1, arbitrary: fc.constant<Step>({ do: 'clear' }) },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const cache = new BoundedCache<number, number>(capacity);
        const oracle = new Oracle(capacity);
        for (const each of steps) {
          expect(apply(cache, each)).toEqual(oracle.apply(each));
          expect(cache.size).toBe(oracle.entries.size);
          expect([...cache.values()].toSorted()).toEqual([...oracle.entries.values()].toSorted());
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds a hot key in a full cache at once', () => {
    const cache = new BoundedCache<string, number>(20_000);
    for (let i = 0; i < 20_000; i++) cache.set(`key ${i}`, i);
    const started = performance.now();
    for (let i = 0; i < 50_000; i++) cache.get('key 5');
    expect(performance.now() - started).toBeLessThan(500); // re-inserting took 5 s here
  });

  it('lets entries be deleted while they are listed', () => {
    const cache = new BoundedCache<number, number>(10);
    for (let i = 0; i < 10; i++) cache.set(i, i);
    for (const value of cache.values()) if (value % 2 === 0) cache.delete(value);
    expect([...cache.values()]).toEqual([1, 3, 5, 7, 9]);
  });
});
