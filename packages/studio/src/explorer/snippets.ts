import { API } from '../app/places.ts';
import type { Asked } from './caller.ts';

/** Stands for whichever token the reader has: snippets are copied into tickets and chats. */
const TOKEN = '$TOKEN';

export const KINDS = ['curl', 'SDK', 'fetch'] as const;
export type Kind = (typeof KINDS)[number];

/** A request as a program would send it. */
export function snippet(kind: Kind, asked: Asked): string {
  if (kind === 'curl') return curl(asked);
  return kind === 'SDK' ? sdk(asked) : fetching(asked);
}

const inShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const inScript = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

function curl({ method, path, type = 'application/json', body }: Asked): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${inShell(API + path)}`,
    `-H "Authorization: Bearer ${TOKEN}"`,
    ...(body === undefined ? [] : [`-H ${inShell(`Content-Type: ${type}`)}`, `--data-raw ${inShell(body)}`]),
  ];
  return lines.join(' \\\n  ');
}

function fetching({ method, path, type = 'application/json', body }: Asked): string {
  return [
    `const answer = await fetch(${inScript(API + path)}, {`,
    `  method: '${method}',`,
    '  headers: {',
    `    Authorization: 'Bearer ${TOKEN}',`,
    ...(body === undefined ? [] : [`    'Content-Type': ${inScript(type)},`]),
    '  },',
    ...(body === undefined ? [] : [`  body: ${inScript(body)},`]),
    '});',
    'console.log(answer.status, await answer.text());',
  ].join('\n');
}

function sdk({ method, path, body }: Asked): string {
  const [plain = '', query = ''] = path.split('?');
  const params = Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, asObject(value)]));
  return [
    "import { createDirectus, customEndpoint, rest, staticToken } from '@directus/sdk';",
    '',
    `const client = createDirectus(${inScript(API)}).with(staticToken('${TOKEN}')).with(rest());`,
    'const answer = await client.request(',
    '  customEndpoint({',
    `    method: '${method}',`,
    `    path: ${inScript(plain)},`,
    ...(query === '' ? [] : [`    params: ${JSON.stringify(params)},`]),
    ...(body === undefined ? [] : [`    body: ${inScript(body)},`]),
    '  }),',
    ');',
  ].join('\n');
}

/** The SDK leaves out filters that are text. */
function asObject(value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : value;
  } catch {
    return value;
  }
}
