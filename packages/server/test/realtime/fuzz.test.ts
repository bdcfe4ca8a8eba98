import { describe, expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { bombard } from './bombardment.ts';

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const COUNT = { sqlite: 2_000, postgres: 1_000 };
const MEGABYTE = 1_048_576;

/** `npm run fuzz:sockets -- --count 100000` sends more. */
describe.each(DATABASES)(`whatever comes over sockets and as documents (%s, FUZZ_SEED=${SEED})`, (database) => {
  it('is answered with a code, and leaves nothing behind', async () => {
    const { faults, log, grown, sent } = await bombard(database, COUNT[database], SEED);
    expect(faults).toEqual([]);
    expect(log).toBe('');
    expect(Math.min(...Object.values(sent))).toBeGreaterThan(0);
    expect(grown / MEGABYTE).toBeLessThan(60);
  }, 240_000);
});
