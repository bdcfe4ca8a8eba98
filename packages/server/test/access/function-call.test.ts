import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callKey, parseCall } from '../../src/access/index.ts';
import { ApiError } from '../../src/errors/index.ts';

describe('function calls', () => {
  it.each([
    ['year(published)', 'year', 'published', 'published_year'],
    ['COUNT( comments )', 'count', 'comments', 'comments_count'],
    ['weekday(a b)', 'weekday', 'a b', 'a b_weekday'],
  ])('reads %s', (text, name, field, key) => {
    const call = parseCall(text);
    expect(call).toMatchObject({ name, field });
    expect(call && callKey(call)).toBe(key);
  });

  it.each(['year', 'year published', ''])('takes %j for a name', (text) => {
    expect(parseCall(text)).toBeNull();
  });

  it.each(['year()', 'drop(x)', 'year(count(x))', 'year(x)y', '(x)', 'year(x', 'year)x('])('refuses %s', (text) => {
    if (text.includes('(')) expect(() => parseCall(text)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });

  it('answers or refuses, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('y', 'e', 'a', 'r', '(', ')', ' ', ',', '.', '$') }), (text) => {
        try {
          const call = parseCall(text);
          expect(call === null).toBe(!text.includes('('));
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });
});
