import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { DATABASES, makeProject } from '../started-server.ts';

/** Numbers from a seed, so that a failure can be had again (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SEED = 20_260_101;
const PEOPLE = 50;
const POLICIES = 20;
const OFFICE = '10.1.2.3';
const ELSEWHERE = '192.0.2.7';
const KEY = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
const URLS = [
  '/items/things?fields=id&limit=-1',
  '/items/things?aggregate[count]=*',
  '/items/things?fields=id&sort=-id&limit=3',
];

interface Person {
  readonly token: string;
  readonly policies: readonly number[];
}

/**
 * What one caller was answered is nobody else's answer: fifty people with a few of twenty policies each, some of which
 * hold at one address only, ask for the same addresses in random order, and everybody gets what their policies say.
 */
describe.each(DATABASES)('identities on %s', (database) => {
  let project: Inside;
  const random = numbers(SEED);
  const people: Person[] = [];
  const policies: string[] = [];
  /** Every fourth holds in the office only. */
  const bound = (policy: number): boolean => policy % 4 === 0;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    const kind = { field: 'kind', type: 'integer', schema: {}, meta: {} };
    await project.must('POST', '/collections', { collection: 'things', schema: {}, meta: {}, fields: [KEY, kind] });
    await project.must(
      'POST',
      '/items/things',
      Array.from({ length: POLICIES * 3 }, (_, i) => ({ kind: i % POLICIES })),
    );
    for (let n = 0; n < POLICIES; n++) {
      const ip_access = bound(n) ? [OFFICE] : null;
      const permission = { collection: 'things', action: 'read', permissions: { kind: { _eq: n } }, fields: ['*'] };
      const { id } = await project.must('POST', '/policies', { name: `${n}`, ip_access, permissions: [permission] });
      policies.push(id ?? '');
    }
    for (let n = 0; n < PEOPLE; n++) {
      const own = [...new Set(Array.from({ length: 1 + random(3) }, () => random(POLICIES)))];
      const token = `person-${n}-static-token-0123456789`;
      const attached = own.map((policy) => ({ policy: policies[policy] }));
      const role = await project.must('POST', '/roles', { name: `${n}` });
      await project.must('POST', '/users', { email: `p${n}@example.com`, token, role: role.id, policies: attached });
      people.push({ token, policies: own });
    }
    people.push({ token: '', policies: [] });
  }, 60_000);

  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  function expected(person: Person, ip: string, url: string): object {
    const kinds = new Set(person.policies.filter((policy) => ip === OFFICE || !bound(policy)));
    if (kinds.size === 0) return { status: 403 };
    const ids = Array.from({ length: POLICIES * 3 }, (_, i) => i + 1).filter((id) => kinds.has((id - 1) % POLICIES));
    if (url.includes('aggregate')) return { status: 200, data: [{ count: ids.length }] };
    const shown = url.includes('sort') ? ids.reverse().slice(0, 3) : ids;
    return { status: 200, data: shown.map((id) => ({ id })) };
  }

  async function asked(person: Person, ip: string, url: string): Promise<object> {
    const { status, body } = await project.json({ method: 'GET', url, token: person.token, ip });
    return status === 403 ? { status } : { status, data: body.data };
  }

  const anybody = (): Person => people[random(people.length)] as Person;

  it('do not get the answers of each other', async () => {
    for (let round = 0; round < 40; round++) {
      // Several at a time: what is in flight is not shared either.
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const person = anybody();
          const ip = random(2) ? OFFICE : ELSEWHERE;
          const url = URLS[random(URLS.length)] as string;
          expect([person, ip, url, await asked(person, ip, url)]).toEqual([person, ip, url, expected(person, ip, url)]);
        }),
      );
    }
  });

  it('and the words of one address hold at no other', async () => {
    const person = people.find((one) => one.policies.some(bound)) as Person;
    for (const ip of [OFFICE, ELSEWHERE, OFFICE, ELSEWHERE]) {
      for (const url of URLS) expect(await asked(person, ip, url)).toEqual(expected(person, ip, url));
    }
  });
});
