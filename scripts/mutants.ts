import { stripTypeScriptTypes } from 'node:module';
import { parseAst } from 'vitest/node';

/** One small mistake in a source file. */
export interface Mutant {
  /** Counted over all files; 0 is none. */
  readonly id: number;
  readonly file: string;
  readonly line: number;
  /** What stands there, and what would stand there instead. */
  readonly from: string;
  readonly to: string;
  /** Decided when the file is loaded, and not again. */
  readonly early: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Place {
  readonly node: Node;
  readonly puts: readonly string[];
  /** A statement, where an expression can't stand. */
  readonly statement: boolean;
  readonly early: boolean;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '&&': ['||'],
  '||': ['&&'],
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
};
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some' };
/** What is said to people is not what is tested here. */
const MESSAGES = /^(invalidQuery|invalidPayload|forbidden|Error|routeNotFound|serviceUnavailable|failedValidation)$/;

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && typeof (value as Node).type === 'string';

/** All places of a file where something can be put in its stead. */
function placesOf(text: string): Place[] {
  const places: Place[] = [];
  const source = (node: unknown): string => text.slice((node as Node).start, (node as Node).end);

  const add = (node: Node, early: boolean, ...puts: string[]): void => {
    places.push({ node, puts, statement: false, early });
  };

  function visit(node: Node, parent: Node | null, early: boolean): void {
    if (node.type === 'ImportDeclaration' || isNode(node.source)) return;
    const inside = early && !/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
    expressions(node, parent, early);
    statements(node, early);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'key' && !node.computed) continue;
      if (node.type === 'ThrowStatement' && isMessage(value)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, inside);
    }
  }

  const isMessage = (value: unknown): boolean =>
    isNode(value) && MESSAGES.test(source(value.callee ?? value).replace('new ', ''));

  function expressions(node: Node, parent: Node | null, early: boolean): void {
    switch (node.type) {
      case 'LogicalExpression':
      case 'BinaryExpression': {
        const operator = String(node.operator);
        const [left, right] = [source(node.left), source(node.right)];
        const puts = (OPERATORS[operator] ?? []).map((other) => `(${left}) ${other} (${right})`);
        if (operator === '??') puts.push(left);
        if (operator === '+' && /['"`]/.test(left + right)) return;
        if (puts.length > 0) add(node, early, ...puts);
        return;
      }
      case 'UnaryExpression':
        if (node.operator === '!') add(node, early, source(node.argument));
        return;
      case 'Literal':
        if (typeof node.value === 'boolean') add(node, early, String(!node.value));
        if (typeof node.value === 'string' && node.value !== '' && plain(node, parent)) add(node, early, "''");
        return;
      case 'ConditionalExpression':
        add(node.test as Node, early, 'true', 'false');
        return;
      case 'IfStatement':
        add(node.test as Node, early, 'true', 'false');
        return;
      case 'ArrowFunctionExpression':
        if (node.expression === true) add(node.body as Node, false, 'undefined');
        return;
      case 'ReturnStatement':
        if (isNode(node.argument) && source(node.argument) !== 'null') add(node.argument, early, 'null');
        return;
      case 'CallExpression':
        calls(node, parent, early);
    }
  }

  /** Texts that something is compared with or looked up by. */
  function plain(node: Node, parent: Node | null): boolean {
    if (parent?.type === 'ExpressionStatement' || parent?.type === 'TSLiteralType') return false;
    return parent?.type !== 'Property' || parent.key !== node;
  }

  function calls(node: Node, parent: Node | null, early: boolean): void {
    const callee = node.callee as Node;
    if (
      callee.type !== 'MemberExpression' ||
      parent?.type === 'ChainExpression' ||
      text.slice(node.start, node.end).includes('?.')
    )
      return;
    const name = source(callee.property);
    const object = source(callee.object);
    const rest = text.slice((callee.property as Node).end, node.end);
    if (METHODS[name]) add(node, early, `${object}.${METHODS[name]}${rest}`);
    if (name === 'filter') add(node, early, object);
  }

  function statements(node: Node, early: boolean): void {
    const removable = node.type === 'ThrowStatement' || (node.type === 'ExpressionStatement' && !node.directive);
    if (removable && !/^super\(/.test(source(node))) places.push({ node, puts: [''], statement: true, early });
  }

  visit(parseAst(text) as unknown as Node, null, true);
  return places;
}

/** A source file that holds all of its mutants: the one that `globalThis.mutant` names is what runs. */
export function withMutants(source: string, file: string, firstId: number): { text: string; mutants: Mutant[] } {
  const text = stripTypeScriptTypes(source);
  const mutants: Mutant[] = [];
  // The outer before the inner, whatever begins at the same place.
  const places = placesOf(text).toSorted((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
  let next = 0;

  function render(start: number, end: number): string {
    let rendered = '';
    let at = start;
    while (next < places.length && (places[next] as Place).node.start < end) {
      const place = places[next] as Place;
      next += 1;
      rendered += text.slice(at, place.node.start) + switched(place);
      at = place.node.end;
    }
    return rendered + text.slice(at, end);
  }

  function switched({ node, puts, statement, early }: Place): string {
    const ids = puts.map((to) => {
      const id = firstId + mutants.length;
      const line = text.slice(0, node.start).split('\n').length;
      mutants.push({ id, file, line, from: text.slice(node.start, node.end), to, early });
      return id;
    });
    const original = render(node.start, node.end);
    if (statement) return `{ if (globalThis.mutant !== ${ids[0]}) { ${original} } }`;
    return `(${puts.map((put, i) => `globalThis.mutant === ${ids[i]} ? (${put}) : `).join('')}(${original}))`;
  }

  return { text: `globalThis.mutant ??= 0; ${render(0, text.length)}`, mutants };
}
