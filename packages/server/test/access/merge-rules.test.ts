import { describe, expect, it } from 'vitest';
import { mergeRules } from '../../src/access/merge-rules.ts';
import { ALWAYS, type CompareOperator, NEVER, type Operand, type Predicate } from '../../src/sql/index.ts';

const about = (column: string, operator: CompareOperator, right: Operand): Predicate => ({
  kind: 'compare',
  left: { kind: 'column', column, type: 'string', visible: null, timeAsText: false },
  type: 'string',
  operator,
  right,
  closed: true,
});
const literal = (value: string): Operand => ({ kind: 'literal', value });
const ROLES: Operand = { kind: 'variable', variable: { kind: 'roles' } };

describe('the OR of rules', () => {
  it('is nothing without rules, and everything where one of them is', () => {
    expect(mergeRules([])).toEqual(NEVER);
    expect(mergeRules([NEVER, NEVER])).toEqual(NEVER);
    expect(mergeRules([about('a', 'eq', literal('1')), ALWAYS])).toEqual(ALWAYS);
  });

  it('counts the same rule once', () => {
    const rule = about('a', 'starts_with', literal('1'));
    expect(mergeRules([rule, { ...rule }])).toEqual(rule);
  });

  it('makes one list of equalities with written values', () => {
    const merged = mergeRules([
      about('a', 'eq', literal('1')),
      about('b', 'eq', literal('1')),
      about('a', 'eq', literal('2')),
      about('a', 'in', { kind: 'list', elements: [literal('3'), ROLES] }),
    ]);
    const elements = [literal('1'), literal('2'), literal('3'), ROLES];
    expect(merged).toEqual({
      kind: 'or',
      parts: [about('a', 'in', { kind: 'list', elements }), about('b', 'eq', literal('1'))],
    });
  });

  it('leaves an equality with a variable alone, which may be a list', () => {
    const rules = [about('a', 'eq', ROLES), about('a', 'eq', literal('1'))];
    expect(mergeRules(rules)).toMatchObject({ kind: 'or', parts: expect.arrayContaining(rules) });
  });
});
