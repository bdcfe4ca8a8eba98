import type { Exit, Http } from './http.ts';
import type { Verdict } from './judge.ts';
import type { Json, ReadCase, World } from './model.ts';
import { answer } from './oracle/answer.ts';
import { agrees, type Expected, example, Ordered } from './oracle/expected.ts';

/** Asks for items at one of the exits of the HTTP server, and the oracle. */
export async function judgeHttp(http: Http, world: World, one: ReadCase, exit: Exit): Promise<Verdict> {
  const got = await http.ask(one, exit);
  const expected = answer(world, one);
  if ('refused' in expected) {
    const isSuch = 'code' in got && (expected.refused as ReadonlySet<string>).has(got.code);
    return { differs: isSuch ? null : { expected: [...expected.refused], got }, refused: true, world };
  }
  const wanted = exit === 'csv' ? asText(expected.items) : expected.items;
  const answered = exit === 'csv' && !('code' in got) ? { ...got, items: tableOf(String(got.items)) } : got;
  const isSuch = !('code' in answered) && agrees(wanted, answered.items) && agrees(expected.meta, answered.meta);
  return { differs: isSuch ? null : { expected: example(expected.items), got }, refused: false, world };
}

/** Whether a table of plain values can hold all of it. */
export function fitsTable(world: World, one: ReadCase): boolean {
  const expected = answer(world, one);
  if ('refused' in expected) return true;
  const rows = expected.items instanceof Ordered ? expected.items.groups.flat() : [];
  const isPlain = (value: Expected): boolean => value === null || typeof value !== 'object';
  return (
    rows.length > 0 &&
    (one.query.fields ?? []).every((path) => !path.includes('.')) &&
    Object.keys(one.query.aggregate ?? {}).length === 0 &&
    rows.every((row) => Object.values(row as object).every((value) => isPlain(value as Expected)))
  );
}

/** Rows as a file of CSV has them: null is empty, everything else its text. */
function asText(items: Expected): Expected {
  if (!(items instanceof Ordered)) return items;
  const textOf = (row: Expected): Expected =>
    Object.fromEntries(
      Object.entries(row as { [key: string]: Json }).map(([key, value]) => [key, value === null ? '' : String(value)]),
    );
  return new Ordered(
    items.groups.map((group) => group.map(textOf)),
    items.skip,
    items.take,
  );
}

/** RFC 4180 with line feeds. */
function tableOf(text: string): Json {
  if (text === '') return [];
  const lines: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/y;
  for (let isOver = false; !isOver; ) {
    const [, raw = '', end = ''] = cell.exec(text) ?? [];
    lines.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\n') lines.push([]);
    isOver = end === '';
  }
  const [names = [], ...rows] = lines;
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}
