import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { refusedDocument } from './mistakes.ts';
import type { Variables } from './variables.ts';

/** Fields that a document may come to once its fragments are in their places: these multiply. */
const MAX_FIELDS = 5000;

/** A key of an answer: the field behind it, and what is asked of that. */
export interface Chosen {
  readonly key: string;
  readonly name: string;
  readonly node: FieldNode;
  /** One for each place in which the key stands. */
  readonly below: readonly SelectionSetNode[];
}

/** Finds what is asked, through fragments and directives (GraphQL October 2021, 6.3.2). */
export class Collector {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  #fields = 0;

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, variables: Variables) {
    this.#fragments = fragments;
    this.#variables = variables;
  }

  /** Fields that were found so far. */
  get size(): number {
    return this.#fields;
  }

  /** In the order of the document. `applies` says whether what is asked of a type is asked here. */
  collect(sets: readonly SelectionSetNode[], applies: (type: string) => boolean): Chosen[] {
    const found = new Map<string, { node: FieldNode; below: SelectionSetNode[] }>();
    for (const set of sets) this.#walk(set.selections, applies, found, new Set());
    return [...found].map(([key, { node, below }]) => ({ key, name: node.name.value, node, below }));
  }

  #walk(
    selections: readonly SelectionNode[],
    applies: (type: string) => boolean,
    found: Map<string, { node: FieldNode; below: SelectionSetNode[] }>,
    seen: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === 'Field') {
        this.#add(selection, found);
      } else if (selection.kind === 'InlineFragment') {
        const type = selection.typeCondition?.name.value;
        if (type === undefined || applies(type)) this.#walk(selection.selectionSet.selections, applies, found, seen);
      } else {
        const name = selection.name.value;
        const fragment = this.#fragments.get(name);
        if (!fragment || seen.has(name) || !applies(fragment.typeCondition.name.value)) continue;
        seen.add(name);
        this.#walk(fragment.selectionSet.selections, applies, found, seen);
      }
    }
  }

  #add(node: FieldNode, found: Map<string, { node: FieldNode; below: SelectionSetNode[] }>): void {
    this.#fields += 1;
    if (this.#fields > MAX_FIELDS) throw refusedDocument(`The document asks for more than ${MAX_FIELDS} fields.`);
    const key = node.alias?.value ?? node.name.value;
    if (key === '__proto__') throw refusedDocument('"__proto__" is no name for an answer.');
    const known = found.get(key) ?? { node, below: [] };
    if (node.selectionSet) known.below.push(node.selectionSet);
    found.set(key, known);
  }

  #isIncluded(selection: SelectionNode): boolean {
    if (!selection.directives || selection.directives.length === 0) return true;
    if (getDirectiveValues(GraphQLSkipDirective, selection, this.#variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables)?.if !== false;
  }
}
