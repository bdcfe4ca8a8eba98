import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oppositeOf, partsOfRule, withOperator, withoutPart } from '../../src/review/tests/rule-parts.ts';
import type { FilterInput } from '../../src/wire/index.ts';

const RULE: FilterInput = {
  _or: [
    { author: { _eq: '$CURRENT_USER' } },
    { _and: [{ status: { _eq: 'published', _neq: 'x' } }, { comments: { _some: { stars: { _gt: 4 } } } }] },
  ],
};

describe('the parts of a rule', () => {
  it('conditions with their way, lists, and what some or none is asked of', () => {
    const { leaves, groups, quantifiers } = partsOfRule(RULE);
    expect(leaves.map(({ text }) => text)).toEqual([
      'author _eq $CURRENT_USER',
      'status _eq "published"',
      'status _neq "x"',
      'comments.stars _gt 4',
    ]);
    expect(leaves.at(-1)?.alone).toEqual({ comments: { _some: { stars: { _gt: 4 } } } });
    expect(groups.map(({ operator, size }) => `${operator} ${size}`)).toEqual(['_or 2', '_and 2']);
    expect(quantifiers.map(({ text }) => text)).toEqual(['comments _some']);
    expect(partsOfRule(null).leaves).toEqual([]);
  });

  it('go, and take along what they leave empty', () => {
    const { leaves } = partsOfRule(RULE);
    const without = leaves.map(({ path }) => withoutPart(RULE, path));
    expect(without[0]).toEqual({ _or: [RULE._or && (RULE._or as FilterInput[])[1]] });
    expect(without[1]).toEqual({
      _or: [
        { author: { _eq: '$CURRENT_USER' } },
        { _and: [{ status: { _neq: 'x' } }, { comments: { _some: { stars: { _gt: 4 } } } }] },
      ],
    });
    expect(without[3]).toEqual({
      _or: [{ author: { _eq: '$CURRENT_USER' } }, { _and: [{ status: { _eq: 'published', _neq: 'x' } }] }],
    });
    expect(withoutPart({ _and: [{ a: { b: { _eq: 1 } } }] }, ['_and', 0, 'a', 'b', '_eq'])).toBeNull();
  });

  it('turning one round twice, or taking all away one by one, gives what it should', () => {
    const operator = fc.constantFrom('_eq', '_lt', '_in', '_null', '_contains', '_between', '_starts_with');
    const leaf = fc
      .tuple(fc.constantFrom('a', 'b', 'c'), operator, fc.integer())
      .map(([field, name, value]): FilterInput => ({ [field]: { [name]: value } }));
    const rule = fc.letrec<{ rule: FilterInput }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts): FilterInput => ({ _and: parts })),
        fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts): FilterInput => ({ _or: parts })),
        tie('rule').map((part): FilterInput => ({ r: { _some: part } })),
      ),
    })).rule;
    fc.assert(
      fc.property(rule, (written) => {
        const copy = structuredClone(written);
        const { leaves } = partsOfRule(written);
        for (const { path, operator: name } of leaves) {
          const opposite = oppositeOf(name) ?? '';
          const turned = withOperator(written, path, opposite);
          expect(withOperator(turned, [...path.slice(0, -1), opposite], name)).toEqual(written);
          expect(partsOfRule(withoutPart(written, path)).leaves).toHaveLength(leaves.length - 1);
        }
        let left: FilterInput | null = written;
        for (let n = leaves.length; left && n > 0; n -= 1)
          left = withoutPart(left, partsOfRule(left).leaves[0]?.path ?? []);
        expect(left).toBeNull();
        expect(written).toEqual(copy);
      }),
    );
  });
});
