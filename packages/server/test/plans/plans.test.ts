import '../queries/zone.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessProfile } from '../../src/access/index.ts';
import { ApiError } from '../../src/errors/index.ts';
import { EMPTY_QUERY, parseQuery } from '../../src/query/index.ts';
import type { Keys } from '../../src/query/plan.ts';
import { planRead } from '../../src/query/plan.ts';
import type { RowPath } from '../../src/query/row-paths.ts';
import type { Snapshot } from '../../src/schema/types.ts';
import type { DialectName } from '../../src/sql/index.ts';
import { bookshop, profileWith, told } from './bookshop.ts';
import { CALLERS, QUESTIONS } from './questions.ts';

interface Asked {
  readonly profile: AccessProfile;
  readonly collection: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly keys?: Keys;
  readonly path?: RowPath;
  readonly maxRows?: number | null;
}

/** What the database would be asked, and how the answer is made of what it says; or the refusal. */
function planOf(asked: Asked, dialect: DialectName): string {
  const { profile, collection, keys = null, path = 'any', maxRows = null } = asked;
  const limits = { defaultRows: 100, maxRows, maxDepth: 4, maxJsonDepth: 3 };
  try {
    const query = parseQuery(asked.query, maxRows);
    const plan = planRead({ profile, collection, query, keys, limits, dialect, path });
    const { body, counts, wide } = plan;
    const lines = [`${wide ? 'wide ' : ''}${told(body.statement, keys === 'one' ? 7 : [7, 8])}`];
    lines.push(`  → ${JSON.stringify(body.kind === 'rows' ? body.shape : body.columns, namesOfFunctions)}`);
    if (counts) lines.push(`${counts.names}: ${told(counts.statement)}`);
    return lines.join('\n');
  } catch (error) {
    if (error instanceof ApiError) return `${error.code} ${error.extensions.reason ?? ''}`;
    throw error;
  }
}

/** A decoder is told by what it makes of a few values. */
function namesOfFunctions(_: string, value: unknown): unknown {
  if (typeof value !== 'function') return value;
  return ['1', 1, '[1]', '2030-01-02 03:04:05', 1_893_553_445_000].map((raw) => {
    try {
      return value(raw);
    } catch {
      return '-';
    }
  });
}

const DIALECTS = { SQLite: 'sqlite', PostgreSQL: 'postgres' } as const;

/** A change of what the database is asked shows in a file. `npx vitest run … --update` writes it anew. */
describe('what is asked of the database', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await bookshop();
  });

  it.each(
    Object.keys(QUESTIONS).flatMap((name) => Object.entries(DIALECTS).map(([said, one]) => [name, said, one] as const)),
  )('about %s in the words of %s', async (name, _, dialect) => {
    const { collection = 'books', callers = ['admin'], asked } = QUESTIONS[name] ?? { asked: [] };
    const parts = callers.flatMap((caller) => {
      const profile = profileWith(snapshot, CALLERS[caller] ?? null);
      return asked.map(({ as = {}, ...query }) => {
        const question = `-- ${caller}: ${as.collection ?? collection} ${JSON.stringify({ ...query, ...as })}`;
        return `${question}\n${planOf({ profile, collection, query, ...as }, dialect)}\n`;
      });
    });
    await expect(parts.join('\n')).toMatchFileSnapshot(`expected/${name}.${dialect}.sql`);
  });

  it('takes 4,000 outputs, and no more', () => {
    const plan = (outputs: number): unknown => {
      const alias = new Map(Array.from({ length: outputs }, (_, i) => [`a${i}`, 'id']));
      const query = { ...EMPTY_QUERY, fields: [...alias.keys()], alias };
      const limits = { defaultRows: 100, maxRows: null, maxDepth: 4, maxJsonDepth: 3 };
      const profile = profileWith(snapshot, null);
      return planRead({ profile, collection: 'books', query, keys: null, limits, dialect: 'sqlite', path: 'any' });
    };
    expect(() => plan(4000)).not.toThrow();
    expect(() => plan(4001)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });

  it.each([
    [90, 1, null],
    [91, 3, 90],
    [180, 3, 90],
    [181, 4, 90],
  ])('holds %i related values in %i arrays', (outputs, arrays, chunk) => {
    const names = Array.from({ length: outputs }, (_, i) => `a${i}`);
    const alias = Object.fromEntries(names.map((name) => [name, 'id']));
    const query = parseQuery(
      { fields: names.map((name) => `author.${name}`), deep: { author: { _alias: alias } } },
      null,
    );
    const limits = { defaultRows: 100, maxRows: null, maxDepth: 4, maxJsonDepth: 3 };
    const profile = profileWith(snapshot, null);
    const request = { profile, collection: 'books', query, keys: null, limits, path: 'any' } as const;
    const { body } = planRead({ ...request, dialect: 'sqlite' });
    expect(body.statement.text.match(/json_array\(/g)).toHaveLength(arrays);
    const [author] = body.kind === 'rows' ? body.shape.outputs : [];
    expect(author?.kind === 'one' && author.shape.chunk).toBe(chunk);
  });
});
