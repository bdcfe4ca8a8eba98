import { describe, expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { runStorm } from './storm.ts';

/** The same at full size: `npm run storm`. */
const SMALL = { clients: 10, rounds: 12, parallel: 5, graceMs: 10_000, deaths: 2, life: [50, 300] } as const;

describe.each(DATABASES)('a storm of refreshes on %s', (database) => {
  it.each(['session', 'json'] as const)(
    'of %s tokens logs nobody out, forks no session and leaves no row',
    async (mode) => {
      const outcome = await runStorm({ database, mode, ...SMALL });
      expect(outcome).toMatchObject({
        refreshes: SMALL.clients * SMALL.rounds * SMALL.parallel,
        loggedOut: 0,
        forks: 0,
        dead: 0,
        rows: SMALL.clients,
        families: SMALL.clients,
      });
    },
    60_000,
  );
});
