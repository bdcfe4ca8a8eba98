import { describe, expect, it } from 'vitest';
import { QueueFull, Semaphore } from '../../src/kernel/semaphore.ts';

describe('a semaphore', () => {
  it('runs as many at once as it has permits, in the order in which they came', async () => {
    const semaphore = new Semaphore(2, 100);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = (i: number) =>
      semaphore.run(async () => {
        started.push(i);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, i % 3));
        running -= 1;
        if (i % 5 === 0) throw new Error(String(i));
        return i;
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => work(i)));
    expect(most).toBe(2);
    expect(started).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  });

  it('turns away what would wait in too long a line', async () => {
    const semaphore = new Semaphore(1, 1);
    const first = semaphore.run(async () => 1);
    const second = semaphore.run(async () => 2);
    await expect(semaphore.run(async () => 3)).rejects.toBeInstanceOf(QueueFull);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(await semaphore.run(async () => 4)).toBe(4);
  });
});
