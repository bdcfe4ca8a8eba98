import { describe, expect, it } from 'vitest';
import { type Filter, filterOf, type Group, isComplete, newCondition, treeOf } from '../src/content/filter/tree.ts';

/** In these paths, `tags` is a list of items. */
const stepsToMany = (path: string): number => (path.startsWith('tags.') ? 1 : 0);
const again = (filter: Filter): Filter | null => filterOf(treeOf(filter), stepsToMany);

describe('the tree of a filter', () => {
  it.each<Filter>([
    { _and: [{ title: { _icontains: 'a' } }, { _or: [{ pages: { _lt: 3 } }, { writer: { name: { _eq: 'Ada' } } }] }] },
    { _and: [{ tags: { _none: { label: { _eq: 'x' } } } }, { tags: { _some: { label: { _eq: 'y' } } } }] },
    { _or: [{ pages: { _between: [1, 5] } }, { status: { _in: ['a', 'b'] } }, { owner: { _eq: '$CURRENT_USER' } }] },
    { _or: [{ _and: [{ a: { _eq: 1 } }, { b: { _null: true } }] }, { 'year(date)': { _gte: 2020 } }] },
    // What has no form stays as it is: one item of the list has to fit both, or the way goes backwards.
    { _and: [{ tags: { _some: { _and: [{ label: { _eq: 'x' } }, { weight: { _gt: 1 } }] } } }] },
    { _and: [{ tags: { label: { _contains: 'x', _ncontains: 'y' } } }] },
    { _and: [{ '$FOLLOW(posts,writer)': { _some: { pages: { _gt: 1 } } } }, { 'item:posts': { id: { _eq: 1 } } }] },
  ])('keeps its meaning: %j', (filter) => {
    expect(again(filter)).toEqual(filter);
  });

  it('says short forms in full', () => {
    expect(again({ status: 'draft', pages: { _gt: 1, _lt: 5 } })).toEqual({
      _and: [{ status: { _eq: 'draft' } }, { pages: { _gt: 1 } }, { pages: { _lt: 5 } }],
    });
    expect(again({ title: { _null: false } })).toEqual({ _and: [{ title: { _nnull: true } }] });
    expect(again({ tags: { label: { _eq: 'x' } } })).toEqual({ _and: [{ tags: { _some: { label: { _eq: 'x' } } } }] });
  });

  it('keeps several conditions of one element together', () => {
    expect(again({ _or: [{ a: { _eq: 1 }, b: { _eq: 2 } }, { c: { _eq: 3 } }] })).toEqual({
      _or: [{ _and: [{ a: { _eq: 1 } }, { b: { _eq: 2 } }] }, { c: { _eq: 3 } }],
    });
  });

  it('is nothing without a condition, and not complete while one lacks its field or value', () => {
    expect(again({})).toBeNull();
    const begun: Group = { ...treeOf({ a: { _eq: 1 } }), nodes: [newCondition()] };
    expect(isComplete(begun)).toBe(false);
    expect(filterOf(begun, stepsToMany)).toBeNull();
    const half: Group = { ...begun, nodes: [{ ...newCondition(), path: 'a', operator: '_between', value: [1] }] };
    expect(isComplete(half)).toBe(false);
    const whole: Group = { ...begun, nodes: [{ ...newCondition(), path: 'a', operator: '_null' }] };
    expect(isComplete(whole)).toBe(true);
  });
});
