import { expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { runStorm } from './storm.ts';

/** The same at full size: `npm run storm:events`. */
it.each(DATABASES)(
  'clients see every event once and in order, although servers die, on %s',
  async (database) => {
    const outcome = await runStorm({ database, events: 1_000, items: 40, deaths: 1 });
    const { missed, repeated, disordered, stale, resyncs, deaths, events, returns } = outcome;
    expect({ missed, repeated, disordered, stale, resyncs, deaths }).toEqual({
      missed: 0,
      repeated: 0,
      disordered: 0,
      stale: 0,
      resyncs: 0,
      deaths: 1,
    });
    expect(events).toBeGreaterThanOrEqual(1_000);
    expect(returns).toBeGreaterThan(1);
  },
  120_000,
);
