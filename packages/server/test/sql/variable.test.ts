import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVariable, shifted } from '../../src/sql/variable.ts';

const at = Date.UTC(2024, 1, 29, 12, 0, 0);
const shift = (amount: number, unit: string) => parseVariable(`$NOW(${amount < 0 ? amount : `+${amount}`} ${unit})`);

describe('variables', () => {
  it.each([
    ['$CURRENT_USER', { kind: 'user', path: [] }],
    ['$CURRENT_USER.role.name', { kind: 'user', path: ['role', 'name'] }],
    ['$CURRENT_ROLE', { kind: 'role', path: [] }],
    ['$CURRENT_ROLE.parent', { kind: 'role', path: ['parent'] }],
    ['$CURRENT_ROLES', { kind: 'roles' }],
    ['$CURRENT_POLICIES', { kind: 'policies' }],
    ['$NOW', { kind: 'now', shift: null }],
    ['$NOW(-1 day)', { kind: 'now', shift: { amount: -1, unit: 'day' } }],
    ['$NOW(+2 hours)', { kind: 'now', shift: { amount: 2, unit: 'hour' } }],
    ['$NOW(- 3 mon)', { kind: 'now', shift: { amount: -3, unit: 'month' } }],
  ])('are texts like %s', (text, variable) => {
    expect(parseVariable(text)).toEqual(variable);
  });

  it.each([
    'by $CURRENT_USER',
    '$CURRENT_USERS',
    '$CURRENT_USER.',
    '$CURRENT_USER..name',
    '$CURRENT_USER.a b',
    '$CURRENT_USER.$CURRENT_USER',
    '$CURRENT_ROLES.name',
    '$NOW(',
    '$NOW(1 fortnight)',
    '$NOW(-1 day) ',
    '$now_and_then',
    '$',
    '',
  ])('are not texts like %j', (text) => {
    expect(parseVariable(text)).toBeNull();
  });

  it('move by the calendar, a leap day to the first of March', () => {
    expect(shifted(at, { amount: 1, unit: 'year' }).toISOString()).toBe('2025-03-01T12:00:00.000Z');
    expect(shifted(at, { amount: -2, unit: 'hour' }).toISOString()).toBe('2024-02-29T10:00:00.000Z');
    expect(shifted(at, null).getTime()).toBe(at);
  });

  it('are a moment that can be written down, however far they go', () => {
    const units = fc.constantFrom(
      'year',
      'months',
      'week',
      'days',
      'hour',
      'minutes',
      'sec',
      'y',
      'mo',
      'w',
      'd',
      'h',
      'm',
      's',
    );
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), units, (amount, unit) => {
        const variable = shift(amount, unit);
        if (variable?.kind !== 'now') throw new Error('no variable');
        expect(shifted(at, variable.shift).toISOString()).toMatch(/^[+-]?\d{4,6}-\d\d-\d\dT/);
      }),
    );
  });
});
