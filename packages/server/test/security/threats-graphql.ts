import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const AMPLIFICATION = 'graphql/amplification.test.ts';

/** What GraphQL multiplied, or told of the data model. */
export const GRAPHQL_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-g293-vf99-xv36',
    mistake: 'aliases tried a thousand passwords in one request',
    test: AMPLIFICATION,
    title: 'counts once in a document, whatever it is called',
    planted: plant('graphql/execution/execute.ts', [
      'const most = singleUse.has(name) ? 1 :',
      'const most = singleUse.has(name) ? 100 :',
    ]),
  },
  {
    known: 'GHSA-xw72-c69j-h2rj, by aliases',
    mistake: 'one request computed a hundred hashes of passwords',
    test: AMPLIFICATION,
    title: 'what takes long stands a few times in a document',
    planted: plant('graphql/execution/execute.ts', ['(DEAR.get(name) ?? MAX_ROOTS)', 'MAX_ROOTS']),
  },
  {
    known: 'GHSA-ph52-67fq-75wj (CVE-2026-35441)',
    mistake: 'aliases asked for the same lists over and over',
    test: AMPLIFICATION,
    title: 'lists multiply the cost of what stands below them, and aliases add it up',
    planted: plant('graphql/execution/cost.ts', ['this.#sum += rows * fields;', 'this.#sum = rows * fields;']),
  },
  {
    known: 'GHSA-6q22-g298-grjh',
    mistake: 'an operation had any number of root fields',
    test: 'graphql/execution.test.ts',
    title: 'has bounds: tokens, fields, roots, attempts',
    planted: plant(
      'graphql/execution/execute.ts',
      ['if (roots.length > MAX_ROOTS)', 'if (roots.length > 100_000)'],
      ['(DEAR.get(name) ?? MAX_ROOTS)', '100_000'],
    ),
  },
  {
    known: 'GHSA-7hmh-pfrp-vcx4 (CVE-2024-39895)',
    mistake: 'a field that stood a thousand times in a selection was compared with itself a million times',
    test: AMPLIFICATION,
    title: 'the same key stands twenty times in a selection at most',
    planted: plant('graphql/execution/documents.ts', [
      'if (mostRepeated(document) > MAX_REPEATED)',
      'if (mostRepeated(document) > 1_000_000)',
    ]),
  },
  {
    known: 'GHSA-gwvv-rr68-cmv6, by GraphQL',
    mistake: 'an answer had a key that changes what it is made of',
    test: AMPLIFICATION,
    title: 'names of the language change nothing',
    planted: plant('graphql/execution/collect.ts', ["if (key === '__proto__')", "if (key === '__proto')"]),
  },
  {
    known: 'GHSA-cph6-524f-3hgr (CVE-2025-64749), by GraphQL',
    mistake: 'a collection that is closed was answered otherwise than one that is not there',
    test: 'graphql/existence.test.ts',
    title: 'a closed collection or field is like one that is not there',
    planted: plant('graphql/roots.ts', [
      'if (readable) this.#addReads(place, readable);',
      "if (readable) this.#addReads(place, readable);\n    else this.query[place.root] = { type: 'Void' };",
    ]),
  },
  {
    known: 'GHSA-7wq3-jr35-275c (CVE-2025-30352), by GraphQL',
    mistake: 'fields that may not be read were in the schema',
    test: 'graphql/execution.test.ts',
    title: 'shows and counts what REST shows and counts, and knows nothing else',
    planted: plant('graphql/visible.ts', [
      'filter(({ name }) => fields.has(name) && isName(name))',
      'filter(({ name }) => fields.size > 0 && isName(name))',
    ]),
  },
  {
    known: 'GHSA-wxwm-3fxv-mrvx (CVE-2026-35413)',
    mistake: 'without introspection the schema was given as text',
    test: 'graphql/sdl.test.ts',
    title: 'nobody gets the schema as text',
    planted: plant('http/routes/specs.ts', [
      'if (!config.graphqlIntrospection) throw forbidden();',
      'if (!config) throw forbidden();',
    ]),
  },
];
