import type {
  ExplainedComparison,
  ExplainedPermission,
  ExplainedPolicy,
  ExplainedRelation,
  Explanation,
  RuleNode,
} from '../access/explain-types.ts';
import { NOBODY } from '../review/person.ts';
import type { Json } from '../wire/index.ts';

const WIDTH = 80;

/** An explanation for people, in lines of 80 characters. `label` is how the caller is called. */
export function explanationText(explanation: Explanation, who: { label: string; status: string }): string {
  const parts = [
    headline(explanation, who.label),
    callerLines(explanation, who),
    policyLines(explanation),
    permissionLines(explanation),
    fieldLines(explanation),
    explanation.notes.length > 0 ? ['Notes', ...explanation.notes.flatMap((note) => wrap(note, '  '))] : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const VERDICTS = { allowed: 'ALLOWED', denied: 'DENIED', depends: 'DEPENDS ON THE ITEM' } as const;

function headline({ verdict, action, collection, item, field, message }: Explanation, label: string): string[] {
  const what = field === null ? '' : `"${field}" of `;
  const which = item === null ? collection : `${collection} ${item}`;
  return [...wrap(`${VERDICTS[verdict]}: ${label}, ${action} ${what}${which}`, ''), ...wrap(message, '')];
}

function callerLines({ caller }: Explanation, { label, status }: { label: string; status: string }): string[] {
  const lines = ['Caller'];
  if (caller.user === NOBODY) lines.push('  a member of the role, who is nobody in particular');
  else if (caller.user === null && label !== 'the public') lines.push(`  ${label}`);
  else if (caller.user === null) lines.push('  nobody: a request without a credential');
  else if (caller.user === label) lines.push(`  user ${caller.user}`);
  else lines.push(...wrap(`${label}, user ${caller.user}`, '  '));
  if (status !== 'active') lines.push(`  status: ${status}`);
  if (caller.roles.length > 0)
    lines.push(...wrap(`role: ${caller.roles.map(({ name }) => name).join(', under ')}`, '  '));
  if (caller.ip !== null) lines.push(`  address: ${caller.ip}`);
  return lines;
}

function policyLines({ policies, caller }: Explanation): string[] {
  if (policies.length === 0) return ['Policies', '  none'];
  return ['Policies', ...policies.flatMap((policy) => wrap(policyLine(policy, caller.ip), '  ', '    '))];
}

function policyLine(
  { name, through, applies, onlyFrom, adminAccess, appAccess }: ExplainedPolicy,
  ip: string | null,
): string {
  const gives = [adminAccess ? 'admin access' : '', appAccess ? 'app access' : ''].filter((given) => given !== '');
  const facts = [`(${through.join(', ')})`, ...(gives.length > 0 ? [`gives ${gives.join(' and ')}`] : [])].join(' ');
  if (applies) return `✓ ${name} ${facts}`;
  const from = ip === null ? 'no address was given (--ip)' : `not from ${ip}`;
  return `✗ ${name} ${facts}, left out: only from ${onlyFrom}, ${from}`;
}

function permissionLines({ permissions, action, collection, caller }: Explanation): string[] {
  if (caller.admin) return [];
  if (permissions.length === 0) return [];
  const blocks = permissions.flatMap(onePermission);
  return [`Permissions to ${action} ${collection}`, ...blocks];
}

function onePermission(permission: ExplainedPermission): string[] {
  const { policy, fields, admits, rule, presets, validation } = permission;
  const lines = wrap(`${markOf(admits)} ${nameOf(permission)}${policy ? ` of ${policy.name}` : ''}`, '  ', '    ');
  lines.push(...wrap(`fields: ${fields.length > 0 ? fields.join(', ') : 'none'}`, '      ', '        '));
  lines.push(...ruleLines(rule, '      '));
  if (Object.keys(presets).length > 0) lines.push(...wrap(`presets: ${JSON.stringify(presets)}`, '      ', '        '));
  if (validation !== null && Object.keys(validation).length > 0) {
    lines.push(...wrap(`validation: ${JSON.stringify(validation)}`, '      ', '        '));
  }
  return lines;
}

const nameOf = ({ id }: { id: number | null }): string => (id === null ? 'app access' : `permission ${id}`);

const markOf = (holds: boolean | null): string => (holds === null ? '?' : holds ? '✓' : '✗');

function ruleLines(node: RuleNode, indent: string): string[] {
  const mark = `${markOf(node.holds)} `;
  const below = `${indent}  `;
  const count = node.rows === undefined ? '' : ` (${rowCount(node.rows)})`;
  switch (node.kind) {
    case 'everything':
      return [`${indent}${mark}every item${count}`];
    case 'nothing':
      return wrap(`${mark}nothing: ${node.why}`, indent, below);
    case 'all':
    case 'any':
      return [`${indent}${mark}${node.kind} of${count}`, ...node.parts.flatMap((part) => ruleLines(part, below))];
    case 'comparison':
      return comparisonLines(node, indent, count);
    case 'relation':
      return [...wrap(`${mark}${relationLine(node)}${count}`, indent, below), ...ruleLines(node.where, below)];
  }
}

const rowCount = (rows: number): string => (rows === 1 ? 'for 1 row' : `for ${rows} rows`);

function relationLine({ field, collection, quantifier, related, matching }: ExplainedRelation): string {
  const wanted = quantifier === 'some' ? 'a row' : 'no row';
  const found = related === undefined ? '' : ` (${matching} of ${related})`;
  return `${field} leads to ${wanted} of ${collection} with${found}`;
}

/** On one line if it fits: the comparison, what its variables stand for, and what the item has. */
function comparisonLines(node: ExplainedComparison, indent: string, count: string): string[] {
  const { field, operator, written, value, stored, holds } = node;
  const parts = [`${markOf(holds)} ${field} ${operator} ${shown(written)}${count}`];
  if (JSON.stringify(written) !== JSON.stringify(value)) {
    parts.push(value === null ? 'which has no value' : `which is ${shown(value)}`);
  }
  if (stored !== undefined) parts.push(`the item has ${shown(stored)}`);
  const line = `${indent}${parts.join('; ')}`;
  if (line.length <= WIDTH) return [line];
  return parts.flatMap((part, i) => wrap(part, i === 0 ? indent : `${indent}    `, `${indent}    `));
}

const LONGEST = 200;

/** Variables as they are written, values as JSON. */
function shown(value: Json): string {
  const text = typeof value === 'string' && value.startsWith('$') ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function fieldLines({ fields, action, caller, field: asked }: Explanation): string[] {
  if (fields.length === 0 || (caller.admin && asked === null)) return [];
  const verb = action === 'read' ? 'readable' : 'writable';
  const groups = Map.groupBy(fields, ({ allowed, listedBy }) => {
    if (listedBy.length === 0 && allowed === false) return 'listed by no permission';
    const by = caller.admin ? '' : `, listed by ${listedBy.map((id) => nameOf({ id })).join(', ')}`;
    if (allowed === null) return `depends on the item${by}`;
    return `${allowed ? verb : `not ${verb}`}${by}`;
  });
  const lines = [...groups].flatMap(([name, list]) => [
    ...wrap(`${name}:`, '  ', '    '),
    ...wrap(list.map((field) => field.name).join(', '), '    '),
  ]);
  return ['Fields', ...lines];
}

/** Lines of at most 80 characters, broken at spaces; a word that is longer stands alone. */
function wrap(text: string, indent: string, further: string = indent): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const start = lines.length === 0 ? indent : further;
    const longer = line === start ? `${line}${word}` : `${line} ${word}`;
    if (longer.length <= WIDTH || line === start) line = longer;
    else {
      lines.push(line);
      line = `${further}${word}`;
    }
  }
  return [...lines, line];
}
