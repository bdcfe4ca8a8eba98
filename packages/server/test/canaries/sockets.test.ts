import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inside } from '../inside.ts';
import { ADMIN, DATABASES, type Project as Place } from '../started-server.ts';
import { settled } from './battery.ts';
import { asDocument, asSubscription } from './graphql-exit.ts';
import { Line } from './lines.ts';
import { BOTH_CONCEALED, SCENARIOS, type Scenario } from './plant.ts';
import { type Question, questions } from './questions.ts';
import { twinOf } from './twins.ts';
import { type CallerName, makeTemplate, tokenOf } from './world.ts';

/** Of the questions every so manyth, another part for each caller; with CANARIES as many as it says, 1 for all. */
const GIVEN = Number(process.env.CANARIES ?? 0);
const STRIDE = { sqlite: GIVEN || 100, postgres: GIVEN || 250 };
/** What is followed at the same time. */
const BATCH = 100;
const PROTOCOL = 'graphql-transport-ws';

type Twins = readonly [Inside, Inside];
type Way = 'items' | 'subscriptions' | 'GraphQL' | 'subscriptions of GraphQL';
type Told = (way: Way, asked: unknown, said: readonly [string, string]) => void;

const tokenFor = (caller: CallerName): string =>
  caller === 'public' ? '' : caller === 'admin' ? ADMIN.token : tokenOf(caller);

const collectionOf = ({ path }: Question): string =>
  path.startsWith('/items/') ? path.slice('/items/'.length) : `directus_${path.slice(1)}`;

const CHANGED = [
  ['vaults', 'label'],
  ['rooms', 'name'],
  ['notes', 'text'],
] as const;
/** Keys of items that only show how far it is. */
const MARKS = 777_000_000;

/**
 * Changes that everybody might hear of, by the administrator. An event tells of an item as it is then: nothing is changed
 * again before it was told.
 */
async function change(twin: Inside, watcher: Line, turn: number): Promise<void> {
  for (const [name, field] of CHANGED) {
    for (const key of [1, 2, 3]) await twin.must('PATCH', `/items/${name}/${key}`, { [field]: `changed ${turn}` });
    await twin.must('POST', `/items/${name}`, { id: 9_000 + turn, [field]: 'made' });
    await allTold(twin, watcher, name, MARKS + turn * 2);
    await twin.must('DELETE', `/items/${name}/${9_000 + turn}`);
    await allTold(twin, watcher, name, MARKS + turn * 2 + 1);
  }
}

/** Resolves when everything before was told to everybody: of a collection one change is told after the other. */
async function allTold(twin: Inside, watcher: Line, name: string, id: number): Promise<void> {
  await twin.must('POST', `/items/${name}`, { id });
  await watcher.until((said) => said.includes(`{"id":${id}}`) && said.includes(`"uid":"${name}"`));
}

const isMark = (said: string): boolean => /777\d{6}/.test(said);

/** Asks for items by messages and by documents: what is said to both. */
async function ask(twins: Twins, caller: CallerName, asked: readonly Question[], told: Told): Promise<void> {
  const lines = await Promise.all(
    twins.flatMap((twin) => [Line.open(twin, '/websocket', tokenFor(caller)), opened(twin, caller)]),
  );
  const [one, oneGraphql, other, otherGraphql] = lines as [Line, Line, Line, Line];
  for (const [n, question] of asked.entries()) {
    const { key, query } = question;
    const message = { type: 'items', action: 'read', collection: collectionOf(question), query, id: key, uid: n };
    told('items', message, await both(one, other, message, `"uid":${n}}`));
    const change = { type: 'items', action: 'update', collection: collectionOf(question), data: {}, uid: `u${n}` };
    if (query.filter) {
      const changing = { ...change, query: { filter: query.filter, fields: 'id' } };
      told('items', changing, await both(one, other, changing, `"uid":"u${n}"}`));
    }
    const document = question.path.startsWith('/items/') ? asDocument(question) : null;
    if (document === null) continue;
    const subscribe = { type: 'subscribe', id: `${n}`, payload: { query: document } };
    told('GraphQL', document, await both(oneGraphql, otherGraphql, subscribe, `"id":"${n}"`));
  }
  for (const line of lines) line.close();
}

async function opened(twin: Inside, caller: CallerName): Promise<Line> {
  const line = await Line.open(twin, '/graphql', tokenFor(caller), PROTOCOL);
  line.send({ type: 'connection_init' });
  await line.until((said) => said.includes('connection_ack'));
  return line;
}

async function both(one: Line, other: Line, message: unknown, mark: string): Promise<[string, string]> {
  for (const line of [one, other]) line.send(message);
  const isAnswer = (said: string) => said.includes(mark);
  const said = await Promise.all([one.until(isAnswer), other.until(isAnswer)]);
  for (const line of [one, other]) line.take();
  return [settled(said[0]), settled(said[1])];
}

