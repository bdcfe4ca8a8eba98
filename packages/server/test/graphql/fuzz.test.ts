import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from './museum.ts';
import { DocumentMaker } from './random-documents.ts';

/** `GRAPHQL_FUZZ` is how many documents there are, however long they take; without it what fits into some seconds. */
const GIVEN = Number(process.env.GRAPHQL_FUZZ ?? 0);
const SEED = Number(process.env.GRAPHQL_FUZZ_SEED ?? 1);
const MANY = GIVEN || 20_000;
const SECONDS = GIVEN ? Number.POSITIVE_INFINITY : 12;
const MEGABYTE = 1_048_576;

/** Bytes in use once everything that is left over is gone. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

describe.each(DATABASES)('no document of GraphQL breaks anything (%s)', (database) => {
  let place: Project;
  let inside: Inside;

  beforeAll(async () => {
    place = await makeProject(database, { MAX_BATCH_MUTATION: '20' });
    inside = await Inside.open(place);
    await inside.must('POST', '/collections', FIELDS_OF_THE_MUSEUM);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await inside.must('POST', '/relations', relation);
    await inside.must('POST', '/items/halls', [{ code: 'A', name: 'Alpha' }]);
    await inside.must('POST', '/items/exhibits', [
      { title: 'One', hall: 'A', acquired: '1956-02-03' },
      { title: 'Two' },
    ]);
  });
  afterAll(async () => {
    await inside?.close();
    await place?.remove();
  });

  it(
    `of ${MANY} random ones from seed ${SEED}`,
    async () => {
      const sdl = await inside.ask({ method: 'GET', url: '/server/specs/graphql', token: ADMIN.token });
      const maker = new DocumentMaker(buildSchema(sdl.slice(sdl.indexOf('\n') + 1)), SEED);
      const until = performance.now() + SECONDS * 1_000;
      const tally = { asked: 0, answered: 0 };
      let warm = 0;
      while (tally.asked < MANY && performance.now() < until) {
        const body = maker.make();
        const answer = await inside.json({ method: 'POST', url: '/graphql', token: ADMIN.token, body });
        tally.asked += 1;
        if (tally.asked === 1_500) warm = heap();
        const codes = (answer.body?.errors ?? []).map(
          (error: { extensions?: { code?: string } }) => error.extensions?.code,
        );
        const isBroken =
          answer.status >= 500 ||
          answer.body === null ||
          codes.some((code: string) => !code || code === 'INTERNAL_SERVER_ERROR');
        if (isBroken) expect.fail(`${JSON.stringify(body)}\n${answer.status} ${JSON.stringify(answer.body)}`);
        // Of those that are refused as a whole nothing was run.
        if (answer.status === 200) tally.answered += 1;
      }
      expect(tally.answered).toBeGreaterThan(tally.asked / 20);
      // Kept are some documents, operations and plans; what random ones left behind is no more than those.
      if (warm > 0) expect((heap() - warm) / MEGABYTE).toBeLessThan(120);
    },
    GIVEN ? 3_600_000 : 60_000,
  );
});
