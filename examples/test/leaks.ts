// Looks for leaks between people: 200 of them load pages of an example again and again, several at the same time, while their
// tokens of two seconds expire. Says how many pages held something of somebody else, how many were for nobody, and how many
// refreshes there were beyond one per token.
//   node examples/test/leaks.ts sveltekit [--loads 100000] [--users 200] [--concurrency 50] [--in FOLDER]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ADMIN } from '../../packages/server/test/started-server.ts';
import { MEMBERS, setUp, startBackend } from './backend.ts';
import { CountingProxy } from './counting-proxy.ts';
import { buildExample, stopwatch } from './example.ts';
import { Member, type OpenedPage, PASSWORD } from './member.ts';
import { freePort } from './processes.ts';

const { values, positionals } = parseArgs({
  options: {
    loads: { type: 'string', default: '100000' },
    users: { type: 'string', default: '200' },
    concurrency: { type: 'string', default: '50' },
    in: { type: 'string' },
  },
  allowPositionals: true,
});
const [name = 'sveltekit'] = positionals;
const [loads, users, concurrency] = [values.loads, values.users, values.concurrency].map(Number) as [
  number,
  number,
  number,
];

/** Users, each with one post that names them. */
async function makeUsers(api: string): Promise<readonly string[]> {
  const emails = Array.from({ length: users }, (_, index) => `leak${index}@example.com`);
  const ask = async <T>(method: string, path: string, body: unknown): Promise<T> => {
    const answer = await fetch(`${api}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { data: T }).data;
  };
  const accounts = emails.map((email) => ({ email, password: PASSWORD, role: MEMBERS }));
  const made = await ask<{ id: string; email: string }[]>('POST', '/users?fields=id,email&limit=-1', accounts);
  const titles = made.map(({ email }) => ({ title: `post of ${email}` }));
  const posts = await ask<{ id: number }[]>('POST', '/items/posts?limit=-1', titles);
  // Whoever makes an item is its author first.
  await ask(
    'PATCH',
    '/items/posts',
    posts.map(({ id }, index) => ({ id, author: made[index]?.id })),
  );
  return emails;
}

interface Outcome {
  loads: number;
  /** Pages with something of another user. */
  foreign: number;
  /** Pages for nobody although the person was signed in. */
  signedOut: number;
  /** Pages that were answered with an error, or that lack something. */
  failed: number;
}

async function load(members: readonly Member[], onFirst: (member: Member, page: OpenedPage) => void): Promise<Outcome> {
  const outcome: Outcome = { loads: 0, foreign: 0, signedOut: 0, failed: 0 };
  const told = stopwatch();
  async function loadNext(): Promise<void> {
    while (outcome.loads < loads) {
      const number = outcome.loads++;
      if (number % 10_000 === 0) console.log(`${number} loads in ${told().toFixed(0)} s`);
      // Two loads in a row are of one user, so that they meet an expired token together.
      const member = members[(number >> 1) % members.length] as Member;
      const page = await member.open(`/posts?load=${number}`);
      if (page.status !== 200) outcome[page.status >= 300 && page.status < 400 ? 'signedOut' : 'failed']++;
      else if (page.people.some((email) => email !== member.email)) outcome.foreign++;
      // Once in the header, from the layout, and once in the list.
      else if (page.people.length < 2 || !page.text.includes(`post of ${member.email}`)) outcome.failed++;
      else continue;
      if (outcome.failed + outcome.signedOut + outcome.foreign === 1) onFirst(member, page);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loadNext));
  return outcome;
}

const origin = `http://localhost:${await freePort()}`;
const example = await buildExample(name, origin, values.in && join(values.in, name));
const backend = await startBackend({
  origin,
  settings: { ACCESS_TOKEN_TTL: '2s', RATE_LIMITER_LOGIN_ENABLED: 'false' },
});
const proxy = await CountingProxy.before(backend.url);
try {
  await setUp(example.folder, backend.url);
  const emails = await makeUsers(backend.url);
  const app = await example.start(proxy.url);
  try {
    const members = emails.map((email) => new Member(origin, email));
    for (const member of members) await member.login();
    const before = proxy.refreshes;
    const seconds = stopwatch();
    const outcome = await load(members, ({ email }, page) => console.error(email, page, app.output().slice(-3000)));
    const took = seconds();
    const refreshes = proxy.refreshes - before;
    // Each token may be spent once in each lifetime: two seconds, of which the last quarter is for refreshing.
    const bound = users * Math.ceil(took / 1.5 + 1);
    const { surplus, asked } = proxy;
    const bad = outcome.foreign + outcome.signedOut + outcome.failed + surplus + (refreshes > bound ? 1 : 0);
    const told = { ...outcome, refreshes, surplus, seconds: Math.round(took), requestsToTheApi: asked };
    console.log(`${bad === 0 ? 'ok  ' : 'FAIL'} ${name}: ${JSON.stringify(told)}`);
    process.exitCode = bad === 0 ? 0 : 1;
  } finally {
    await app.stop();
  }
} finally {
  proxy.close();
  await backend.stop();
  example.remove();
}
