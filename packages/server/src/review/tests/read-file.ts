import { isIP } from 'node:net';
import type { Payload } from '../../items/index.ts';
import type { Action, Json } from '../../wire/index.ts';
import type { Who } from '../person.ts';
import { readFixtures } from './read-fixtures.ts';
import { asList, asNames, asObject, asText, known, type Raw } from './reading.ts';
import { type About, type AccessTest, type Expected, TestsError, type TestsFile } from './types.ts';

const ACTIONS: readonly string[] = ['create', 'read', 'update', 'delete', 'share'];
const MAX_TESTS = 10_000;
const KEYS = ['name', 'user', 'role', 'public', 'share', 'ip', 'action', 'collection', 'item', 'filter', 'fields'];

/** The tests of a document. Throws TestsError naming the place at fault. */
export function readTests(document: unknown): TestsFile {
  const file = asObject(document, 'The file');
  known(file, ['tests', 'fixtures'], 'The file');
  const tests = asList(file.tests, '"tests"');
  if (tests.length === 0) throw new TestsError('The file has no "tests".');
  if (tests.length > MAX_TESTS) throw new TestsError(`The file has more than ${MAX_TESTS} tests.`);
  return {
    tests: tests.map((raw, i) => readTest(raw, `tests[${i + 1}]`)),
    fixtures: file.fixtures === undefined ? null : readFixtures(file.fixtures),
  };
}

function readTest(raw: unknown, place: string): AccessTest {
  const test = asObject(raw, place);
  known(test, [...KEYS, 'payload', 'expect'], place);
  const action = asText(test.action, `${place}: "action"`);
  if (!ACTIONS.includes(action)) throw new TestsError(`${place}: "action" has to be one of ${ACTIONS.join(', ')}.`);
  const collection = asText(test.collection, `${place}: "collection"`);
  const who = readWho(test, place);
  const read: AccessTest = {
    name: test.name === undefined ? nameFor(who, action, test) : asText(test.name, `${place}: "name"`),
    who,
    ip: readAddress(test.ip, place),
    action: action as Action,
    collection,
    about: readAbout(test, place),
    fields: test.fields === undefined ? null : asNames(test.fields, `${place}: "fields"`),
    payload: test.payload === undefined ? null : (asObject(test.payload, `${place}: "payload"`) as Payload),
    expected: readExpected(test.expect, `${place}: "expect"`),
  };
  checkTogether(read, place);
  return read;
}

function readWho(test: Raw, place: string): Who {
  const given = ['user', 'role', 'public', 'share'].filter((name) => test[name] !== undefined);
  const [kind] = given;
  if (given.length !== 1 || kind === undefined) {
    throw new TestsError(`${place}: exactly one of "user", "role", "share" and "public" has to say who asks.`);
  }
  if (kind === 'public') {
    if (test.public !== true) throw new TestsError(`${place}: "public" has to be true.`);
    return { kind };
  }
  const value = asText(test[kind], `${place}: "${kind}"`);
  if (kind === 'user') return { kind, user: value };
  return kind === 'role' ? { kind, role: value } : { kind: 'share', share: value };
}

function nameFor(who: Who, action: string, { collection, item }: Raw): string {
  const label = who.kind === 'public' ? 'the public' : 'user' in who ? who.user : 'role' in who ? who.role : who.share;
  return `${label}: ${action} ${collection}${item === undefined ? '' : ` ${item}`}`;
}

function readAddress(ip: unknown, place: string): string | null {
  if (ip === undefined || ip === null) return null;
  if (typeof ip !== 'string' || isIP(ip) === 0) throw new TestsError(`${place}: "ip" has to be an address.`);
  return ip;
}

function readAbout({ item, filter }: Raw, place: string): About {
  if (item !== undefined && filter !== undefined) {
    throw new TestsError(`${place}: "item" and "filter" exclude each other.`);
  }
  if (filter !== undefined) return { kind: 'filter', filter: asObject(filter, `${place}: "filter"`) as Json };
  if (item === undefined) return { kind: 'all' };
  if (typeof item !== 'string' && typeof item !== 'number') {
    throw new TestsError(`${place}: "item" has to be the key of an item.`);
  }
  return { kind: 'item', key: item };
}

const NOTHING: Expected = {
  verdict: null,
  items: null,
  count: null,
  fields: null,
  nulls: null,
  values: null,
  invalid: null,
};

function readExpected(raw: unknown, place: string): Expected {
  if (raw === 'allowed' || raw === 'denied') return { ...NOTHING, verdict: raw };
  if (raw === undefined || typeof raw === 'string') throw new TestsError(`${place} has to be allowed, denied or more.`);
  const expected = asObject(raw, place);
  known(expected, Object.keys(NOTHING), place);
  if (Object.keys(expected).length === 0) throw new TestsError(`${place} expects nothing.`);
  const { verdict = null, items, count = null, fields, nulls, values, invalid } = expected;
  if (verdict !== null && verdict !== 'allowed' && verdict !== 'denied') {
    throw new TestsError(`${place}: "verdict" has to be allowed or denied.`);
  }
  if (count !== null && !(Number.isInteger(count) && Number(count) >= 0)) {
    throw new TestsError(`${place}: "count" has to be a whole number.`);
  }
  const names = (value: unknown, name: string) => (value === undefined ? null : asNames(value, `${place}: "${name}"`));
  return {
    verdict,
    items: items === undefined ? null : (asList(items, `${place}: "items"`) as Json[]),
    count: count as number | null,
    fields: names(fields, 'fields'),
    nulls: names(nulls, 'nulls'),
    values: values === undefined ? null : (asObject(values, `${place}: "values"`) as Record<string, Json>),
    invalid: names(invalid, 'invalid'),
  };
}

function checkTogether({ action, about, payload, fields, expected }: AccessTest, place: string): void {
  const wrong = (message: string): never => {
    throw new TestsError(`${place}: ${message}`);
  };
  const writes = action === 'create' || action === 'update';
  if (action === 'create' && about.kind !== 'all') wrong('"item" and "filter" have no meaning with create.');
  if (payload !== null && !writes) wrong('"payload" has a meaning with create and update only.');
  if (action === 'update' && payload === null && fields === null)
    wrong('update needs a "payload", or "fields" to write.');
  if (payload !== null && fields !== null) wrong('"payload" and "fields" exclude each other.');
  if (fields !== null && action !== 'read' && action !== 'update') wrong(`"fields" has no meaning with ${action}.`);
  if (action !== 'read' && (expected.fields || expected.nulls))
    wrong('"fields" and "nulls" are expected of reading only.');
  if (action !== 'read' && !writes && expected.values) wrong(`"values" can't be expected of ${action}.`);
  if (!writes && expected.invalid) wrong('"invalid" is expected of create and update only.');
}
