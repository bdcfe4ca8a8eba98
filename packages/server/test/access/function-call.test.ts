import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../src/access/function-call.ts';
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

  it.each([
    ['json(doc, a.b[0].c)', ['a', 'b', 0, 'c'], 'doc_a_b_0_c_json'],
    ['JSON(doc,[3])', [3], 'doc_3_json'],
    ['json( doc , a b )', ['a b'], 'doc_a b_json'],
  ])('reads the path of %s', (text, path, key) => {
    const call = parseCall(text);
    expect(call).toEqual({ name: 'json', field: 'doc', path });
    expect(call && callKey(call)).toBe(key);
  });

  it.each([
    'json(doc)',
    'json(doc,)',
    'json(, a)',
    'json(doc, .a)',
    'json(doc, a..b)',
    'json(doc, a.)',
    'json(doc, a[x])',
    'json(doc, a.*)',
    'json(doc, a[1)',
    'json(doc, [1234567890])',
    `json(doc, ${'a'.repeat(501)})`,
  ])('refuses %s', (text) => {
    expect(() => parseCall(text)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });

  it('takes paths of up to 500 characters', () => {
    expect(parseCall(`json(doc, ${'a'.repeat(500)})`)).toMatchObject({ path: ['a'.repeat(500)] });
  });

  it('shortens what is longer than 60 characters', () => {
    expect(shorten('a'.repeat(60))).toBe('a'.repeat(60));
    expect(shorten('a'.repeat(61))).toBe(`${'a'.repeat(57)}…`);
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
