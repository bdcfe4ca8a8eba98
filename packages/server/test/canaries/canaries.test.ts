import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inside } from '../inside.ts';
import { ADMIN, DATABASES, type Project as Place } from '../started-server.ts';
import { answersOf, changing, reading, told, type Words } from './battery.ts';
import { BOTH_CONCEALED, SCENARIOS, type Scenario } from './plant.ts';
import { twinOf } from './twins.ts';
import { type CallerName, makeTemplate, tokenOf } from './world.ts';

/** More than this many leaks are not worth reading. */
const ENOUGH = 20;
/** Of the questions every so manyth, another part for each caller; with CANARIES as many as it says, 1 for all. */
const GIVEN = Number(process.env.CANARIES ?? 0);
const STRIDE = { sqlite: GIVEN || 5, postgres: GIVEN || 15 };

/** What even an administrator can't ask is asked all the same. */
const SILENT = new Set(['variable']);

function* battery(stride: number, first: number): Generator<Words> {
  yield* reading(stride, first);
  yield* changing(stride, first);
}

const tokenFor = (caller: CallerName): string =>
  caller === 'public' ? '' : caller === 'admin' ? ADMIN.token : tokenOf(caller);

/**
 * Two copies of one project differ only in what a caller may not see. Whatever the caller asks, the answers are the
 * same to the last byte: no answer depends on a secret.
 */
describe.each(DATABASES)('no answer depends on what is hidden (%s)', (database) => {
  let template: Place;
  beforeAll(async () => {
    template = await makeTemplate(database);
  });
  afterAll(async () => {
    await template?.remove();
  });

  async function withTwins(differs: Scenario['differs'], work: (twins: [Inside, Inside]) => Promise<void>) {
    const one = await twinOf(template, BOTH_CONCEALED);
    const other = await twinOf(template, [...BOTH_CONCEALED, ...differs(database)]);
    try {
      await work([one, other]);
    } finally {
      for (const twin of [one, other]) {
        await twin.close();
        await twin.place.remove();
      }
    }
  }

  describe.each(SCENARIOS)('$name', ({ callers, differs }) => {
    it.each(callers.map((caller, turn) => [caller, turn] as const))(
      'asked by %s',
      (caller, turn) =>
        withTwins(differs, async (twins) => {
          const leaks: string[] = [];
          let answered = 0;
          for (const words of battery(STRIDE[database], turn)) {
            const answers = await answersOf(twins, words, tokenFor(caller));
            if (answers[0]?.startsWith('2')) answered += 1;
            if (answers[0] !== answers[1]) leaks.push(told(words, answers));
            if (leaks.length === ENOUGH) break;
          }
          expect(leaks).toEqual([]);
          expect(answered).toBeGreaterThan(20);
        }),
      240_000,
    );
  });

  /** Questions that nobody could tell the twins apart by would prove nothing. */
  it(
    'and every kind of question can tell',
    () =>
      withTwins(SCENARIOS[1]?.differs ?? (() => []), async (twins) => {
        const seen = new Map<string, boolean>();
        for (const words of reading(2, 0)) {
          const [one, other] = await answersOf(twins, words, ADMIN.token);
          seen.set(words.kind, seen.get(words.kind) || one !== other);
        }
        const silent = [...seen].filter(([kind, once]) => !once && !SILENT.has(kind)).map(([kind]) => kind);
        expect(silent).toEqual([]);
      }),
    240_000,
  );
});
