import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camelCase, guess } from '../../src/config/casting.ts';
import {
  address,
  boolean,
  integer,
  json,
  listOf,
  oneOf,
  orFalse,
  orUnlimited,
  text,
  url,
  urlPath,
} from '../../src/config/kinds.ts';
import { duration, seconds, size } from '../../src/config/quantities.ts';
import {
  addressRange,
  argon2Type,
  cookieDomain,
  cookieName,
  corsOrigin,
  headerName,
  trustProxy,
} from '../../src/config/security-kinds.ts';
import { type Kind, WrongValue } from '../../src/config/setting.ts';
import { editDistance } from '../../src/config/unknown-names.ts';

const accepted: readonly (readonly [Kind<unknown>, unknown, unknown])[] = [
  [text, 'a', 'a'],
  [text, 3, '3'],
  [boolean, 'TRUE', true],
  [boolean, '0', false],
  [boolean, true, true],
  [integer({ min: 0 }), ' 7 ', 7],
  [integer({ min: 1, infinity: true }), 'infinity', Number.POSITIVE_INFINITY],
  [orUnlimited({ min: 1 }), '-1', null],
  [orUnlimited({ min: 1 }), '5', 5],
  [orFalse(integer({ min: 1 })), 'False', null],
  [oneOf(['lax', 'none']), 'LAX', 'lax'],
  [listOf(text), 'a, b,,c ', ['a', 'b', 'c']],
  [listOf(text), ['a', 1], ['a', '1']],
  [listOf(integer({ min: 0 })), '1,2', [1, 2]],
  [url, 'https://Example.com/', 'https://example.com'],
  [url, 'http://localhost:8055/base/', 'http://localhost:8055/base'],
  [address, 'app://reset/', 'app://reset/'],
  [urlPath, '/live/socket', '/live/socket'],
  [json, '{"a":1}', { a: 1 }],
  [json, { a: 1 }, { a: 1 }],
  [duration, '15m', 900_000],
  [duration, '1d', 86_400_000],
  [duration, '2 days', 172_800_000],
  [duration, '1.5h', 5_400_000],
  [duration, '7500ms', 7_500],
  [duration, '500', 500],
  [duration, 0, 0],
  [duration, '0s', 0],
  [seconds, '30', 30_000],
  [seconds, '0.5', 500],
  [size, '1mb', 1_048_576],
  [size, '50 KB', 51_200],
  [size, 12, 12],
  [trustProxy, 'true', true],
  [trustProxy, false, false],
  [trustProxy, '2', 2],
  [trustProxy, 1, 1],
  [trustProxy, '10.0.0.0/8, ::1,loopback', ['10.0.0.0/8', '::1', 'loopback']],
  [addressRange, '10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9'],
  [corsOrigin, 'true', true],
  [corsOrigin, 'https://a.example/,http://b.example:81', ['https://a.example', 'http://b.example:81']],
  [corsOrigin, '*', ['*']],
  [argon2Type, 'argon2id', 2],
  [argon2Type, 0, 0],
  [headerName, 'X-Real-IP', 'x-real-ip'],
  [cookieName, '__Host-session', '__Host-session'],
  [cookieDomain, '.example.com', '.example.com'],
];

const refused: readonly (readonly [Kind<unknown>, unknown])[] = [
  [text, {}],
  [boolean, 'yes'],
  [boolean, ''],
  [integer({ min: 0 }), '1.5'],
  [integer({ min: 0 }), '-1'],
  [integer({ min: 0, max: 9 }), '10'],
  [integer({ min: 0 }), '0x10'],
  [integer({ min: 0 }), 'Infinity'],
  [integer({ min: 0 }), ''],
  [integer({ min: 0 }), '99999999999999999999'],
  [orUnlimited({ min: 1 }), '-2'],
  [orFalse(integer({ min: 1 })), 'true'],
  [oneOf(['lax', 'none']), 'strictish'],
  [listOf(integer({ min: 0 })), '1,x'],
  [url, '/'],
  [url, 'ftp://example.com'],
  [url, 'example.com'],
  [address, '/reset'],
  [urlPath, 'websocket'],
  [json, '[1]'],
  [json, 'null'],
  [duration, '-5s'],
  [duration, '5 parsecs'],
  [duration, '5 constructor'],
  [duration, '200y'],
  [duration, 'm'],
  [duration, Number.NaN],
  [seconds, '0'],
  [seconds, '5m'],
  [size, '1xb'],
  [size, '1e3'],
  [trustProxy, 'sometimes'],
  [trustProxy, '10.0.0.0/33'],
  [trustProxy, ''],
  [addressRange, '10.0.0.1-'],
  [corsOrigin, 'example.com'],
  [argon2Type, '3'],
  [headerName, 'X Real'],
  [cookieName, 'a;b'],
  [cookieDomain, 'a b'],
];

describe('kinds of values', () => {
  it.each(accepted)('%o takes %o as %o', (kind, raw, value) => {
    expect(kind.parse(raw)).toEqual(value);
  });

  it.each(refused)('%o refuses %o', (kind, raw) => {
    expect(() => kind.parse(raw)).toThrow(WrongValue);
  });

  it('never throw anything but WrongValue', () => {
    const kinds = [...new Set([...accepted.map(([kind]) => kind), ...refused.map(([kind]) => kind)])];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.anything({ withBigInt: false }), (kind, raw) => {
        try {
          kind.parse(raw);
        } catch (error) {
          if (!(error instanceof WrongValue)) throw error;
        }
      }),
    );
  });
});

describe('values of open families', () => {
  it.each([
    ['true', true],
    ['null', null],
    ['12.5', 12.5],
    ['007', '007'],
    ['string:12', '12'],
    ['json:{"a":[1]}', { a: [1] }],
    ['12345678901234567890', '12345678901234567890'],
    ['plain', 'plain'],
  ])('%s', (raw, value) => {
    expect(guess(raw)).toEqual(value);
  });
});

it('turns names into camelCase', () => {
  expect(camelCase('REJECT_UNAUTHORIZED')).toBe('rejectUnauthorized');
});

it('counts the letters that two names differ in', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
});
