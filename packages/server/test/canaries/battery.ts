import type { Asked, Inside } from '../inside.ts';
import { EXITS, type Exit, FIXED, WRITES } from './exits.ts';
import { GRAPHQL, GRAPHQL_FIXED, GRAPHQL_WRITES } from './graphql-exit.ts';
import { type Question, questions } from './questions.ts';

const ALL_EXITS: readonly Exit[] = [...EXITS, GRAPHQL];

export type Words = Omit<Asked, 'token'> & { readonly kind: string };

/** Every question by every exit that only reads. Of the questions every `stride`th, beginning with the `first`. */
export function* reading(stride: number, first: number): Generator<Words> {
  const asked = [...questions()].filter((_, turn) => turn % stride === first % stride);
  yield* by(
    ALL_EXITS.filter((exit) => !exit.writes),
    asked,
  );
  for (const words of [...FIXED, ...GRAPHQL_FIXED]) yield { kind: 'fixed', ...words };
}

/** The same by the exits that change something. */
export function* changing(stride: number, first: number): Generator<Words> {
  const asked = [...questions()].filter((_, turn) => turn % stride === first % stride);
  yield* by(
    ALL_EXITS.filter((exit) => exit.writes),
    asked,
  );
  for (const words of [...WRITES, ...GRAPHQL_WRITES]) yield { kind: 'write', ...words };
}

/** Exits that are asked every so many questions take turns. */
function* by(exits: readonly Exit[], asked: readonly Question[]): Generator<Words> {
  for (const exit of exits) {
    for (const question of asked.filter((_, turn) => turn % exit.every === 0)) {
      const words = exit.words(question);
      if (words) yield { kind: question.kind, ...words };
    }
  }
}

/** What two projects answer to the same request. */
export async function answersOf(twins: readonly [Inside, Inside], words: Words, token: string): Promise<string[]> {
  const answers = await Promise.all(twins.map((twin) => twin.ask({ ...words, token })));
  return answers.map(settled);
}

/** Without ids that were drawn and times that the database took when something was made, and how long something took. */
export const settled = (answer: string): string =>
  answer
    .replaceAll(DRAWN, 'drawn')
    .replaceAll(/"date_updated":"[^"]*"/g, '"date_updated":"now"')
    .replace(/"observedValue":[\d.]+/, '"observedValue":0');
const DRAWN = /(?!00000000-0000)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What was asked, and the answers from a little before where they part. */
export function told({ kind, method, url, body }: Words, [one = '', other = '']: readonly string[]): string {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 120), at + 80));
  return `${kind}: ${method} ${decodeURIComponent(url)} ${JSON.stringify(body ?? '')}\n  ${part(one)}\n  ${part(other)}`;
}
