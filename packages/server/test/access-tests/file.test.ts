import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTests, TestsError } from '../../src/review/tests/index.ts';

const TEST = { user: 'ann@example.com', action: 'read', collection: 'posts', expect: 'allowed' };

function complaint(document: unknown): string {
  try {
    readTests(document);
    return 'none';
  } catch (error) {
    if (!(error instanceof TestsError)) throw error;
    return error.message;
  }
}

const about = (test: object): string => complaint({ tests: [TEST, { ...TEST, ...test }] });

describe('a file of tests', () => {
  it('gives tests names of their own where they have none', () => {
    const { tests } = readTests({ tests: [TEST, { ...TEST, item: 3 }, { ...TEST, name: 'Mine' }] });
    expect(tests.map(({ name }) => name)).toEqual([
      'ann@example.com: read posts',
      'ann@example.com: read posts 3',
      'Mine',
    ]);
  });

  it.each<[unknown, string]>([
    [null, 'The file has to be an object.'],
    [{}, '"tests" has to be a list.'],
    [{ tests: [] }, 'The file has no "tests".'],
    [{ tests: [TEST], test: [] }, 'The file: there is no "test"; known are tests, fixtures.'],
    [
      { tests: [TEST], fixtures: { users: [{ email: 'a@b.c', role: 'Gone' }] } },
      '"fixtures": there is no role called "Gone".',
    ],
    [
      { tests: [TEST], fixtures: { rols: [] } },
      '"fixtures": there is no "rols"; known are roles, policies, users, items.',
    ],
    [{ tests: [TEST], fixtures: { policies: [{ name: 3 }] } }, 'fixtures.policies[1]: "name" has to be a text.'],
  ])('%j: %s', (document, message) => {
    expect(complaint(document)).toBe(message);
  });

  it.each<[object, string]>([
    [{ public: true }, 'exactly one of "user", "role", "share" and "public" has to say who asks.'],
    [{ action: 'look' }, '"action" has to be one of create, read, update, delete, share.'],
    [{ colection: 'posts' }, 'there is no "colection"'],
    [{ item: 1, filter: {} }, '"item" and "filter" exclude each other.'],
    [{ item: [1] }, '"item" has to be the key of an item.'],
    [{ ip: 'here' }, '"ip" has to be an address.'],
    [{ expect: 'yes' }, '"expect" has to be allowed, denied or more.'],
    [{ expect: {} }, '"expect" expects nothing.'],
    [{ expect: { item: [1] } }, '"expect": there is no "item"'],
    [{ expect: { count: -1 } }, '"expect": "count" has to be a whole number.'],
    [{ payload: {} }, '"payload" has a meaning with create and update only.'],
    [{ action: 'update' }, 'update needs a "payload", or "fields" to write.'],
    [{ action: 'create', item: 1 }, '"item" and "filter" have no meaning with create.'],
    [{ action: 'delete', expect: { fields: [] } }, '"fields" and "nulls" are expected of reading only.'],
    [{ expect: { invalid: [] } }, '"invalid" is expected of create and update only.'],
  ])('%j: %s', (test, message) => {
    expect(about(test)).toContain(`tests[2]: ${message}`);
  });

  it('never fails in another way', () => {
    const value = fc.anything({ maxDepth: 3 });
    const test = fc.record(
      {
        user: value,
        action: value,
        collection: value,
        item: value,
        filter: value,
        fields: value,
        expect: value,
        payload: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(test, { maxLength: 3 }), value, (tests, fixtures) => void complaint({ tests, fixtures })),
    );
  });
});