/** Follows, changes something, and compares all that is said until everything was told. */
async function follow(
  twins: Twins,
  caller: CallerName,
  asked: readonly Question[],
  turn: number,
  told: Told,
): Promise<void> {
  const said = await Promise.all(twins.map((twin) => heardIn(twin, caller, asked, turn)));
  for (const way of ['subscriptions', 'subscriptions of GraphQL'] as const) {
    const [one = [], other = []] = said.map((all) => all[way]);
    const others = new Set(other);
    const ones = new Set(one);
    const onlyOne = one.filter((line) => !others.has(line));
    const onlyOther = other.filter((line) => !ones.has(line));
    told(way, `${one.length} and ${other.length}`, [onlyOne.join('\n'), onlyOther.join('\n')]);
  }
}

async function heardIn(
  twin: Inside,
  caller: CallerName,
  asked: readonly Question[],
  turn: number,
): Promise<Record<'subscriptions' | 'subscriptions of GraphQL', string[]>> {
  const [line, graphql] = [await Line.open(twin, '/websocket', tokenFor(caller)), await opened(twin, caller)];
  for (const [n, question] of asked.entries()) {
    const subscribe = { type: 'subscribe', collection: collectionOf(question), query: question.query };
    line.send({ ...subscribe, item: question.key, event: n % 4 === 0 ? undefined : 'update', uid: `s${n}` });
    line.send({ ...subscribe, event: n % 2 === 0 ? 'delete' : 'create', uid: `d${n}` });
    const document = asSubscription(question);
    if (document !== null) graphql.send({ type: 'subscribe', id: `${n}`, payload: { query: document } });
  }
  await quiet(line, graphql);
  // Follows last, and so is told last.
  const watcher = await Line.open(twin, '/websocket', ADMIN.token);
  for (const [collection] of CHANGED)
    watcher.send({ type: 'subscribe', collection, event: 'create', query: { fields: ['id'] }, uid: collection });
  await quiet(watcher);
  await change(twin, watcher, turn);
  await quiet(line, graphql);
  const heard = { subscriptions: line.take(), 'subscriptions of GraphQL': graphql.take() };
  for (const one of [line, graphql, watcher]) one.close();
  return {
    subscriptions: heard.subscriptions.filter((said) => !isMark(said)).map(settled),
    'subscriptions of GraphQL': heard['subscriptions of GraphQL'].filter((said) => !isMark(said)).map(settled),
  };
}

/** Resolves when everything that was sent before is answered: messages are, in turn. */
async function quiet(line: Line, graphql?: Line): Promise<void> {
  line.send({ type: 'ping', uid: 'quiet' });
  graphql?.send({ type: 'ping', payload: { quiet: true } });
  await line.until((said) => said.includes('"pong"'));
  await graphql?.until((said) => said.includes('"pong"'));
  for (const one of graphql ? [line, graphql] : [line])
    one.said.splice(0, one.said.length, ...one.said.filter((said) => !said.includes('"pong"')));
}

/** As over HTTP: whatever the caller asks and follows, two projects that differ in what it may not see say the same. */
describe.each(DATABASES)('no message depends on what is hidden (%s)', (database) => {
  let template: Place;
  beforeAll(async () => {
    template = await makeTemplate(database);
  });
  afterAll(async () => {
    await template?.remove();
  });

  async function compare(
    { differs }: Scenario,
    caller: CallerName,
    stride: number,
    first: number,
    told: Told,
  ): Promise<void> {
    const one = await twinOf(template, BOTH_CONCEALED);
    const other = await twinOf(template, [...BOTH_CONCEALED, ...differs(database)]);
    const asked = [...questions()].filter((_, turn) => turn % stride === first % stride);
    try {
      for (let at = 0; at < asked.length; at += BATCH)
        await follow([one, other], caller, asked.slice(at, at + BATCH), at / BATCH, told);
      await ask([one, other], caller, asked, told);
    } finally {
      for (const twin of [one, other]) {
        await twin.close();
        await twin.place.remove();
      }
    }
  }

  describe.each(SCENARIOS)('$name', (scenario) => {
    it.each(scenario.callers.map((caller, turn) => [caller, turn] as const))(
      'asked and followed by %s',
      async (caller, turn) => {
        const leaks: string[] = [];
        await compare(scenario, caller, STRIDE[database], turn, (way, asked, [one, other]) => {
          if (one !== other) leaks.push(`${way}: ${JSON.stringify(asked)}\n  ${one}\n  ${other}`.slice(0, 2_000));
        });
        expect(leaks.slice(0, 10)).toEqual([]);
      },
      600_000,
    );
  });

  /** Ways by which nobody could tell the twins apart would prove nothing. */
  it('and by every way one can tell who may see', async () => {
    const seen = new Set<Way>();
    const note: Told = (way, _, [one, other]) => {
      if (one !== other) seen.add(way);
    };
    await compare(SCENARIOS[1] as Scenario, 'admin', 60, 0, note);
    expect([...seen].sort()).toEqual(['GraphQL', 'items', 'subscriptions', 'subscriptions of GraphQL']);
  }, 240_000);
});
